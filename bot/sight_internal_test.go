package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/remote"
)

// services are versions of a command, like "2.0.0 1.0.0". With a * the schema is another one.
func services(versions string) (list []remote.Service) {
	for version := range strings.FieldsSeq(versions) {
		number, changed := strings.CutSuffix(version, "*")
		s := remote.Service{Name: "lunch", Version: number}
		if changed {
			s.Schema = commands.Schema{Name: "another"}
		}
		list = append(list, s)
	}
	return list
}

// TestVersionsOnTheRoster follows what is found, except that a version which does not answer is believed in for ten seconds.
func TestVersionsOnTheRoster(t *testing.T) {
	const miss = missTime
	type look struct {
		after time.Duration // since the look before
		there string
		want  string
	}
	both := look{0, "2.0.0 1.0.0", "2.0.0 1.0.0"}
	for name, looks := range map[string][]look{
		"the first":                  {{0, "1.0.0", "1.0.0"}},
		"a newer one comes":          {{0, "1.0.0", "1.0.0"}, both},
		"one takes another's place":  {{0, "1.0.0", "1.0.0"}, {0, "2.0.0", "2.0.0"}},
		"one is missed":              {both, {0, "1.0.0", "2.0.0 1.0.0"}, {miss - 1, "1.0.0", "2.0.0 1.0.0"}},
		"and goes":                   {both, {0, "1.0.0", "2.0.0 1.0.0"}, {miss, "1.0.0", "1.0.0"}},
		"one is missed now and then": {both, {0, "1.0.0", "2.0.0 1.0.0"}, {miss, "2.0.0 1.0.0", "2.0.0 1.0.0"}, {0, "2.0.0", "2.0.0 1.0.0"}},
		"another schema":             {{0, "1.0.0", "1.0.0"}, {0, "1.0.0*", "1.0.0*"}},
		"another schema, one less":   {both, {0, "2.0.0*", "2.0.0*"}},
	} {
		t.Run(name, func(t *testing.T) {
			now := time.Now()
			var s sight
			var roster []remote.Service
			for i, l := range looks {
				now = now.Add(l.after)
				if roster = s.versions(roster, services(l.there), now); !sameServices(roster, services(l.want)) {
					t.Errorf("after look %d there is %+v, want %s", i+1, roster, l.want)
				}
			}
		})
	}
}

// TestTimeOfGrace begins when somebody was there last.
func TestTimeOfGrace(t *testing.T) {
	began := time.Now()
	s := &sight{last: began.Add(-time.Hour)}
	s.versions(nil, services("1.0.0"), began)
	for _, c := range []struct {
		after      time.Duration
		news, over bool
	}{
		{2 * time.Second, true, false},
		{graceTime - 1, false, false},
		{graceTime, false, true},
	} {
		if news, over := s.missed(began.Add(c.after)); news != c.news || over != c.over {
			t.Errorf("after %v: news %v, over %v", c.after, news, over)
		}
	}
	s.versions(services("1.0.0"), services("1.0.0"), began.Add(graceTime))
	if news, over := s.missed(began.Add(graceTime + time.Second)); !news || over {
		t.Errorf("it came back, and went: news %v, over %v", news, over)
	}
}
