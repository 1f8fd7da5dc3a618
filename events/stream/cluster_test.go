package stream_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"

	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// cluster is three NATS nodes. From each to each other leads a cable that can be cut.
type cluster struct {
	cables  [3][3]*cable
	urls    []string
	nodes   []*server.Server
	address [3]atomic.Value // of a node's own end of the cables, once it runs
}

func newCluster(t *testing.T, nodes int) *cluster {
	t.Helper()
	c := &cluster{}
	for a := range c.cables {
		for b := range c.cables {
			if a != b {
				c.cables[a][b] = newCable(t, &c.address[b])
			}
		}
	}
	for range nodes {
		c.addNode(t)
	}
	for begun := time.Now(); nodes == len(c.cables) && !slices.ContainsFunc(c.nodes, (*server.Server).JetStreamIsLeader); {
		if time.Since(begun) > patience {
			t.Fatal("the nodes did not elect a leader")
		}
	}
	return c
}

func (c *cluster) addNode(t *testing.T) {
	t.Helper()
	n := len(c.nodes)
	var routes []*url.URL
	for to := range c.cables {
		if to != n {
			routes = append(routes, &url.URL{Scheme: "nats", Host: c.cables[n][to].Addr().String()})
		}
	}
	srv, err := server.NewServer(&server.Options{
		ServerName: fmt.Sprint("node", n), Host: "127.0.0.1", Port: server.RANDOM_PORT, NoSigs: true, NoLog: true,
		JetStream: true, StoreDir: t.TempDir(), Routes: routes,
		// Nodes tell each other how to reach one they do not know. That would go around the cables.
		Cluster: server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: server.RANDOM_PORT, Advertise: "127.0.0.1:1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	srv.Start()
	t.Cleanup(func() {
		srv.Shutdown()
		srv.WaitForShutdown()
	})
	if !srv.ReadyForConnections(patience) {
		t.Fatal("the node did not start")
	}
	c.address[n].Store(srv.ClusterAddr().String())
	c.nodes, c.urls = append(c.nodes, srv), append(c.urls, srv.ClientURL())
}

// isolate cuts a node off from the others, or joins it again.
func (c *cluster) isolate(node int, cut bool) {
	for other := range c.cables {
		if other != node {
			c.cables[node][other].cut(cut)
			c.cables[other][node].cut(cut)
		}
	}
}

// events is the stream, asked at a node.
func (c *cluster) events(t *testing.T, node int) jetstream.Stream {
	t.Helper()
	js := visitor(t, c.urls[node])
	return persist(t, func(ctx context.Context) (jetstream.Stream, error) { return js.Stream(ctx, "WHOIS24_EVENTS") })
}

// persist asks until there is an answer: a cluster that has just been joined again may not give one to the first.
func persist[T any](t *testing.T, ask func(context.Context) (T, error)) T {
	t.Helper()
	for begun := time.Now(); ; {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		answer, err := ask(ctx)
		cancel()
		if err == nil {
			return answer
		}
		if time.Since(begun) > patience {
			t.Fatal(err)
		}
	}
}

// leader is the node that leads the stream of events.
func (c *cluster) leader(t *testing.T) int {
	t.Helper()
	info := c.events(t, 0).CachedInfo()
	if info.Config.Replicas != 3 {
		t.Errorf("the stream is kept %d times, want 3", info.Config.Replicas)
	}
	leader := slices.IndexFunc(c.nodes, func(n *server.Server) bool { return n.Name() == info.Cluster.Leader })
	if leader < 0 {
		t.Fatalf("no node is %q", info.Cluster.Leader)
	}
	return leader
}

// stored counts how often each key is in the store, asked at a node.
func (c *cluster) stored(t *testing.T, node int) map[string]int {
	t.Helper()
	events := c.events(t, node)
	reader := persist(t, func(ctx context.Context) (jetstream.Consumer, error) {
		return events.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{})
	})
	messages, err := reader.Messages()
	if err != nil {
		t.Fatal(err)
	}
	defer messages.Stop()
	times := map[string]int{}
	for range events.CachedInfo().State.Msgs {
		m, err := messages.Next(jetstream.NextMaxWait(patience))
		if err != nil {
			t.Fatal(err)
		}
		times[m.Headers().Get(jetstream.MsgIDHeader)]++
	}
	return times
}

// cable passes connections on to an address until it is cut.
type cable struct {
	net.Listener
	mu     sync.Mutex
	broken bool
	ends   map[net.Conn]bool
	wg     sync.WaitGroup
}

func newCable(t *testing.T, to *atomic.Value) *cable {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{Listener: l, ends: map[net.Conn]bool{}}
	c.wg.Go(func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			c.wg.Go(func() { c.join(from, to) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		c.cut(true)
		c.wg.Wait()
	})
	return c
}

func (c *cable) join(from net.Conn, to *atomic.Value) {
	defer from.Close()
	address, _ := to.Load().(string) // none before the node runs
	other, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer other.Close()
	if !c.plug(from, other) {
		return
	}
	c.wg.Go(func() {
		_, _ = io.Copy(other, from)
		_ = other.Close()
	})
	_, _ = io.Copy(from, other)
}

func (c *cable) plug(ends ...net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, end := range ends {
		c.ends[end] = true
	}
	return !c.broken
}

func (c *cable) cut(broken bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.broken = broken
	for end := range c.ends {
		_ = end.Close()
		delete(c.ends, end)
	}
}

// load has twenty senders store questions, one after the other, until it is told to stop.
type load struct {
	mu       sync.Mutex
	accepted []string // their keys
	refused  int
	slowest  time.Duration // of the accepted
}

func (l *load) run(s *stream.Stream) (stop func()) {
	done := make(chan struct{})
	var senders sync.WaitGroup
	for sender := range 20 {
		senders.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
					l.send(s, asked("a.example", fmt.Sprint("chat", sender), 100_000*sender+n))
				}
			}
		})
	}
	return func() { close(done); senders.Wait() }
}

// send does as the receiver does.
func (l *load) send(s *stream.Stream, e events.Event) {
	ctx, cancel := context.WithTimeout(context.Background(), 8*time.Second)
	defer cancel()
	begun := time.Now()
	err := s.Append(ctx, []events.Event{e})
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		l.refused++
		return
	}
	l.accepted = append(l.accepted, e.Key())
	l.slowest = max(l.slowest, time.Since(begun))
}

func (l *load) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.accepted)
}

// moreAccepted waits until n more events are accepted.
func (l *load) moreAccepted(t *testing.T, n int) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for begun, goal := time.Now(), l.count()+n; l.count() < goal; <-tick.C {
		if time.Since(begun) > 3*patience {
			t.Fatal("no more events are accepted")
		}
	}
}

// TestClusterKeepsWhatItAccepted loses the leader of the stream while events are stored.
func TestClusterKeepsWhatItAccepted(t *testing.T) {
	tests := []struct {
		name string
		lose func(c *cluster, leader int)
		back func(c *cluster, leader int)
	}{
		{
			"the leader is shut down",
			func(c *cluster, leader int) { c.nodes[leader].Shutdown() },
			func(*cluster, int) {},
		},
		{
			"the leader is cut off, with its clients",
			func(c *cluster, leader int) { c.isolate(leader, true) },
			func(c *cluster, leader int) { c.isolate(leader, false) },
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := newCluster(t, 3)
			s := prepared(t, stream.Options{Servers: strings.Join(c.urls, ",")}, "a.example")
			leader := c.leader(t)
			var l load
			stop := l.run(s)
			l.moreAccepted(t, 100)
			test.lose(c, leader)
			l.moreAccepted(t, 500)
			test.back(c, leader)
			l.moreAccepted(t, 100)
			stop()
			t.Logf("%d accepted, %d refused; the slowest took %v", len(l.accepted), l.refused, l.slowest)
			times := c.stored(t, (leader+1)%3) // the lost one takes a while until it answers
			for _, key := range l.accepted {
				if times[key] != 1 {
					t.Errorf("event %s is stored %d times", key, times[key])
				}
			}
		})
	}
}

// TestPrepareWaitsForTheCluster starts with one node of three, which cannot do anything.
func TestPrepareWaitsForTheCluster(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 1)
	s, err := stream.Open(stream.Options{Servers: strings.Join(c.urls, ","), Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	early, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if err := s.Prepare(early, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("prepare with one node of three: %v", err)
	}
	c.addNode(t)
	c.addNode(t)
	if err := s.Prepare(t.Context(), []string{"a.example"}); err != nil {
		t.Fatal(err)
	}
	appendAll(t, s, question(1))
}

// TestClusterAgreesOnWhoIsFirst has three processes, each at a node of its own, write to one entry by turns: each must read what
// the one before it wrote. Then they write without turns, and who read what is old must be told.
func TestClusterAgreesOnWhoIsFirst(t *testing.T) {
	t.Parallel()
	const each = 10
	c := newCluster(t, 3)
	var vaults []*stream.Vault
	add := func(process int) error {
		v := vaults[process]
		e, err := v.Get(t.Context(), "list")
		if err != nil {
			return err
		}
		_, err = v.Put(t.Context(), stream.Entry{Name: "list", Value: append(e.Value, "abc"[process]), Revision: e.Revision})
		return err
	}
	var stores []*stream.Stream
	for _, url := range c.urls {
		s := prepared(t, stream.Options{Servers: url})
		stores, vaults = append(stores, s), append(vaults, vault(t, s, newKey))
	}
	var byTurns, freely sync.WaitGroup
	for process, s := range stores {
		byTurns.Go(func() {
			for range each {
				if err := s.Alone(t.Context(), "add", func(context.Context) error { return add(process) }); err != nil {
					t.Errorf("with the turn: %v", err)
				}
			}
		})
	}
	byTurns.Wait()
	for process := range stores {
		freely.Go(func() {
			for added := 0; added < each; {
				if err := add(process); err == nil {
					added++
				} else if !errors.Is(err, stream.ErrChanged) {
					t.Errorf("without a turn: %v", err)
					return
				}
			}
		})
	}
	freely.Wait()
	e, err := vaults[0].Get(t.Context(), "list")
	if err != nil {
		t.Fatal(err)
	}
	for _, process := range []byte("abc") {
		if n := bytes.Count(e.Value, []byte{process}); n != 2*each {
			t.Errorf("%q is in the list %d times, want %d: %s", process, n, 2*each, e.Value)
		}
	}
}
