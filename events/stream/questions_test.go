package stream_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/events/stream"
)

const toAnna = "question to 7 in 7 of a.example"

func lastQuestion(t *testing.T, s *stream.Stream, name string) stream.Question {
	t.Helper()
	q, err := s.Question(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func keep(t *testing.T, s *stream.Stream, name string, q stream.Question) {
	t.Helper()
	if err := s.KeepQuestion(t.Context(), name, q); err != nil {
		t.Fatal(err)
	}
}

// TestQuestionOutlivesTheProcess, and another one takes its place.
func TestQuestionOutlivesTheProcess(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if q := lastQuestion(t, s, toAnna); q.Revision != 0 {
		t.Errorf("before anything was asked: %+v", q)
	}
	at := time.Date(2026, 9, 21, 12, 0, 0, 0, time.UTC)
	want := stream.Question{
		Command: "thanks", Args: "5", Answers: []string{"for the [b]help\n/whois"}, Event: "key", Stored: at, Asked: at.Add(time.Second),
	}
	keep(t, s, toAnna, want)
	s.Close()
	s = open(t, dir)
	got := lastQuestion(t, s, toAnna)
	want.Revision = got.Revision
	if diff := cmp.Diff(want, got); diff != "" || got.Revision == 0 {
		t.Errorf("(-want +got)\n%s", diff)
	}
	got.Closed = true
	keep(t, s, toAnna, got)
	if !lastQuestion(t, s, toAnna).Closed {
		t.Error("it is still open")
	}
}

// TestOneOfManyKeepsItsQuestion: who has read another one is told.
func TestOneOfManyKeepsItsQuestion(t *testing.T) {
	s := open(t, t.TempDir())
	for range 2 { // the first question and one after it
		last := lastQuestion(t, s, toAnna)
		var kept atomic.Int32
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				switch err := s.KeepQuestion(t.Context(), toAnna, last); {
				case err == nil:
					kept.Add(1)
				case !errors.Is(err, stream.ErrChanged):
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := kept.Load(); n != 1 {
			t.Errorf("%d kept theirs, want 1", n)
		}
	}
}

// TestForgetQuestions: what people said to a portal that left is gone, also from the disk if all of it is to go.
func TestForgetQuestions(t *testing.T) {
	const toBoris = "question to 7 in 7 of b.example"
	for _, all := range []bool{false, true} {
		dir := t.TempDir()
		s := open(t, dir)
		keep(t, s, toAnna, stream.Question{Command: "thanks", Answers: []string{"because of what Anna did"}})
		keep(t, s, toBoris, stream.Question{Command: "thanks", Answers: []string{"because of what Boris did"}})
		for range 2 { // repeating it is no error
			if err := s.Forget(t.Context(), "a.example", all); err != nil {
				t.Fatal(err)
			}
		}
		if q := lastQuestion(t, s, toAnna); q.Revision != 0 {
			t.Errorf("all %v: left is %+v", all, q)
		}
		if q := lastQuestion(t, s, toBoris); q.Revision == 0 {
			t.Errorf("all %v: the other portal's is gone", all)
		}
		keep(t, s, toAnna, stream.Question{Command: "thanks"}) // the portal came back
		s.Close()
		if all && onDisk(t, dir, "because of what Anna did") || !onDisk(t, dir, "because of what Boris did") {
			t.Errorf("all %v: the wrong answers are on the disk", all)
		}
	}
}
