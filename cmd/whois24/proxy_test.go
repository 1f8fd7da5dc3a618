package main

import (
	"bytes"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// trap stops what goes by a proxy at a step, once, until it is released.
type trap struct {
	once    sync.Once
	caught  chan struct{}
	free    chan struct{}
	release func()
}

func newTrap() *trap {
	t := &trap{caught: make(chan struct{}), free: make(chan struct{})}
	t.release = sync.OnceFunc(func() { close(t.free) })
	return t
}

// hold is called by the proxy at the step: the first to come is held, later ones pass. It reports whether this was
// the one.
func (tr *trap) hold() (held bool) {
	tr.once.Do(func() {
		close(tr.caught)
		<-tr.free
		held = true
	})
	return held
}

// sprung waits until something is held.
func (tr *trap) sprung(t *testing.T) {
	t.Helper()
	select {
	case <-tr.caught:
	case <-time.After(20 * time.Second):
		t.Fatal("the step was not reached")
	}
}

// restProxy stands before the portal.
type restProxy struct {
	url   string
	mu    sync.Mutex
	traps map[string]*trap // by "before " or "after " and a method
}

func newRESTProxy(t *testing.T, portal string) *restProxy {
	t.Helper()
	to, err := url.Parse(portal)
	if err != nil {
		t.Fatal(err)
	}
	p := &restProxy{traps: map[string]*trap{}}
	forward := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: to.Scheme, Host: to.Host})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // the caller was killed
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		answer := httptest.NewRecorder()
		if p.step("before ", r.URL.Path, body) {
			return // whoever called is dead: the portal never hears of it
		}
		forward.ServeHTTP(answer, r)
		p.step("after ", r.URL.Path, body)
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	}))
	t.Cleanup(server.Close)
	t.Cleanup(p.releaseAll)
	p.url = server.URL
	return p
}

// step finds the method in the path or, in a batch, in the body.
func (p *restProxy) step(when, path string, body []byte) (held bool) {
	p.mu.Lock()
	var found *trap
	for at, tr := range p.traps {
		method, ok := strings.CutPrefix(at, when)
		if ok && (strings.HasSuffix(path, "/"+method) || bytes.Contains(body, []byte(method))) {
			found = tr
		}
	}
	p.mu.Unlock()
	return found != nil && found.hold()
}

func (p *restProxy) set(at string) *trap {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.traps[at] = newTrap()
	return p.traps[at]
}

// before holds a call on its way to the portal, after holds its answer on the way back.
func (p *restProxy) before(method string) *trap { return p.set("before " + method) }
func (p *restProxy) after(method string) *trap  { return p.set("after " + method) }

func (p *restProxy) releaseAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, tr := range p.traps {
		tr.release()
	}
}

// natsProxy stands before NATS and knows its messages by how they begin.
type natsProxy struct {
	address string
	mu      sync.Mutex
	rules   []natsRule
}

type natsRule struct {
	fromServer bool
	words      []byte
	after      bool // the message goes on, what follows is held
	trap       *trap
}

func newNATSProxy(t *testing.T, server string) *natsProxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &natsProxy{address: l.Addr().String()}
	var relays sync.WaitGroup
	t.Cleanup(func() {
		_ = l.Close()
		p.releaseAll()
		relays.Wait()
	})
	relays.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			relays.Go(func() { p.relay(client, server) })
		}
	})
	return p
}

func (p *natsProxy) relay(client net.Conn, address string) {
	server, err := net.Dial("tcp", address)
	if err != nil {
		_ = client.Close()
		return
	}
	var both sync.WaitGroup
	end := func() { _, _ = client.Close(), server.Close() }
	both.Go(func() { defer end(); p.copy(server, client, false) })
	both.Go(func() { defer end(); p.copy(client, server, true) })
	both.Wait()
}

func (p *natsProxy) copy(to io.Writer, from io.Reader, fromServer bool) {
	chunk := make([]byte, 64<<10)
	for {
		n, err := from.Read(chunk)
		if err != nil {
			return
		}
		rule := p.match(chunk[:n], fromServer)
		if rule != nil && !rule.after && rule.trap.hold() {
			return // whoever sent it is dead: it never arrives
		}
		if _, err := to.Write(chunk[:n]); err != nil {
			return
		}
		if rule != nil && rule.after {
			rule.trap.hold()
		}
	}
}

func (p *natsProxy) match(chunk []byte, fromServer bool) *natsRule {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, r := range p.rules {
		if r.fromServer == fromServer && bytes.Contains(chunk, r.words) {
			return &p.rules[i]
		}
	}
	return nil
}

func (p *natsProxy) add(r natsRule) *trap {
	p.mu.Lock()
	defer p.mu.Unlock()
	r.trap = newTrap()
	p.rules = append(p.rules, r)
	return r.trap
}

// before holds a message to NATS, after lets it through and holds what follows, answer holds one from NATS.
func (p *natsProxy) before(words string) *trap { return p.add(natsRule{words: []byte(words)}) }

func (p *natsProxy) after(words string) *trap {
	return p.add(natsRule{words: []byte(words), after: true})
}

func (p *natsProxy) answer(words string) *trap {
	return p.add(natsRule{words: []byte(words), fromServer: true})
}

func (p *natsProxy) releaseAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range p.rules {
		r.trap.release()
	}
}
