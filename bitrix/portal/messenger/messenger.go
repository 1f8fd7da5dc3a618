package messenger

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// Options set up a Messenger. The zero value is fine.
type Options struct {
	Reader bitrix.UserID    // whose chats the page shows until the reader chooses; default 7
	Now    func() time.Time // the portal's clock; default time.Now
}

// maxSockets is how many pages may be open at once: enough for a class, too few to exhaust a laptop.
const maxSockets = 100

// Messenger is the http.Handler of the page. Close it in the end.
type Messenger struct {
	portal   *portal.Portal
	options  Options
	routes   *http.ServeMux
	upgrader websocket.Upgrader
	done     answered

	mu      sync.Mutex
	open    int
	closing chan struct{}
	sockets sync.WaitGroup
}

// New makes the page for a portal, which must serve /upload/ on the same address for pictures to show.
func New(p *portal.Portal, o Options) *Messenger {
	if o.Reader == 0 {
		o.Reader = 7
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	m := &Messenger{
		portal: p, options: o, routes: http.NewServeMux(), closing: make(chan struct{}),
		// With no CheckOrigin the upgrader refuses pages of other origins, as we want.
		upgrader: websocket.Upgrader{HandshakeTimeout: writeWait},
	}
	files := newFiles()
	m.routes.Handle("GET /{$}", files.page())
	m.routes.Handle("GET /messenger/{file}", files)
	m.routes.HandleFunc("GET /messenger/ws", m.serveSocket)
	return m
}

// ServeHTTP answers "/" and "/messenger/…".
func (m *Messenger) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	m.routes.ServeHTTP(w, r)
}

// Close ends all connections and waits until they are gone. New ones are refused.
func (m *Messenger) Close() {
	m.mu.Lock()
	select {
	case <-m.closing:
	default:
		close(m.closing)
	}
	m.mu.Unlock()
	m.sockets.Wait()
}

func (m *Messenger) serveSocket(w http.ResponseWriter, r *http.Request) {
	if !m.enter() {
		http.Error(w, "no more connections", http.StatusServiceUnavailable)
		return
	}
	defer m.leave()
	conn, err := m.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	s := &socket{
		view: view{portal: m.portal, as: m.reader(r)},
		conn: conn, now: m.options.Now, done: &m.done,
		replies: make(chan frame, 16), ended: make(chan struct{}),
	}
	s.run(m.closing)
}

// enter counts a connection in, unless there are too many or none are wanted.
func (m *Messenger) enter() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	select {
	case <-m.closing:
		return false
	default:
	}
	if m.open >= maxSockets {
		return false
	}
	m.open++
	m.sockets.Add(1)
	return true
}

func (m *Messenger) leave() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.open--
	m.sockets.Done()
}

// reader is the person who sits at the page.
func (m *Messenger) reader(r *http.Request) bitrix.UserID {
	id, err := strconv.ParseInt(r.FormValue("as"), 10, 64)
	if err != nil {
		return m.options.Reader
	}
	if p, known := m.portal.Person(bitrix.UserID(id)); !known || p.Bot {
		return m.options.Reader
	}
	return bitrix.UserID(id)
}
