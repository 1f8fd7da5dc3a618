package bitrix

import "sync"

// whereabouts is where a portal is found. One that was renamed answers at its old host with the new one, and the
// credentials go on naming the old: so that is asked once, and the new one from then on. Credentials that come to
// name another host are believed.
type whereabouts struct {
	mu    sync.Mutex
	named string // by the credentials that were used last
	old   string // the host that redirects
	now   string // where to
}

// of is the host to call where the credentials name this one.
func (w *whereabouts) of(named string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.named = named
	return w.host()
}

func (w *whereabouts) host() string {
	if w.named == w.old {
		return w.now
	}
	return w.named
}

// renamed remembers that the portal of this host has answered at another.
func (w *whereabouts) renamed(named, now string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.old, w.now = named, now
}

// Host is where the portal is called now: the host that the webhook or the access names, or the one it was renamed
// to. An application's client knows none before its first call.
func (c *Client) Host() string {
	c.whereabouts.mu.Lock()
	defer c.whereabouts.mu.Unlock()
	return c.whereabouts.host()
}
