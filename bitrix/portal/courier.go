package portal

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

const maxAnswer = 64 << 10

// What became of events that were not posted.
var (
	errDropped = errors.New("dropped on request")
	errFull    = errors.New("dropped: too many events wait")
)

// deliver posts an event with its copies and waits for them, or loses it.
func (s *post) deliver(next parcel, o DeliveryOptions) {
	pause(s.ctx, o.Delay)
	if o.Drop {
		s.report(Delivery{At: s.now(), Event: next.event, Form: readable(next.body), Err: errDropped.Error()})
		return
	}
	var copies sync.WaitGroup
	for range o.Duplicate + 1 {
		copies.Go(func() { s.once(next) })
	}
	copies.Wait()
}

// pause passes time; it ends early with the context.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// once posts an event and reports what came of it.
func (s *post) once(next parcel) {
	start := s.now()
	status, err := s.request(next)
	d := Delivery{
		At:     start,
		Event:  next.event,
		Form:   readable(next.body),
		Status: status,
		Took:   s.now().Sub(start),
	}
	if err != nil {
		d.Err = err.Error()
	}
	s.report(d)
}

func (s *post) request(next parcel) (status int, err error) {
	r, err := http.NewRequestWithContext(s.ctx, http.MethodPost, next.url, strings.NewReader(next.body))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", "Bitrix24 Webhook Engine")
	answer, err := s.client.Do(r)
	if err != nil {
		if failure := (*url.Error)(nil); errors.As(err, &failure) {
			err = failure.Err // less the address, which may hold secrets
		}
		return 0, err
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, maxAnswer)) // nobody reads it; the connection lives on
	return answer.StatusCode, nil
}
