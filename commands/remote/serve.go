package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/micro"
	"github.com/rs/zerolog"

	"github.com/whois24/whois24/commands"
)

// maxInHand is how many questions a process works on at once. It is far from what a portal lets the bot answer.
const maxInHand = 1000

// Options say as what commands are served.
type Options struct {
	Conn    *nats.Conn
	Version string // of the commands, as in 1.2.0; the newest that is there is asked
	Log     zerolog.Logger
}

// Serve answers questions for the commands until ctx ends, then finishes what is in hand and returns nil. Any number of
// processes may serve the same commands: they share the questions. The error is that of [commands.NewSet], or of a
// connection that is closed for good.
func Serve(ctx context.Context, o Options, list ...commands.Command) error {
	set, err := commands.NewSet(list...)
	if err != nil {
		return err
	}
	closed := o.Conn.StatusChanged(nats.CLOSED)
	defer o.Conn.RemoveStatusListener(closed)
	s := &server{conn: o.Conn, log: o.Log, set: set, free: make(chan struct{}, maxInHand)}
	defer s.stop()
	for _, schema := range set.Schemas() {
		if err := s.offer(context.WithoutCancel(ctx), schema, o.Version); err != nil {
			return fmt.Errorf("command %s: %w", schema.Name, err)
		}
	}
	select {
	case <-ctx.Done():
		return nil
	case <-closed:
		return closedFor(o.Conn.LastError())
	}
}

// closedFor is the error of a connection that will not come back.
func closedFor(reason error) error {
	if reason == nil {
		return nats.ErrConnectionClosed
	}
	return fmt.Errorf("%w: %w", nats.ErrConnectionClosed, reason)
}

// server is the commands of one process.
type server struct {
	conn     *nats.Conn
	log      zerolog.Logger
	set      *commands.Set
	services []micro.Service
	free     chan struct{} // holds one for each question in hand
	inHand   sync.WaitGroup
}

// offer makes a command known on the bus. Answers are made with ctx, which does not end: what is in hand is finished.
func (s *server) offer(ctx context.Context, schema commands.Schema, version string) error {
	data, err := json.Marshal(schema)
	if err != nil {
		return err
	}
	if len(data) > MaxSchema {
		return fmt.Errorf("its schema has %d bytes of JSON; at most %d are read", len(data), MaxSchema)
	}
	service, err := micro.AddService(s.conn, micro.Config{
		Name: serviceName(schema.Name), Version: version, Description: schema.Title[string(commands.English)],
		Metadata: map[string]string{metaProtocol: Protocol, metaSchema: string(data)},
		Endpoint: &micro.EndpointConfig{
			Subject: subject(schema.Name, version),
			Handler: micro.HandlerFunc(func(r micro.Request) { s.take(ctx, schema.Name, r) }),
		},
	})
	if err != nil {
		return err
	}
	s.services = append(s.services, service)
	return nil
}

// take begins an answer. Questions come one after another and are worked on side by side.
func (s *server) take(ctx context.Context, command string, r micro.Request) {
	a := &answer{server: s, command: command, request: r}
	select {
	case s.free <- struct{}{}:
	default:
		a.send(Message{Error: "too many questions at once", Temporary: true})
		return
	}
	s.inHand.Go(func() {
		defer func() { <-s.free }()
		ctx, cancel := context.WithTimeout(ctx, Longest)
		defer cancel()
		a.give(ctx)
	})
}

// stop takes no more questions, and waits for what is in hand.
func (s *server) stop() {
	for _, service := range s.services {
		if err := service.Stop(); err != nil && !errors.Is(err, nats.ErrConnectionClosed) {
			s.log.Warn().Err(err).Msg("cannot stop taking questions")
		}
	}
	s.taken()
	s.inHand.Wait()
	_ = s.flush() // the last answers; without a connection somebody else is asked for them
}

// flush waits until NATS has everything that was sent, and we have everything it had sent before.
func (s *server) flush() error {
	if !s.conn.IsConnected() {
		return nats.ErrDisconnected
	}
	return s.conn.FlushTimeout(Silence)
}

// taken waits until everything is in hand that NATS had sent already.
func (s *server) taken() {
	if s.flush() != nil {
		return // without a connection nothing comes, and later somebody else is asked
	}
	all := make(chan struct{})
	if s.conn.Barrier(sync.OnceFunc(func() { close(all) })) != nil {
		return
	}
	select {
	case <-all:
	case <-time.After(Silence):
	}
}
