package bitrix

import (
	"context"
	"errors"
	"sync"
)

// API is a generation of Bitrix24's bot API.
type API string

// Generations of the bot API, and the wish to find out.
const (
	APIAuto API = "auto" // v2 where the portal has it
	APIv2   API = "v2"   // imbot.v2.*
	APIv1   API = "v1"   // imbot.*: frozen, and all that older portals have
)

// Version is the generation this client speaks with the portal. With APIAuto the first who wants to know asks the portal
// (imbot.v2.Revision.get), and others wait for the answer. A portal of the first generation says ErrMethodNotFound, before
// it looks at anybody's rights. What it said is remembered; an error is not. None of the errors means that something may
// have run.
func (c *Client) Version(ctx context.Context) (API, error) {
	for {
		p, ours := c.version.join()
		if ours {
			c.version.end(p, c.probe(ctx))
			return p.result()
		}
		select {
		case <-p.done:
		case <-ctx.Done():
			return "", (&pending{method: revisionMethod}).notSent(ctx.Err())
		}
		if !p.abandoned {
			return p.result()
		}
	}
}

// version is what is known of a portal's bot API.
type version struct {
	mu    sync.Mutex
	probe *probe // nil: nobody has asked yet, or in vain
}

// probe is a question for the version; what it found may be read when done is closed.
type probe struct {
	done chan struct{}
	found
}

type found struct {
	api       API
	err       error
	abandoned bool // the one who asked went before there was an answer
}

func newVersion(wanted API) *version {
	v := &version{}
	if wanted == APIv1 || wanted == APIv2 {
		p, _ := v.join()
		v.end(p, found{api: wanted})
	}
	return v
}

// join gives the probe to wait for, which is ours to make if there was none.
func (v *version) join() (p *probe, ours bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.probe == nil {
		v.probe, ours = &probe{done: make(chan struct{})}, true
	}
	return v.probe, ours
}

func (v *version) end(p *probe, f found) {
	v.mu.Lock()
	defer v.mu.Unlock()
	p.found = f
	if f.err != nil {
		v.probe = nil
	}
	close(p.done)
}

// probe asks the portal. Any answer but an error says that it has the method, and so the generation.
func (c *Client) probe(ctx context.Context) found {
	err := c.Call(ctx, revisionMethod, nil, nil)
	switch {
	case err == nil:
		return found{api: APIv2}
	case errors.Is(err, ErrMethodNotFound):
		return found{api: APIv1}
	}
	return found{err: err, abandoned: ctx.Err() != nil}
}

// result is for one caller: an error is nobody else's. That the question may have run is nothing to the call which
// needed the answer, and which has not.
func (p *probe) result() (API, error) {
	e, ok := errors.AsType[*Error](p.err)
	if !ok {
		return p.api, p.err
	}
	own := *e
	if own.MayHaveRun() {
		own.reach = unsent
	}
	return "", &own
}
