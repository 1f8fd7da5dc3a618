package portal

import (
	"encoding/json"
	"sync"
	"time"
)

// Change is something that just happened on the portal.
type Change struct {
	Kind     string // one of the Kind constants
	Chat     int64  // of the message, dialog or typing
	Message  *Message
	Person   *Person // who changed; who is typing
	Call     *Call
	Delivery *Delivery
}

// Kinds of Change.
const (
	KindMessage       = "message"
	KindMessageUpdate = "message_update"
	KindMessageDelete = "message_delete"
	KindPerson        = "person"
	KindDialog        = "dialog" // a chat was opened, closed or its members changed
	KindBot           = "bot"    // a bot or a command was registered, changed or removed
	KindCall          = "call"
	KindEvent         = "event" // an event was delivered, or not
	KindTyping        = "typing"
)

// Call is one REST request.
type Call struct {
	At     time.Time
	Method string
	Params json.RawMessage // secrets are ***, long texts are cut
	Status int             // 0: the connection was dropped
	Code   string          // error code
	Took   time.Duration
	Batch  int // how many commands a batch had
}

// Delivery is one event on its way to a bot.
type Delivery struct {
	At     time.Time
	Event  string
	Form   string // k=v lines, secrets are ***
	Status int
	Err    string
	Took   time.Duration
}

// Subscribe follows what happens from now on. A reader that lags behind the buffer finds the channel closed.
// The second result ends the subscription.
func (p *Portal) Subscribe(buffer int) (<-chan Change, func()) {
	c := make(chan Change, buffer)
	p.feed.add(c)
	return c, func() { p.feed.remove(c) }
}

// feed hands changes to whoever subscribed, without waiting for anybody.
type feed struct {
	mu   sync.Mutex
	subs map[chan Change]struct{}
}

func (f *feed) add(c chan Change) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.subs == nil {
		f.subs = map[chan Change]struct{}{}
	}
	f.subs[c] = struct{}{}
}

func (f *feed) remove(c chan Change) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.drop(c)
}

func (f *feed) drop(c chan Change) {
	if _, open := f.subs[c]; open {
		delete(f.subs, c)
		close(c)
	}
}

func (f *feed) publish(c Change) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for sub := range f.subs {
		select {
		case sub <- c:
		default:
			f.drop(sub)
		}
	}
}
