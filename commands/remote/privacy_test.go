package remote_test

import (
	"context"
	"testing"

	"github.com/whois24/whois24/commands"
)

// TestServiceLearnsWhatMayBeTold: what the reader may not learn does not leave the bot, and the command there knows what it is.
func TestServiceLearnsWhatMayBeTold(t *testing.T) {
	ask := func(ctx context.Context, c commands.Call) (any, error) {
		anna, err := c.People.Profile(ctx, 5)
		if err != nil {
			return nil, err
		}
		found, err := c.People.SearchUsers(ctx, "anna", 10)
		if err != nil {
			return nil, err
		}
		_, known, err := c.People.Department(ctx, 50)
		return list(anna.Name, "position", anna.WorkPosition, "mail", anna.Email, len(anna.Units), len(found), known,
			c.Shows(commands.FieldPosition), c.Shows(commands.FieldContacts), c.Audience()), err
	}
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", looking(ask))
	set := host(t, srv, i)
	for setting, want := range map[string]string{
		"outsiders: name position": "Anna ［b], position, Chief, mail, , 0, 1, false, true, false, outsiders",
		"outsiders: name contacts": "Anna ［b], position, , mail, anna@example.com, 0, 1, false, false, true, outsiders",
	} {
		r := question("/x")
		r.Asker.Outsider, r.Privacy = true, privacy(t, setting)
		if got, err := answers(t, set, r); err != nil || got[0] != want {
			t.Errorf("%s: %q, %v; want %s", setting, got, err, want)
		}
	}
	r := question("/x")
	r.Asker.Outsider = true
	_, err := set.Run(t.Context(), r)
	if words, ok := commands.Words(err, "en"); !ok {
		t.Errorf("an outsider who may learn nothing: %v, %v", words, err)
	}
}

func privacy(t *testing.T, setting string) *commands.Privacy {
	t.Helper()
	p, err := commands.ParsePrivacy(setting)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
