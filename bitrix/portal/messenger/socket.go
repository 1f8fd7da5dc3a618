package messenger

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/whois24/whois24/bitrix/portal"
)

const (
	// maxRequest holds a message of 20 000 characters, the most Bitrix24 takes, in any alphabet.
	maxRequest = 128 << 10
	// writeWait is how long a page may take to accept one frame.
	writeWait = 10 * time.Second
	// pingEvery is short enough for proxies that drop silent connections after half a minute.
	pingEvery = 25 * time.Second
	// changesAhead is how far a page may lag behind the portal before it is dropped.
	changesAhead = 256
)

// socket is one open page: a goroutine that reads requests, and one that does all the writing.
type socket struct {
	view
	conn    *websocket.Conn
	now     func() time.Time
	done    *answered
	replies chan frame
	ended   chan struct{} // closed when nobody writes any more
}

// run serves the page until it leaves, lags behind or the messenger closes; nothing of it is left behind.
func (s *socket) run(closing <-chan struct{}) {
	changes, unsubscribe := s.portal.Subscribe(changesAhead)
	defer unsubscribe()
	var writer sync.WaitGroup
	left := make(chan struct{})
	writer.Go(func() {
		defer close(s.ended)
		defer s.conn.Close()
		s.write(changes, left, closing)
	})
	s.read()
	close(left)
	writer.Wait()
}

// write sends the state, then changes and results as they come.
func (s *socket) write(changes <-chan portal.Change, left, closing <-chan struct{}) {
	ticker := time.NewTicker(pingEvery)
	defer ticker.Stop()
	alive := s.send(s.state())
	for alive {
		select {
		case <-left:
			return
		case <-closing:
			s.bye(websocket.CloseGoingAway, "the portal is closing")
			return
		case c, following := <-changes:
			if !following {
				s.bye(websocket.CloseTryAgainLater, "lagging behind")
				return
			}
			alive = s.tell(c)
		case f := <-s.replies:
			alive = s.send(f)
		case <-ticker.C:
			alive = s.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWait)) == nil
		}
	}
}

func (s *socket) tell(c portal.Change) bool {
	f, concerns := s.frame(c)
	return !concerns || s.send(f)
}

func (s *socket) send(f frame) bool {
	return s.conn.SetWriteDeadline(time.Now().Add(writeWait)) == nil && s.conn.WriteJSON(f) == nil
}

// bye tells why the connection ends; a page that is gone cannot hear it, so failing is fine.
func (s *socket) bye(code int, why string) {
	_ = s.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, why), time.Now().Add(writeWait))
}

// read answers requests one by one until the page leaves or says what is no request.
func (s *socket) read() {
	s.conn.SetReadLimit(maxRequest)
	s.expect()
	s.conn.SetPongHandler(func(string) error { s.expect(); return nil })
	for {
		kind, data, err := s.conn.ReadMessage()
		if err != nil {
			return
		}
		var r request
		if kind != websocket.TextMessage || json.Unmarshal(data, &r) != nil {
			s.bye(websocket.CloseInvalidFramePayloadData, "not a request")
			return
		}
		select {
		case s.replies <- s.done.once(r.Ref, func() frame { return s.answer(r) }):
		case <-s.ended:
			return
		}
	}
}

// expect gives the page until after the second ping from now to show that it is there.
func (s *socket) expect() {
	_ = s.conn.SetReadDeadline(time.Now().Add(2*pingEvery + writeWait)) // fails only on a closed connection, as reading will
}
