package stream_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/events/stream"
)

const toTheQuestion = "answers to 90001 for bot 456 of a.example"

func answersTo(t *testing.T, s *stream.Stream, name string) stream.Answers {
	t.Helper()
	a, err := s.Answers(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestAnswersOutliveTheProcess, and who has read others than there are is told.
func TestAnswersOutliveTheProcess(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if a := answersTo(t, s, toTheQuestion); a.Revision != 0 {
		t.Errorf("before anything was answered: %+v", a)
	}
	want := stream.Answers{
		Given:  []stream.Answer{{Asked: "digest", Event: "key", Replies: true, Dialog: "7", Message: 90002}},
		Edited: time.Date(2026, 9, 21, 12, 0, 0, 0, time.UTC),
	}
	if err := s.KeepAnswers(t.Context(), toTheQuestion, want); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = open(t, dir)
	got := answersTo(t, s, toTheQuestion)
	want.Revision = got.Revision
	if diff := cmp.Diff(want, got); diff != "" || got.Revision == 0 {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if err := s.KeepAnswers(t.Context(), toTheQuestion, stream.Answers{Deleted: true}); !errors.Is(err, stream.ErrChanged) {
		t.Errorf("kept in place of others: %v", err)
	}
	if err := s.KeepAnswers(t.Context(), toTheQuestion, stream.Answers{Deleted: true, Revision: got.Revision}); err != nil {
		t.Fatal(err)
	}
	if !answersTo(t, s, toTheQuestion).Deleted {
		t.Error("the later one was not kept")
	}
}

// TestForgetAnswers: of a portal that left nothing is known, and all of another.
func TestForgetAnswers(t *testing.T) {
	const elsewhere = "answers to 90001 for bot 456 of b.example"
	s := open(t, t.TempDir())
	for _, name := range []string{toTheQuestion, elsewhere} {
		if err := s.KeepAnswers(t.Context(), name, stream.Answers{Deleted: true}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Forget(t.Context(), "a.example", false); err != nil {
		t.Fatal(err)
	}
	if answersTo(t, s, toTheQuestion).Revision != 0 || answersTo(t, s, elsewhere).Revision == 0 {
		t.Error("the wrong answers are gone")
	}
}
