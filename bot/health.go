package bot

import (
	"context"
	"net/http"
	"time"
)

// Check is one part of the process whose state is told to whoever watches over it.
type Check struct {
	Name string
	// Required parts make the process not ready; the others are only listed.
	Required bool
	Probe    func(context.Context) error
}

type health struct {
	Ready bool                  `json:"ready"`
	Parts map[string]partHealth `json:"parts"`
}

type partHealth struct {
	OK    bool   `json:"ok"`
	Error string `json:"error,omitempty"`
}

// readyz answers 503 while a required part is not well.
func readyz(checks []Check) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		h := health{Ready: true, Parts: map[string]partHealth{}}
		for _, c := range checks {
			part := partHealth{OK: true}
			if err := c.Probe(ctx); err != nil {
				part = partHealth{Error: err.Error()}
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
