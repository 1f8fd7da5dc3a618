package messenger_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix/portal"
)

func TestPeopleChange(t *testing.T) {
	s := newSite(t)
	r := s.open("")
	for name, tt := range map[string]struct {
		change string
		is     func(portal.Person) bool
	}{
		"online":     {`{"online":true}`, func(p portal.Person) bool { return p.Online && time.Since(p.LastSeen) < 2*time.Minute }},
		"signed off": {`{"seenAgo":7200}`, func(p portal.Person) bool { return !p.Online && about(p.LastSeen, 2*time.Hour) }},
		"never seen": {`{"never":true}`, func(p portal.Person) bool { return !p.Online && p.LastSeen.IsZero() }},
		"busy":       {`{"status":"dnd"}`, func(p portal.Person) bool { return p.Status == "dnd" }},
		"on leave":   {`{"absentUntil":"2099-12-31"}`, func(p portal.Person) bool { return p.AbsentUntil.Format(time.DateOnly) == "2099-12-31" }},
		"back":       {`{"absentUntil":""}`, func(p portal.Person) bool { return p.AbsentUntil.IsZero() }},
		"dismissed":  {`{"active":false}`, func(p portal.Person) bool { return !p.Active }},
		"rehired":    {`{"active":true}`, func(p portal.Person) bool { return p.Active }},
	} {
		t.Run(name, func(t *testing.T) {
			if f := r.ask(fmt.Sprintf(`{"type":"change","ref":%q,"person":5,"change":%s}`, name, tt.change)); f.Error != "" {
				t.Fatal(f.Error)
			}
			if p, _ := s.Person(eve); !tt.is(p) {
				t.Errorf("became %+v", p)
			}
		})
	}
	s.SetPerson(eve, func(p *portal.Person) { p.Status = "break" })
	r.next("person", func(f frame) bool { return f.Who.ID == eve && f.Who.Status == "break" })
}

func about(at time.Time, ago time.Duration) bool {
	return (time.Since(at) - ago).Abs() < time.Minute
}

func TestWrongChanges(t *testing.T) {
	s := newSite(t)
	r := s.open("")
	before, _ := s.Person(eve)
	for i, change := range []string{
		`{"status":"asleep"}`, `{"seenAgo":-1}`, `{"seenAgo":99999999999}`, `{"absentUntil":"tomorrow"}`, `{"absentUntil":"2026-13-01","active":false}`,
	} {
		if f := r.ask(fmt.Sprintf(`{"type":"change","ref":"%d","person":5,"change":%s}`, i, change)); f.Error == "" {
			t.Errorf("%s was made", change)
		}
	}
	after, _ := s.Person(eve)
	after.LastSeen = before.LastSeen // follows the clock
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error(diff)
	}
}
