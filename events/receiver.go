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
	// Refusals logged in a minute: enough to see what is wrong, too few for a stranger to fill a disk with.
	refusalsLogged = 20
)

// ReceiverOptions are what a Receiver needs.
type ReceiverOptions struct {
	Senders      Senders
	Applications Applications // nil: there is no application, its events are ignored
	Intake       Intake
}

// Receiver is the HTTP handler that portals post events to. It answers 200 only when the events are stored,
// since Bitrix24 sends each of them once.
type Receiver struct {
	o       ReceiverOptions
	gate    gate // of installations
	sampler zerolog.Sampler
}

// NewReceiver makes a Receiver.
func NewReceiver(o ReceiverOptions) *Receiver {
	return &Receiver{o: o, gate: newGate(), sampler: &zerolog.BurstSampler{Burst: refusalsLogged, Period: time.Minute}}
}

// ServeHTTP takes one webhook.
func (rc *Receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := rc.take(w, r)
	if err == nil {
		_, _ = io.WriteString(w, "ok\n")
		return
	}
	log := zerolog.Ctx(r.Context()).Sample(rc.sampler)
	log.Warn().Err(err).Msg("webhook not accepted")
	refuse(w, err)
}

func (rc *Receiver) take(w http.ResponseWriter, r *http.Request) error {
	form, err := readForm(w, r)
	if err != nil {
		rc.o.Intake.tell(Event{}, Refused)
		return err
	}
	if i, ok := form.Install(); ok && rc.o.Applications != nil {
		return rc.install(r.Context(), form, i)
	}
	from, err := rc.authenticate(r.Context(), form)
	if err != nil {
		rc.o.Intake.tell(Event{}, Refused)
		return err
	}
	return rc.hear(r.Context(), from.Portal, form)
}

// hear takes a form that is known to be from a portal.
func (rc *Receiver) hear(ctx context.Context, portal string, form bitrix.Form) error {
	found, err := form.Events()
	if err != nil {
		rc.o.Intake.tell(Event{Portal: portal}, Refused)
		return err
	}
	if rc.o.Applications != nil {
		if g, ok := form.BotGrant(); ok {
			rc.o.Applications.Offer(portal, g)
		}
		if kind(found) == bitrix.AppUninstall {
			return rc.uninstall(ctx, portal, form.Clean())
		}
	}
	if err := rc.o.Intake.Take(ctx, portal, found); err != nil {
		return unavailable("the event could not be stored, send it again later", err)
	}
	return nil
}

// readForm reads a request's body, believing nothing in it.
func readForm(w http.ResponseWriter, r *http.Request) (bitrix.Form, error) {
	if r.Method != http.MethodPost {
		return bitrix.Form{}, errMethod
	}
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/x-www-form-urlencoded" {
		return bitrix.Form{}, errNotForm
	}
	body, err := readBody(w, r)
	if err != nil {
		return bitrix.Form{}, err
	}
	return bitrix.ParseForm(body)
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return nil, errTooBig
	}
	return body, err
}

// authenticate finds who sent a form, comparing tokens in constant time. A form without a token and without an event's
// name is no forgery, just no event.
func (rc *Receiver) authenticate(ctx context.Context, form bitrix.Form) (Sender, error) {
	got := form.ApplicationToken()
	if got == "" && form.Name() == "" {
		return Sender{}, bitrix.ErrNotEvent
	}
	from, err := rc.o.Senders.Sender(ctx, form.Member())
	if err != nil {
		return Sender{}, unavailable("the sender cannot be looked up now, send the event again later", err)
	}
	want := sha256.Sum256([]byte(from.Token.Reveal()))
	have := sha256.Sum256([]byte(got.Reveal()))
	if from.Token == "" || subtle.ConstantTimeCompare(want[:], have[:]) != 1 {
		return Sender{}, errToken
	}
	return from, nil
}
