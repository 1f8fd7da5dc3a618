package commands_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// asks is what person 7 of a firm is answered.
func (f *firm) asks(t testing.TB, line string, change func(*commands.Request)) commands.Reply {
	t.Helper()
	name, args, _ := strings.Cut(strings.TrimPrefix(line, "/"), " ")
	r := commands.Request{Name: name, Args: args, Asker: commands.Asker{ID: 7}, Lang: en, Now: now, People: f}
	if change != nil {
		change(&r)
	}
	return run(t, setOf(t, commands.Whois(), commands.Manager(), commands.Team()), r)
}

// TestManager: the card of whom somebody reports to; who heads a department reports to who heads the one above.
func TestManager(t *testing.T) {
	const (
		dmitry = "[b]Dmitry[/b]\nChief\n🟢 Online\nLast active just now "
		victor = "[b]Victor[/b]\nPosition not given\n⚪ Offline\nLast active an hour ago "
		unread = "I am still reading who works here. Please ask again in a minute."
	)
	for _, tt := range []struct {
		line     string
		unread   string // how the answer begins while nobody has read the staff
		read     string // and when somebody has
		requests int    // to the portal, then
	}{
		{"/manager 5", "The manager of [send=/whois 5]Eugene[/send]:\n" + dmitry, "The manager of [send=/whois 5]Eugene[/send]:\n" + dmitry, 2},
		{"/manager 6", unread, "The manager of [send=/whois 6]Dmitry[/send]:\n" + victor, 2},
		{"/manager 8", unread, "The manager of [send=/whois 8]Vera[/send]:\n" + dmitry, 2},
		{
			"/manager", "Your managers:\n• [send=/whois 6]Dmitry[/send], Chief · 🟢 Online\n• [send=/whois 8]Vera[/send] · 🏖 On leave, back on 5 October",
			"Your managers:\n• [send=/whois 6]Dmitry[/send], Chief · 🟢 Online\n• [send=/whois 8]Vera[/send] · 🏖 On leave, back on 5 October", 3,
		},
		{"/manager 9", "The portal names no manager of [send=/whois 9]Boris[/send].", "The manager of [send=/whois 9]Boris[/send]:\n" + victor, 2},
		{"/manager 2", unread, "The portal names no manager of [send=/whois 2]Victor[/send].", 1},
		{"/manager 31", "The portal names no manager of [send=/whois 31]Guest[/send].", "The portal names no manager of [send=/whois 31]Guest[/send].", 1},
	} {
		f := newFirm()
		if got := f.asks(t, tt.line, nil).Text; !strings.HasPrefix(got, tt.unread) {
			t.Errorf("%s, the staff not read: %s", tt.line, got)
		}
		if diff := cmp.Diff(map[string]int{"profile": 1}, f.asked); diff != "" {
			t.Errorf("%s, the staff not read (-want +got)\n%s", tt.line, diff)
		}
		f = newFirm()
		if got := f.asks(t, tt.line, f.read).Text; !strings.HasPrefix(got, tt.read) {
			t.Errorf("%s: %s", tt.line, got)
		}
		if diff := cmp.Diff(map[string]int{"user": tt.requests}, f.asked); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.line, diff)
		}
	}
}

// TestManagerOfACard: it is a card like any other.
func TestManagerOfACard(t *testing.T) {
	f := newFirm()
	reply := f.asks(t, "/manager 5", nil)
	if !strings.HasSuffix(reply.Text, "\n\nHeads: Development / Firm") || len(reply.Keyboard.Buttons) == 0 {
		t.Errorf("got %+v", reply)
	}
}

// TestManagerGone: nobody reports to who left, but to the next above.
func TestManagerGone(t *testing.T) {
	f := newFirm()
	gone := f.people[6]
	gone.Active = false
	f.people[6] = gone
	if got := f.asks(t, "/manager 5", f.read).Text; !strings.Contains(got, "[b]Victor[/b]") {
		t.Errorf("got %s", got)
	}
	if got := f.asks(t, "/manager 5", nil).Text; !strings.HasPrefix(got, "The portal names no manager") {
		t.Errorf("the staff not read: %s", got)
	}
	gone.Active = true
	f.people[6] = gone
	old := f.staff() // before they left
	gone.Active = false
	f.people[6] = gone
	if got := f.asks(t, "/manager 5", func(r *commands.Request) { r.Staff = old }).Text; !strings.HasPrefix(got, "The portal names no manager") {
		t.Errorf("left a minute ago: %s", got)
	}
}

// TestOddCompanies: trees that are none, heads who are nobody, names that look like paths. Each answer comes to an end.
func TestOddCompanies(t *testing.T) {
	for name, departments := range map[string]map[bitrix.DepartmentID]bitrix.Department{
		"a circle":          {50: {ID: 50, FullName: "A / B / A / B", Head: 5}, 51: {ID: 51, FullName: "B / A / B", Head: 5}, 52: {ID: 52, FullName: "A / B", Head: 5}, 53: {ID: 53, FullName: "B", Head: 5}},
		"in itself":         {50: {ID: 50, FullName: "A / A", Head: 5}, 51: {ID: 51, FullName: "A", Head: 5}},
		"headed by nobody":  {50: {ID: 50, FullName: "A / B", Head: 999999}, 51: {ID: 51, FullName: "B", Head: -1}},
		"ten thousand deep": {50: {ID: 50, FullName: strings.Repeat("A / ", 10_000), Head: 5}},
		"without names":     {50: {ID: 50}},
		"unknown":           {},
	} {
		f := newFirm()
		f.departments = departments
		for _, change := range []func(*commands.Request){nil, f.read} {
			for _, line := range []string{"/whois 5", "/manager 5", "/team 5"} {
				if text := f.asks(t, line, change).Text; strings.Contains(text, "Manager:") || len(text) > 1000 {
					t.Errorf("%s, %s: %s", name, line, text)
				}
			}
		}
	}
}
