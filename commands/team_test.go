package commands_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// TestTeam: who heads a department and then the others, each as they are now.
func TestTeam(t *testing.T) {
	const unread = "\nI am still reading who works here. Please ask again in a minute."
	for _, tt := range []struct{ line, unread, read string }{
		{
			"/team 5", "[b]Development[/b]\nHead: [send=/whois 6]Dmitry[/send], Chief · 🟢 Online" + unread,
			"[b]Development[/b]: 3 people\nHead: [send=/whois 6]Dmitry[/send], Chief · 🟢 Online" +
				"\n• [send=/whois 7]Anna[/send] · 🟢 Online\n• [send=/whois 5]Eugene[/send] · 🟢 Online",
		},
		{
			"/team", "[b]Development[/b]\nHead: [send=/whois 6]Dmitry[/send], Chief · 🟢 Online" +
				"\n[b]Laboratory[/b]\nHead: [send=/whois 8]Vera[/send] · 🏖 On leave, back on 5 October" + unread,
			"[b]Development[/b]: 3 people\nHead: [send=/whois 6]Dmitry[/send], Chief · 🟢 Online" +
				"\n• [send=/whois 7]Anna[/send] · 🟢 Online\n• [send=/whois 5]Eugene[/send] · 🟢 Online" +
				"\n\n[b]Laboratory[/b]: 2 people\nHead: [send=/whois 8]Vera[/send] · 🏖 On leave, back on 5 October" +
				"\n• [send=/whois 7]Anna[/send] · 🟢 Online",
		},
		{"/team 9", "[b]Office[/b]" + unread, "[b]Office[/b]: one person\n• [send=/whois 9]Boris[/send] · ⚪ Offline"},
		{
			"/team 31", "The portal does not say which department [send=/whois 31]Guest[/send] is in.",
			"The portal does not say which department [send=/whois 31]Guest[/send] is in.",
		},
	} {
		f := newFirm()
		if diff := cmp.Diff(tt.unread, f.asks(t, tt.line, nil).Text); diff != "" {
			t.Errorf("%s, the staff not read (-want +got)\n%s", tt.line, diff)
		}
		if diff := cmp.Diff(map[string]int{"profile": 1}, f.asked); diff != "" {
			t.Errorf("%s, the staff not read (-want +got)\n%s", tt.line, diff)
		}
		if diff := cmp.Diff(tt.read, f.asks(t, tt.line, f.read).Text); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.line, diff)
		}
	}
	f := newFirm()
	if b := f.asks(t, "/team 5", f.read).Keyboard.Buttons; len(b) != 1 || b[0].Params != "↻ 5" {
		t.Errorf("got %+v", b)
	}
}

// TestTeamMayTell: what may not be told of people is not in their lines either.
func TestTeamMayTell(t *testing.T) {
	f := newFirm()
	only := func(fields ...commands.Field) func(*commands.Request) {
		return func(r *commands.Request) { r.Staff, r.Privacy = f.staff(), commands.Only(fields...) }
	}
	want := "[b]Development[/b]: 3 people\nHead: [send=/whois 6]Dmitry[/send]\n• [send=/whois 7]Anna[/send]\n• [send=/whois 5]Eugene[/send]"
	if diff := cmp.Diff(want, f.asks(t, "/team 5", only(commands.FieldName, commands.FieldDepartment)).Text); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, line := range []string{"/team 5", "/manager 5"} {
		if got := f.asks(t, line, only(commands.FieldName)).Text; got != "I may not tell that here." {
			t.Errorf("%s: %s", line, got)
		}
	}
}

// TestLargeTeam: of five thousand people the first are named, all others counted, and no more asked for than named.
func TestLargeTeam(t *testing.T) {
	f := newFirm()
	for i := range 5000 {
		id := bitrix.UserID(1000 + i)
		f.people[id] = bitrix.User{
			ID: id, Active: true, Name: fmt.Sprintf("%05d ", i) + strings.Repeat("ы", 1000), WorkPosition: strings.Repeat("ы", 1000),
			Departments: []int64{50},
		}
	}
	reply := f.asks(t, "/team 5", f.read)
	if n := strings.Count(reply.Text, "\n"); n != 21 || !strings.HasSuffix(reply.Text, "…and 4983 more.") {
		t.Errorf("%d lines, …%s", n, reply.Text[len(reply.Text)-50:])
	}
	if n := len([]rune(reply.Text)); n > 10_000 {
		t.Errorf("%d characters", n)
	}
	if diff := cmp.Diff(map[string]int{"user": 21}, f.asked); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestTeamChanges: who left since the staff was read is not there, and a portal that fails is an error.
func TestTeamChanges(t *testing.T) {
	f := newFirm()
	was := f.staff()
	delete(f.people, 6)
	u := f.people[7]
	u.Active = false
	f.people[7] = u
	got := f.asks(t, "/team 5", func(r *commands.Request) { r.Staff = was }).Text
	if want := "[b]Development[/b]: 3 people\n• [send=/whois 5]Eugene[/send] · 🟢 Online"; got != want {
		t.Errorf("got %s", got)
	}
	r := commands.Request{Name: "team", Args: "5", Lang: en, Now: now, Staff: f.staff(), People: failing{context.DeadlineExceeded}}
	if _, err := setOf(t, commands.Team()).Run(t.Context(), r); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
