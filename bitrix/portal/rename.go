package portal

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// place is where the portal is, and where it was before.
type place struct {
	base string // less the slash at its end
	host string
	left []string // hosts of the past
}

func newPlace(base string) place {
	at := place{base: strings.TrimRight(base, "/")}
	if u, err := url.Parse(at.base); err == nil {
		at.host = strings.ToLower(u.Host)
	}
	return at
}

// endpoint is where applications call the portal.
func (p *Portal) endpoint() string { return p.place.Load().base + "/rest/" }

// Rename gives the portal another address, which its tokens and events name from now on. Requests for a host it has
// left are answered with 302 and the new address: path and query are in it, and the body is lost, which is how
// Bitrix24 does it. Requests for any host it never had are served as before.
func (p *Portal) Rename(newBaseURL string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before, now := p.place.Load(), newPlace(newBaseURL)
	now.left = slices.DeleteFunc(append(slices.Clone(before.left), before.host), func(host string) bool { return host == now.host })
	p.place.Store(&now)
}

// sendOn answers a request for a host the portal has left; it reports whether it was one.
func (p *Portal) sendOn(w http.ResponseWriter, r *http.Request) bool {
	here := p.place.Load()
	if !slices.Contains(here.left, strings.ToLower(r.Host)) {
		return false
	}
	_, _, method := splitPath(r.URL.Path)
	p.noteCall(Call{At: p.now(), Method: method, Status: http.StatusFound})
	w.Header().Set("Location", here.base+r.URL.RequestURI())
	w.WriteHeader(http.StatusFound)
	return true
}
