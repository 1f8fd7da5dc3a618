package bot

import (
	"context"
	"embed"
	"io/fs"
	"net/http"
	"time"

	"github.com/gorilla/websocket"

	"github.com/whois24/whois24/events/stream"
)

//go:embed console
var consoleFiles embed.FS

const (
	depthEvery   = 2 * time.Second // how often the page learns what waits; tells a dead connection too
	writeTimeout = 5 * time.Second
)

// update is what the page gets: new lines, or how much waits.
type update struct {
	Lines []Entry       `json:"lines,omitempty"`
	Depth *stream.Depth `json:"depth,omitempty"`
	Error string        `json:"error,omitempty"` // why the depth is not known
}

// Handler serves the page and its WebSocket.
func (c *Console) Handler() http.Handler {
	files, err := fs.Sub(consoleFiles, "console")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", secured(http.FileServerFS(files)))
	mux.HandleFunc("GET /console", c.socket)
	return mux
}

// secured lets the page load nothing from elsewhere and nobody frame it.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

// socket serves one open page. The upgrader refuses pages of other origins.
func (c *Console) socket(w http.ResponseWriter, r *http.Request) {
	c.open.Add(1)
	defer c.open.Done()
	upgrader := websocket.Upgrader{HandshakeTimeout: writeTimeout}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		discard(conn)
	}()
	c.feed(r.Context(), conn, gone)
	_ = conn.Close()
	<-gone
}

// discard reads until the page goes. It has nothing to say.
func discard(conn *websocket.Conn) {
	conn.SetReadLimit(512)
	for {
		if _, _, err := conn.ReadMessage(); err != nil {
			return
		}
	}
}

// feed writes to one page until either side ends.
func (c *Console) feed(ctx context.Context, conn *websocket.Conn, gone <-chan struct{}) {
	recent, reader := c.join()
	defer c.leave(reader)
	tick := time.NewTicker(depthEvery)
	defer tick.Stop()
	next := c.measure(ctx)
	next.Lines = recent
	for write(conn, next) == nil {
		select {
		case e, keptUp := <-reader:
			if !keptUp {
				return
			}
			next = update{Lines: []Entry{e}}
		case <-tick.C:
			next = c.measure(ctx)
		case <-gone:
			return
		case <-c.closed:
			return
		}
	}
}

func (c *Console) measure(ctx context.Context) update {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	d, err := c.depth(ctx)
	if err != nil {
		return update{Error: err.Error()}
	}
	return update{Depth: &d}
}

func write(conn *websocket.Conn, u update) error {
	_ = conn.SetWriteDeadline(time.Now().Add(writeTimeout))
	return conn.WriteJSON(u)
}
