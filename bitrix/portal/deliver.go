package portal

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// DeliveryOptions spoil the delivery of events.
type DeliveryOptions struct {
	Duplicate   int           // so many more copies of each event, all at once
	Drop        bool          // events are lost
	Delay       time.Duration // before each delivery
	Parallel    int           // deliveries of a bot under way at once; more than 1 may change their order. 0 is 1
	NullAsEmpty bool          // null is written as an empty value, as the documentation says, instead of left out
}

// SetDelivery changes how events are delivered from the next one on.
func (p *Portal) SetDelivery(change func(*DeliveryOptions)) {
	p.post.mu.Lock()
	defer p.post.mu.Unlock()
	change(&p.post.options)
}

const (
	deliveryTimeout = 30 * time.Second
	maxWaiting      = 20_000 // events for one bot, queued or to be fetched; what is too much is lost
)

// parcel is an event ready to be posted.
type parcel struct {
	url, event, body string
}

// post delivers events: each once, with no retry, in a queue for each bot that nobody waits for.
type post struct {
	client    *http.Client
	transport *http.Transport // the client's, unless it was given
	now       func() time.Time
	report    func(Delivery)

	ctx    context.Context // ends with the portal
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu      sync.Mutex
	options DeliveryOptions
	queues  map[bitrix.BotID]*queue // of bots with something under way
	idle    chan struct{}           // closed when nothing is
}

type queue struct {
	parcels  []parcel
	couriers int
}

func newPost(o Options, report func(Delivery)) *post {
	ctx, cancel := context.WithCancel(context.Background())
	s := &post{now: o.Now, report: report, ctx: ctx, cancel: cancel, queues: map[bitrix.BotID]*queue{}, client: o.HTTP}
	if s.client == nil {
		s.transport = http.DefaultTransport.(*http.Transport).Clone()
		s.client = &http.Client{
			Timeout:       deliveryTimeout,
			Transport:     s.transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	return s
}

// close drops what waits, ends what is under way and waits for that.
func (s *post) close() {
	s.mu.Lock() // nobody begins a delivery meanwhile
	s.cancel()
	s.mu.Unlock()
	s.wg.Wait()
	if s.transport != nil {
		s.transport.CloseIdleConnections()
	}
}

// send queues an event.
func (s *post) send(to bitrix.BotID, address, event string, body array) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx.Err() != nil {
		return
	}
	q := s.queueOf(to)
	if len(q.parcels) == maxWaiting {
		s.wg.Go(func() { s.report(Delivery{At: s.now(), Event: event, Err: errFull.Error()}) }) // who sends holds the portal
		return
	}
	form := string(appendForm(nil, body, s.options.NullAsEmpty))
	q.parcels = append(q.parcels, parcel{address, event, form})
	if q.couriers < max(s.options.Parallel, 1) {
		q.couriers++
		s.wg.Go(func() { s.carry(to, q) })
	}
}

func (s *post) queueOf(to bitrix.BotID) *queue {
	if len(s.queues) == 0 {
		s.idle = make(chan struct{})
	}
	q := s.queues[to]
	if q == nil {
		q = &queue{}
		s.queues[to] = q
	}
	return q
}

// carry delivers what is queued for a bot and ends when nothing is left.
func (s *post) carry(to bitrix.BotID, q *queue) {
	for {
		next, o, ok := s.next(to, q)
		if !ok {
			return
		}
		s.deliver(next, o)
	}
}

func (s *post) next(to bitrix.BotID, q *queue) (parcel, DeliveryOptions, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(q.parcels) > 0 && s.ctx.Err() == nil {
		next := q.parcels[0]
		q.parcels = q.parcels[1:]
		return next, s.options, true
	}
	q.couriers--
	if q.couriers == 0 {
		delete(s.queues, to)
	}
	if len(s.queues) == 0 {
		close(s.idle)
	}
	return parcel{}, DeliveryOptions{}, false
}

// Idle waits until no event is queued or under way.
func (p *Portal) Idle(ctx context.Context) error {
	p.post.mu.Lock()
	idle, busy := p.post.idle, len(p.post.queues) > 0
	p.post.mu.Unlock()
	if !busy {
		return nil
	}
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for deliveries: %w", context.Cause(ctx))
	}
}
