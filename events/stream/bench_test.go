package stream_test

import (
	"sync/atomic"
	"testing"

	"github.com/whois24/whois24/events/stream"
)

// BenchmarkAppend is one publish with its fsync: what a lone webhook waits for.
func BenchmarkAppend(b *testing.B) {
	s := open(b, b.TempDir())
	n := 0
	for b.Loop() {
		n++
		appendAll(b, s, question(n))
	}
}

// BenchmarkAppendParallel is an event of 128 senders that share their fsyncs.
func BenchmarkAppendParallel(b *testing.B) {
	s := open(b, b.TempDir())
	var n atomic.Int64
	b.SetParallelism(64)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			appendAll(b, s, question(int(n.Add(1))))
		}
	})
}

// BenchmarkRecall is what each question pays for the language that the person who asks it may have chosen: 0.1 ms, from the
// embedded store and from a NATS server on the same machine. So nothing keeps a copy that could be out of date.
func BenchmarkRecall(b *testing.B) {
	for _, at := range []struct {
		name  string
		store *stream.Stream
	}{
		{"embedded", open(b, b.TempDir())},
		{"server", prepared(b, stream.Options{Servers: natsServer(b), Name: "test"}, "a.example")},
	} {
		b.Run(at.name, func(b *testing.B) {
			name := "language of user 7 of a.example"
			if err := at.store.Remember(b.Context(), name, []byte(`{"language":"de","asked":"2026-09-21T17:13:20+03:00"}`)); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := at.store.Recall(b.Context(), name); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
