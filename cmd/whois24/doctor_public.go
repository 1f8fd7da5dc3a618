package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

// publicURL looks at the receiver from outside, as far as outside can be had from here.
type publicURL struct{ settings settings }

// check asks the receiver by a method it does not take: nobody else refuses like that at this path.
func (p publicURL) check(ctx context.Context) finding {
	base := p.settings.publicURL
	switch {
	case base == "" && p.settings.ofApplication():
		return skipped("none is given (--public-url); portals still have to reach --listen when they install the application")
	case base == "":
		return skipped("none is given (--public-url), and none is needed to fetch events")
	}
	resp, err := p.get(ctx, base+events.Path)
	if err != nil {
		return p.silent(err)
	}
	if resp.StatusCode == http.StatusMethodNotAllowed && resp.Header.Get("Allow") == http.MethodPost {
		return good("%s leads to a receiver, seen from this machine; Bitrix24 comes from outside%s", base, inTheClear(base))
	}
	return p.stranger(resp)
}

func (p publicURL) get(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", userAgent())
	transport := bitrix.NewTransport()
	defer transport.CloseIdleConnections()
	resp, err := transport.RoundTrip(req) // follows nothing: a portal's POST would not arrive there
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, 4<<10)
	return resp, nil
}

func (p publicURL) silent(err error) finding {
	host := hostOf(p.settings.publicURL)
	advice := cmp.Or(unreachable(err, host), host+" cannot be reached: check the address")
	what, do, _ := strings.Cut(advice, ": ")
	return wrong(what, do+"; seen from outside it may differ (--public-url)")
}

func (p publicURL) stranger(resp *http.Response) finding {
	what := fmt.Sprintf("%s answers HTTP %d at %s, not as a receiver does", hostOf(p.settings.publicURL), resp.StatusCode, events.Path)
	switch {
	case resp.StatusCode >= http.StatusInternalServerError:
		return wrong(what, "start whois24 serve, and have the proxy send this path to its --listen")
	case resp.StatusCode >= http.StatusMultipleChoices && resp.StatusCode < http.StatusBadRequest:
		return wrong(what, "give the address it redirects to (--public-url): a portal's events would not follow")
	}
	return wrong(what, "have the proxy send this path to the --listen of whois24 serve, the method unchanged (--public-url)")
}

func inTheClear(address string) string {
	if strings.HasPrefix(address, "https:") {
		return ""
	}
	return ", and by http everybody between can read along"
}
