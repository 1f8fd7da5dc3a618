package stream_test

import (
	"context"
	"fmt"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// patience is after what time a test gives up. It is generous: machines that run tests are busy.
const patience = 20 * time.Second

// open starts an embedded store with one portal, a.example.
func open(t testing.TB, dir string) *stream.Stream {
	t.Helper()
	return prepared(t, stream.Options{Dir: dir, Name: "test"}, "a.example")
}

func prepared(t testing.TB, o stream.Options, portals ...string) *stream.Stream {
	t.Helper()
	o.Log = zerolog.New(zerolog.NewTestWriter(t)).Level(zerolog.WarnLevel)
	s, err := stream.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.Prepare(t.Context(), portals); err != nil {
		t.Fatal(err)
	}
	return s
}

// natsServer runs a NATS server with a port, and returns its URL.
func natsServer(t testing.TB) string {
	t.Helper()
	return startNATS(t, t.TempDir(), server.RANDOM_PORT).ClientURL()
}

// startNATS runs a NATS server until the test ends or stops it.
func startNATS(t testing.TB, dir string, port int) *server.Server {
	t.Helper()
	srv, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: port, JetStream: true, StoreDir: dir, NoSigs: true, NoLog: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	srv.Start()
	t.Cleanup(func() { stopNATS(srv) })
	if !srv.ReadyForConnections(patience) {
		t.Fatal("the NATS server did not start")
	}
	return srv
}

func stopNATS(srv *server.Server) {
	srv.Shutdown()
	srv.WaitForShutdown()
}

// portOf is the port of a server that runs: where to start it again for its clients to find it.
func portOf(srv *server.Server) int { return srv.Addr().(*net.TCPAddr).Port }

// question is asked in a dialog of its own.
func question(message int) events.Event {
	return asked("a.example", fmt.Sprint("chat", message), message)
}

func asked(portal, dialog string, message int) events.Event {
	return events.Event{Portal: portal, Event: bitrix.Event{
		Kind:    bitrix.CommandAdd,
		Command: bitrix.Command{Name: "whois", Params: "5"},
		Message: bitrix.Incoming{ID: bitrix.MessageID(message)},
		Chat:    bitrix.Chat{Dialog: bitrix.DialogID(dialog)},
		User:    bitrix.Author{ID: 7},
	}}
}

// conversation is the questions first to last in one dialog. Message ids are a portal's, not a dialog's.
func conversation(portal, dialog string, first, last int) []events.Event {
	var list []events.Event
	for n := first; n <= last; n++ {
		list = append(list, asked(portal, dialog, n))
	}
	return list
}

func appendAll(t testing.TB, s *stream.Stream, list ...events.Event) {
	t.Helper()
	if err := s.Append(t.Context(), list); err != nil {
		t.Fatal(err)
	}
}

type handle = func(context.Context, stream.Delivery) stream.Settlement

// consume runs a worker for a.example until stop is called, which waits for its end.
func consume(t testing.TB, s *stream.Stream, h handle) (stop func()) {
	t.Helper()
	return consumePortals(t, s, []string{"a.example"}, h)
}

func consumePortals(t testing.TB, s *stream.Stream, portals []string, h handle) (stop func()) {
	t.Helper()
	return consumeList(t, s, func() []string { return portals }, h)
}

func consumeList(t testing.TB, s *stream.Stream, portals func() []string, h handle) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- s.Consume(ctx, portals, stream.Handler{
			Lane:   func(e events.Event) string { return string(e.Chat.Dialog) },
			Handle: h,
		})
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("consume: %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

// passOn hands deliveries to a test, and settles them for good.
func passOn(to chan<- stream.Delivery) handle {
	return func(_ context.Context, d stream.Delivery) stream.Settlement {
		to <- d
		return stream.Done()
	}
}

func take(t testing.TB, from <-chan stream.Delivery) stream.Delivery {
	t.Helper()
	return receive(t, from)
}

func receive[T any](t testing.TB, from <-chan T) (got T) {
	t.Helper()
	select {
	case got = <-from:
	case <-time.After(patience):
		t.Fatal("nothing came")
	}
	return got
}

// visitor is whoever can connect to the server of a store.
func visitor(t testing.TB, url string) jetstream.JetStream {
	t.Helper()
	conn, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

// takeInOrder wants the questions of one conversation, from first to last.
func takeInOrder(t testing.TB, from <-chan stream.Delivery, first, last int) {
	t.Helper()
	for want := first; want <= last; want++ {
		if got := int(take(t, from).Event.Message.ID); got != want {
			t.Fatalf("question %d came, want %d", got, want)
		}
	}
}

// wantDepth asks until the store counts as it should: settlements are carried out shortly after they are sent.
func wantDepth(t testing.TB, s *stream.Stream, want stream.Depth) {
	t.Helper()
	for started := time.Now(); ; {
		got, err := s.Depth(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got == want {
			return
		}
		if time.Since(started) > patience {
			t.Fatalf("depth is %+v, want %+v", got, want)
		}
	}
}
