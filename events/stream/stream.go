// Package stream keeps events in NATS JetStream from their arrival until they are answered. The NATS server is embedded in
// the process when none is named, else it is a server or cluster elsewhere. Processes that run commands are on it too, also on
// the embedded one if it is given a port: by core NATS, which package remote knows, and with no rights to anything here.
//
// Three streams hold events. WHOIS24_EVENTS has those to be answered, each under the key of what was asked, so a
// repeated delivery is stored once. WHOIS24_DEAD has those that cannot be answered, with the reason. WHOIS24_WAKES has those
// whose time has not come: NATS keeps the time, also over a restart.
//
// What else outlives a process or is shared by several is in buckets: what is known of a portal, which replies were
// posted, what people were asked back, sealed tokens, which commands run in other processes, which workers are alive, and
// whose turn it is.
package stream

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
)

const (
	eventsName = "WHOIS24_EVENTS"
	deadName   = "WHOIS24_DEAD"
	wakesName  = "WHOIS24_WAKES"
)

// Options say where events are kept.
type Options struct {
	Servers string // NATS URLs, comma-separated; empty for the embedded server
	Creds   string // NATS credentials file; empty for none
	Dir     string // store of the embedded server; one process at a time
	Name    string // shown by NATS for the connection
	Listen  string // address where the embedded server takes connections of command processes; empty: none
	// CommandToken is their password. As the user name they give the name of their command, and get at nothing else.
	CommandToken bitrix.Secret
	Log          zerolog.Logger
}

// Stream is a connection to the store.
type Stream struct {
	log      zerolog.Logger
	embedded *embedded // nil with a server elsewhere
	conn     *nats.Conn
	js       jetstream.JetStream
	commits  *commits
	close    context.CancelFunc // of commits
	space    space
	silence  atomic.Int32 // of the server, by the tries to publish in a row that it did not answer
	prepared atomic.Bool
}

// Open connects to the store, or starts it. A server elsewhere may be away: Open returns all the same, and Prepare
// waits for it.
func Open(o Options) (*Stream, error) {
	s := &Stream{log: o.Log, space: space{free: freeSpace}}
	if o.Servers == "" {
		e, err := startEmbedded(o)
		if err != nil {
			return nil, err
		}
		s.embedded = e
	}
	if err := s.connect(o); err != nil {
		s.embedded.stop()
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.commits, s.close = newCommits(s.commit), cancel
	go s.commits.run(ctx)
	return s, nil
}

func (s *Stream) connect(o Options) error {
	opts := []nats.Option{
		nats.Name(o.Name),
		nats.MaxReconnects(-1),
		nats.RetryOnFailedConnect(true),
		nats.ReconnectWait(time.Second),
		nats.ReconnectBufSize(-1), // an event must not wait in memory while its sender is told it is stored
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil { // nil when we close it
				s.log.Warn().Err(err).Msg("nats disconnected")
			}
		}),
		nats.ReconnectHandler(func(*nats.Conn) { s.log.Info().Msg("nats reconnected") }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { s.log.Warn().Err(err).Msg("nats error") }),
	}
	if o.Creds != "" {
		opts = append(opts, nats.UserCredentials(o.Creds))
	}
	if s.embedded != nil {
		opts = append(opts, nats.InProcessServer(s.embedded), nats.ReconnectWait(50*time.Millisecond))
	}
	conn, err := nats.Connect(o.Servers, opts...)
	if err != nil {
		return fmt.Errorf("connect to NATS: %w", err)
	}
	s.conn = conn
	s.js, err = jetstream.New(conn, jetstream.WithPublishAsyncTimeout(publishTimeout))
	return err
}

var errNotConnected = errors.New("NATS is not connected")

// Check reports whether events can be stored and taken now: nil if so.
func (s *Stream) Check(ctx context.Context) error {
	if !s.conn.IsConnected() {
		return errNotConnected
	}
	if !s.prepared.Load() {
		return errors.New("the streams are not created yet")
	}
	if err := s.room(); err != nil {
		return err
	}
	_, err := s.js.Stream(ctx, eventsName)
	return err
}

// Depth is how much waits in the store.
type Depth struct {
	Waiting int // not yet taken
	InHand  int // taken or waiting for another try
	Dead    int // given up
}

// Depth counts what waits.
func (s *Stream) Depth(ctx context.Context) (Depth, error) {
	stream, err := s.js.Stream(ctx, eventsName)
	if err != nil {
		return Depth{}, err
	}
	dead, err := s.js.Stream(ctx, deadName)
	if err != nil {
		return Depth{}, err
	}
	d := Depth{Dead: int(dead.CachedInfo().State.Msgs)}
	consumers := stream.ListConsumers(ctx)
	for c := range consumers.Info() {
		d.Waiting += int(c.NumPending)
		d.InHand += c.NumAckPending
	}
	return d, consumers.Err()
}

// Close ends the connection and the embedded server. Whoever consumes must have stopped.
func (s *Stream) Close() {
	s.close()
	<-s.commits.ended
	s.conn.Close()
	s.embedded.stop()
}
