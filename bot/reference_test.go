package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/commands"
)

// TestReference: what the asker is told is in every line the log has about the question, the stack among them.
func TestReference(t *testing.T) {
	t.Parallel()
	d := newDesk(t, prepared(t), false, commands.New("boom", func(context.Context, commands.Call, struct{}) (commands.Reply, error) {
		panic("boom")
	}, titled("boom")))
	e := d.says(d.private(), "/boom")
	var log bytes.Buffer
	d.worker().Handle(zerolog.New(&log).WithContext(t.Context()), e)
	reference := e.Event.Reference()
	if all := d.posted(d.private()); len(all) != 1 || !strings.Contains(all[0], reference) {
		t.Errorf("the asker was told %q", all)
	}
	messages := map[string]string{}
	for line := range bytes.Lines(log.Bytes()) {
		var entry struct{ Message, Reference, Stack string }
		if err := json.Unmarshal(line, &entry); err != nil {
			t.Fatal(err)
		}
		messages[entry.Message] = entry.Stack
		if entry.Reference != reference {
			t.Errorf("its reference is missing in %s", line)
		}
	}
	if _, told := messages["gave up on event"]; !told || !strings.Contains(messages["command panicked"], "reference_test.go") {
		t.Errorf("the log is\n%s", &log)
	}
}
