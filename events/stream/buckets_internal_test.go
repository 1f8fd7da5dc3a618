package stream

import (
	"testing"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"
)

// TestOlderBucketIsTakenOver has a store with a bucket as it was made before reads went to the leader.
func TestOlderBucketIsTakenOver(t *testing.T) {
	s, err := Open(Options{Dir: t.TempDir(), Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	older, err := s.js.CreateKeyValue(t.Context(), jetstream.KeyValueConfig{Bucket: stateName, MaxBytes: 64 << 20})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := older.Put(t.Context(), token("bot of a.example"), []byte("456")); err != nil {
		t.Fatal(err)
	}
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if v, err := s.Recall(t.Context(), "bot of a.example"); err != nil || string(v) != "456" {
		t.Errorf("remembered is %q, %v", v, err)
	}
	bucket, err := s.js.Stream(t.Context(), "KV_"+stateName)
	if err != nil || bucket.CachedInfo().Config.AllowDirect {
		t.Errorf("any node may answer for the leader (%v)", err)
	}
}
