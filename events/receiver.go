package events

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
)

// Path is where a portal posts its events.
const Path = "/bitrix24/events"

const (
	// A message of 20,000 emoji is 240 kB percent-encoded, and a keyboard and a card may add 60,000 characters each.
	maxBody = 1 << 20
	// The portal's queue waits for us, and slows down for slow receivers. A cluster that elects
	// a new leader needs up to this long.
	storeTimeout = 8 * time.Second
	// Refusals logged in a minute: enough to see what is wrong, too few for a stranger to fill a disk with.
	refusalsLogged = 20
)

// Store keeps events until they are answered. Append returns once they would survive a power cut.
type Store interface {
	Append(ctx context.Context, events []Event) error
}

// Outcome says what became of an event that arrived.
type Outcome string

// Everything that can become of an arriving event.
const (
	Stored  Outcome = "stored"
	Ignored Outcome = "ignored" // needs no work: not ours, not for us, or nothing to answer
	Refused Outcome = "refused" // not from the portal, or no event
	Failed  Outcome = "failed"  // could not be stored; the portal was told so
)

// ReceiverOptions are what a Receiver needs; all but Observe must be given.
type ReceiverOptions struct {
	Portal  string        // the name its events are stored under
	BotCode string        // events for other bots are ignored
	Token   bitrix.Secret // the application token its webhooks carry
	Store   Store
	Observe func(Event, Outcome) // told of every event; must not block
}

// Receiver is the HTTP handler that portals post events to. It answers 200 only when the events are stored,
// since Bitrix24 sends each of them once.
type Receiver struct {
	o       ReceiverOptions
	sampler zerolog.Sampler
}

// NewReceiver makes a Receiver.
func NewReceiver(o ReceiverOptions) *Receiver {
	if o.Observe == nil {
		o.Observe = func(Event, Outcome) {}
	}
	return &Receiver{o: o, sampler: &zerolog.BurstSampler{Burst: refusalsLogged, Period: time.Minute}}
}

// ServeHTTP takes one webhook.
func (rc *Receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	found, err := rc.read(w, r)
	if err == nil {
		err = rc.store(r.Context(), found)
	} else {
		rc.o.Observe(Event{Portal: rc.o.Portal}, Refused)
	}
	if err == nil {
		_, _ = io.WriteString(w, "ok\n")
		return
	}
	log := zerolog.Ctx(r.Context()).Sample(rc.sampler)
	log.Warn().Err(err).Msg("webhook not accepted")
	refuse(w, err)
}

// read turns a request into events, believing nothing in it before its token.
func (rc *Receiver) read(w http.ResponseWriter, r *http.Request) ([]bitrix.Event, error) {
	if r.Method != http.MethodPost {
		return nil, errMethod
	}
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/x-www-form-urlencoded" {
		return nil, errNotForm
	}
	body, err := readBody(w, r)
	if err != nil {
		return nil, err
	}
	form, err := bitrix.ParseForm(body)
	if err != nil {
		return nil, err
	}
	if err := rc.authenticate(form); err != nil {
		return nil, err
	}
	return form.Events()
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return nil, errTooBig
	}
	return body, err
}

// authenticate compares tokens in constant time. A form without a token and without an event's name is no forgery,
// just no event.
func (rc *Receiver) authenticate(form bitrix.Form) error {
	got := form.ApplicationToken()
	if got == "" && form.Name() == "" {
		return bitrix.ErrNotEvent
	}
	want := sha256.Sum256([]byte(rc.o.Token.Reveal()))
	have := sha256.Sum256([]byte(got.Reveal()))
	if rc.o.Token == "" || subtle.ConstantTimeCompare(want[:], have[:]) != 1 {
		return errToken
	}
	return nil
}

// store keeps the events somebody has to answer and lets the others go.
func (rc *Receiver) store(ctx context.Context, found []bitrix.Event) error {
	var keep []Event
	for _, f := range found {
		e := Event{Portal: rc.o.Portal, Event: f}
		if f.Bot.Code == rc.o.BotCode && e.wanted() {
			keep = append(keep, e)
		} else {
			rc.o.Observe(e, Ignored)
		}
	}
	outcome, err := Stored, error(nil)
	if len(keep) > 0 {
		err = rc.append(ctx, keep)
	}
	if err != nil {
		outcome = Failed
	}
	for _, e := range keep {
		rc.o.Observe(e, outcome)
	}
	return err
}

func (rc *Receiver) append(ctx context.Context, keep []Event) error {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	if err := rc.o.Store.Append(ctx, keep); err != nil {
		return &refusal{http.StatusServiceUnavailable, "the event could not be stored, send it again later", err}
	}
	return nil
}
