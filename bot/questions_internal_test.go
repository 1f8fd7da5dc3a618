package bot

import (
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// TestRelation is which events may answer a question, and which have led to it.
func TestRelation(t *testing.T) {
	event := func(id bitrix.MessageID) events.Event {
		return events.Event{Portal: "a.example", Event: bitrix.Event{Kind: bitrix.MessageAdd, Message: bitrix.Incoming{ID: id}}}
	}
	const before, command, answer, late = 1, 2, 3, 4
	stored := time.Date(2026, 9, 21, 12, 0, 0, 0, time.UTC)
	asked := stream.Question{Command: "thanks", Event: event(command).Key(), Stored: stored, Asked: stored.Add(time.Hour)} // after an outage
	again := stream.Question{Command: "thanks", Event: event(answer).Key(), Stored: stored, Asked: stored, Answers: []string{"x"}}
	shut := again
	shut.Closed = true
	for name, c := range map[string]struct {
		last  stream.Question
		event bitrix.MessageID
		after time.Duration // stored so long after the one that led to the question
		want  relation
	}{
		"nothing was asked":                    {stream.Question{}, answer, 0, unrelated},
		"the answer":                           {asked, answer, time.Minute, answers},
		"the answer at the same moment":        {asked, answer, 0, answers},
		"the last moment":                      {asked, answer, time.Hour + commands.AskedFor, answers},
		"too late":                             {asked, late, time.Hour + commands.AskedFor + 1, unrelated},
		"before it":                            {asked, before, -1, unrelated},
		"the command that asked":               {asked, command, 0, unrelated},
		"the answer that led to the next":      {again, answer, 0, answered},
		"the answer to the next":               {again, late, time.Minute, answers},
		"the answer that ended it":             {shut, answer, 0, answered},
		"what follows when nothing is waiting": {shut, late, time.Minute, unrelated},
	} {
		d := stream.Delivery{Event: event(c.event), Stored: stored.Add(c.after)}
		if got := relationOf(c.last, d); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
