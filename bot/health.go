package bot

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// Check is one part of the process whose state is told to whoever watches over it.
type Check struct {
	Name string
	// Required parts make the process not ready; the others are only listed.
	Required bool
	Probe    func(context.Context) error
	Count    int // how many there are; 0 is not told
}

type health struct {
	Ready bool                  `json:"ready"`
	Parts map[string]partHealth `json:"parts"`
}

type partHealth struct {
	OK    bool   `json:"ok"`
	Error string `json:"error,omitempty"`
	Count int    `json:"count,omitempty"`
}

// checks are the parts of this process as they are now: one of those for each portal that is not well.
func (b *Bot) checks() []Check {
	checks := []Check{{Name: "store", Required: true, Probe: b.Store.Check}}
	if b.Profile != nil && b.Applications == nil {
		checks = append(checks, Check{Name: "registration", Required: true, Probe: b.checkRegistered})
	}
	served, _ := b.Portals.count()
	checks = append(checks, Check{Name: "portals", Count: served, Probe: told(nil)})
	for _, p := range b.Portals.sick() {
		checks = append(checks, Check{Name: "portal " + p.name, Probe: told(p.err)})
	}
	return checks
}

// told is the probe of what is known without asking.
func told(err error) func(context.Context) error {
	return func(context.Context) error { return err }
}

func (b *Bot) checkRegistered(context.Context) error {
	if !b.registered.Load() {
		return errors.New("the bot is not registered on the portal yet")
	}
	return nil
}

// readyz answers 503 while a required part is not well.
func readyz(checks func() []Check) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		h := health{Ready: true, Parts: map[string]partHealth{}}
		for _, c := range checks() {
			part := partHealth{OK: true, Count: c.Count}
			if err := c.Probe(ctx); err != nil {
				part.OK, part.Error = false, err.Error()
				h.Ready = h.Ready && !c.Required
			}
			h.Parts[c.Name] = part
		}
		writeHealth(w, h)
	})
}

// livez answers as long as the process can: restarting it would not bring back a portal or a NATS server.
func livez() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeHealth(w, health{Ready: true, Parts: map[string]partHealth{"process": {OK: true}}})
	})
}

func writeHealth(w http.ResponseWriter, h health) {
	status := http.StatusOK
	if !h.Ready {
		status = http.StatusServiceUnavailable
	}
	writeJSON(w, status, h)
}
