package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// adminPort asks the process that runs, if one does, at its admin port.
type adminPort struct{ settings settings }

func (p adminPort) check(ctx context.Context) finding {
	parts, err := p.ready(ctx)
	if err != nil {
		return skipped("none answers at %s (--admin-listen)", p.settings.adminListen)
	}
	var unwell []string
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if !parts[name].OK {
			unwell = append(unwell, name+": "+visible(parts[name].Error))
		}
	}
	if len(unwell) > 0 {
		return wrong("it runs, but "+strings.Join(unwell, "; "), "see its log and docs/troubleshooting.md")
	}
	return good("it runs at %s and is ready", p.settings.adminListen)
}

// part is one part of a process's health.
type part struct {
	OK    bool
	Error string
}

// ready asks /readyz at the admin port.
func (p adminPort) ready(ctx context.Context) (map[string]part, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+dialable(p.settings.adminListen)+"/readyz", nil)
	if err != nil {
		return nil, err
	}
	r.Host = "localhost"                                  // under another name it does not answer
	transport := &http.Transport{DisableKeepAlives: true} // no proxy: the process is near
	resp, err := transport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var health struct{ Parts map[string]part }
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&health); err != nil || health.Parts == nil {
		return nil, errors.New("no whois24 answers")
	}
	return health.Parts, nil
}
