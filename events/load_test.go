package events_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

const (
	loadConnections = 64
	loadRounds      = 5 // of which the median counts; the sides take turns, for other work on the machine to hit both
)

// forgetful is a Store that stores nothing.
type forgetful struct{}

func (forgetful) Append(context.Context, []events.Event) error { return nil }

// side is one of the receivers that are compared.
type side struct {
	addr   string
	rates  []float64
	waited []time.Duration
}

// BenchmarkReceiver posts webhooks over 64 connections as fast as they are answered, to a receiver that stores them with
// fsync and to one that stores nothing. The body is a captured command, with a message id of its own each time.
//
// Store and sender share the machine, so the ratio between the two is what tells something.
func BenchmarkReceiver(b *testing.B) {
	store, err := stream.Open(stream.Options{Dir: b.TempDir(), Log: zerolog.Nop()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(store.Close)
	if err := store.Prepare(b.Context(), []string{"demo-portal.bitrix24.example"}); err != nil {
		b.Fatal(err)
	}
	webhook := commandWebhook(b)
	stored, forgot := receiving(b, store), receiving(b, forgetful{})
	next := 0
	b.ResetTimer()
	for range loadRounds {
		for _, s := range []*side{stored, forgot} {
			n := max(1, b.N/loadRounds/loadConnections)
			s.round(b, n, func(connection, i int) string { return webhook(next + connection*n + i) })
			next += n * loadConnections
		}
	}
	b.StopTimer()
	report(b, stored, forgot)
	wantStored(b, store, next/2)
}

// receiving runs a receiver on a port.
func receiving(b *testing.B, store events.Store) *side {
	b.Helper()
	srv := httptest.NewServer(newReceiver(store, token))
	b.Cleanup(srv.Close)
	return &side{addr: srv.Listener.Addr().String()}
}

// commandWebhook gives the request with a message id.
func commandWebhook(b *testing.B) func(message int) string {
	b.Helper()
	const id = "data%5Bmessage%5D%5Bid%5D="
	before, after, found := strings.Cut(body(b, "v2-command-add-private.form"), id)
	if !found {
		b.Fatal("the captured body has no message id")
	}
	after = after[strings.IndexByte(after, '&'):]
	return func(message int) string {
		digits := fmt.Sprintf("%09d", 100_000_000+message)
		return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s%s%s%s",
			events.Path, form, len(before)+len(id)+len(digits)+len(after), before, id, digits, after)
	}
}

// round posts n webhooks on each connection.
func (s *side) round(b *testing.B, n int, webhook func(connection, i int) string) {
	b.Helper()
	begun := time.Now()
	var mu sync.Mutex
	var senders sync.WaitGroup
	for connection := range loadConnections {
		senders.Go(func() {
			waited, err := postAll(s.addr, n, func(i int) string { return webhook(connection, i) })
			if err != nil {
				b.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			s.waited = append(s.waited, waited...)
		})
	}
	senders.Wait()
	s.rates = append(s.rates, float64(n*loadConnections)/time.Since(begun).Seconds())
}

// postAll posts webhooks one after the other on one connection, and says how long each waited for its 200.
func postAll(addr string, n int, webhook func(i int) string) ([]time.Duration, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	answers := bufio.NewReader(conn)
	var waited []time.Duration
	for i := range n {
		begun := time.Now()
		if _, err := io.WriteString(conn, webhook(i)); err != nil {
			return nil, err
		}
		answer, err := http.ReadResponse(answers, nil)
		if err != nil {
			return nil, err
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			return nil, err
		}
		if answer.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("webhook %d was answered %s", i, answer.Status)
		}
		waited = append(waited, time.Since(begun))
	}
	return waited, nil
}

func report(b *testing.B, stored, forgot *side) {
	b.Helper()
	slices.Sort(stored.rates)
	slices.Sort(forgot.rates)
	slices.Sort(stored.waited)
	slices.Sort(forgot.waited)
	p99 := func(s *side) float64 { return float64(s.waited[len(s.waited)*99/100].Microseconds()) / 1000 }
	b.ReportMetric(stored.rates[loadRounds/2], "events/s")
	b.ReportMetric(stored.rates[loadRounds/2]/forgot.rates[loadRounds/2], "of-unstored")
	b.ReportMetric(p99(stored), "p99-ms")
	b.ReportMetric(p99(forgot), "unstored-p99-ms")
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	b.ReportMetric(float64(memory.HeapInuse>>20), "MiB-heap")
}

// wantStored wants as many events in the store as were answered with 200.
func wantStored(b *testing.B, store *stream.Stream, want int) {
	b.Helper()
	depth, err := store.Depth(b.Context())
	if err != nil || depth.Waiting != want {
		b.Errorf("%d events are stored (%v), want %d", depth.Waiting, err, want)
	}
}
