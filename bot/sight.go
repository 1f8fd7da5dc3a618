package bot

import (
	"slices"
	"time"

	"github.com/whois24/whois24/commands/remote"
)

const (
	// graceTime is how long a command is kept that nobody runs; who asks it is told that it is not available now.
	graceTime = 10 * time.Minute
	// missTime is how long a version is believed in that does not answer: a busy process may miss a look.
	missTime = 10 * time.Second
)

// sight is who ran a command when it was looked for.
type sight struct {
	last  time.Time // when somebody last ran it
	fewer time.Time // since when some version on the roster does not answer; zero: all do
	away  bool      // nobody ran it at the last look
}

// versions are what is to be on the roster when those there were found, and those known are on it.
func (s *sight) versions(known, there []remote.Service, now time.Time) []remote.Service {
	s.last, s.away = now, false
	if len(there) >= len(known) || !within(there, known) {
		s.fewer = time.Time{}
		return there
	}
	if s.fewer.IsZero() {
		s.fewer = now
	}
	if now.Sub(s.fewer) < missTime {
		return known
	}
	return there
}

// missed is told that nobody runs the command. News: somebody did at the look before. Over: it is not to be kept any longer.
func (s *sight) missed(now time.Time) (news, over bool) {
	news, s.away = !s.away, true
	return news, now.Sub(s.last) >= graceTime
}

// within reports whether all services of a are in b.
func within(a, b []remote.Service) bool {
	for _, s := range a {
		if !slices.ContainsFunc(b, func(t remote.Service) bool { return fingerprint(s) == fingerprint(t) }) {
			return false
		}
	}
	return true
}

func sameServices(a, b []remote.Service) bool { return len(a) == len(b) && within(a, b) }
