package stream_test

import (
	"sync/atomic"
	"testing"
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
