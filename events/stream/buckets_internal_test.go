package stream

import (
	"testing"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"
)

// TestRecordsOutliveEvents: as long as an event may be tried again, it is known how far it got.
func TestRecordsOutliveEvents(t *testing.T) {
	for _, c := range []jetstream.StreamConfig{effectsConfig(1), questionsConfig(1)} {
		if c.MaxAge <= GiveUp {
			t.Errorf("%s keeps for %v, an event may wait for %v", c.Name, c.MaxAge, GiveUp)
		}
	}
}

// TestUnreadableQuestionIsNone: whoever wrote it, a person can be asked and answer again.
func TestUnreadableQuestionIsNone(t *testing.T) {
	s, err := Open(Options{Dir: t.TempDir(), Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.Prepare(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	kv, err := s.js.KeyValue(t.Context(), questionsName)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kv.Put(t.Context(), token("question"), []byte("{")); err != nil {
		t.Fatal(err)
	}
	q, err := s.Question(t.Context(), "question")
	if err != nil || q.Command != "" {
		t.Errorf("read %+v, %v", q, err)
	}
	if err := s.KeepQuestion(t.Context(), "question", q); err != nil {
		t.Error(err)
	}
}

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
