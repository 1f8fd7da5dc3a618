package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/events/stream"
)

const (
	maxDeadPage     = 1000 // events in one answer
	defaultDeadPage = 100
	deadTimeout     = 10 * time.Second // for the store; a write that waits for an election takes up to 7
)

// deadLetters lets an operator look at the events that were given up, and have them answered again or forgotten.
type deadLetters struct{ store *stream.Stream }

// serve adds the addresses to mux.
func (d deadLetters) serve(mux *http.ServeMux) {
	for pattern, a := range map[string]answer{
		"GET /dead":              d.list,
		"GET /dead/{id}":         d.show,
		"POST /dead/{id}/replay": d.replay,
		"DELETE /dead/{id}":      d.drop,
	} {
		mux.Handle(pattern, noRebinding(a))
	}
}

// list answers GET /dead?after=12&limit=100: those with ids above after, oldest first.
func (d deadLetters) list(ctx context.Context, r *http.Request) (any, error) {
	after, err := number(r.FormValue("after"), 0)
	if err != nil {
		return nil, badRequest("after is no id")
	}
	limit, err := number(r.FormValue("limit"), defaultDeadPage)
	if err != nil || limit < 1 || limit > maxDeadPage {
		return nil, badRequest(fmt.Sprintf("limit has to be a number from 1 to %d", maxDeadPage))
	}
	list, err := d.store.DeadEvents(ctx, after, int(limit))
	if list == nil {
		list = []stream.Dead{} // an empty list, not null
	}
	return list, err
}

func (d deadLetters) show(ctx context.Context, r *http.Request) (any, error) {
	id, err := deadID(r)
	if err != nil {
		return nil, err
	}
	return d.store.DeadEvent(ctx, id)
}

func (d deadLetters) replay(ctx context.Context, r *http.Request) (any, error) {
	return nil, d.change(ctx, r, "dead event is replayed", d.store.Replay)
}

func (d deadLetters) drop(ctx context.Context, r *http.Request) (any, error) {
	return nil, d.change(ctx, r, "dead event is dropped", d.store.Drop)
}

// change is finished even if whoever asked for it has gone.
func (d deadLetters) change(ctx context.Context, r *http.Request, done string, do func(context.Context, uint64) error) error {
	id, err := deadID(r)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), deadTimeout)
	defer cancel()
	if err := do(ctx, id); err != nil {
		return err
	}
	zerolog.Ctx(ctx).Info().Uint64("dead", id).Msg(done)
	return nil
}

func deadID(r *http.Request) (uint64, error) {
	id, err := strconv.ParseUint(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0, badRequest("the id of a dead event is a number")
	}
	return id, nil
}

func number(s string, absent uint64) (uint64, error) {
	if s == "" {
		return absent, nil
	}
	return strconv.ParseUint(s, 10, 64)
}

// badRequest is an error of whoever asks.
type badRequest string

func (e badRequest) Error() string { return string(e) }

// answer says what is sent as JSON; nothing, if it is nil. Errors are told in words.
type answer func(context.Context, *http.Request) (any, error)

func (a answer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), deadTimeout)
	defer cancel()
	v, err := a(ctx, r)
	switch {
	case err != nil:
		refuse(w, statusOf(err), err.Error())
	case v == nil:
		w.WriteHeader(http.StatusNoContent)
	default:
		writeJSON(w, http.StatusOK, v)
	}
}

func statusOf(err error) int {
	var bad badRequest
	switch {
	case errors.As(err, &bad):
		return http.StatusBadRequest
	case errors.Is(err, stream.ErrNoDead):
		return http.StatusNotFound
	default:
		return http.StatusServiceUnavailable
	}
}

func refuse(w http.ResponseWriter, status int, words string) {
	writeJSON(w, status, map[string]string{"error": words})
}
