package commands_test

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// section is a heading of the page with its exchanges. They happen one after the other in an office of their own.
type section struct {
	title     string
	line      int
	only      string // the kind of portal it is about; "" is both
	exchanges []exchange
}

// exchange is somebody saying something somewhere and reading an answer.
type exchange struct {
	line  int    // of the page
	point string // what it shows
	by    string // who speaks: one of the askers
	in    chat
	said  string // or something done: see hear

	// says are the parts the answer must have, in this order, as it is seen in the messenger; anything may stand between, and after.
	// It begins with the first part. Empty: there is no answer.
	says []string

	hides []string // what the answer must not say
}

// reader reads the page line by line. Prose is for people, exchanges stand in fences.
type reader struct {
	sections []section
	line     int
	fence    int       // where it begins; 0: outside
	point    string    // of the exchange to come
	asked    *exchange // whose answer is being read
	answer   []string
	blank    int // lines without text, which belong to the answer if it goes on
}

// readSections gives what is to be held. The error says in which line it is what.
func readSections(page string) ([]section, error) {
	r := &reader{}
	for line := range strings.SplitSeq(page, "\n") {
		r.line++
		if err := r.read(line); err != nil {
			return nil, err
		}
	}
	if r.fence > 0 {
		return nil, r.wrong(r.fence, "this fence has no end")
	}
	r.sections = slices.DeleteFunc(r.sections, func(s section) bool { return len(s.exchanges) == 0 }) // prose alone
	if len(r.sections) == 0 {
		return nil, r.wrong(r.line, "there is no conversation on the page")
	}
	return r.sections, nil
}

func (r *reader) wrong(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", conversationsPage, line, fmt.Errorf(format, args...))
}

func (r *reader) read(line string) error {
	read := r.readProse
	if r.fence > 0 {
		read = r.readFenced
	}
	return read(line)
}

const (
	fenceBegins = "```text"
	fenceEnds   = "```"
)

var onlyOn = map[string]string{"current": "Only on current portals.", "old": "Only on old portals."}

func (r *reader) readProse(line string) error {
	title, heads := strings.CutPrefix(line, "## ")
	said := spoken.FindStringSubmatch(line)
	switch {
	case heads:
		r.sections = append(r.sections, section{title: title, line: r.line})
	case line == fenceBegins && len(r.sections) == 0:
		return r.wrong(r.line, "conversations stand under a heading: ## …")
	case line == fenceBegins:
		r.fence = r.line
	case strings.HasPrefix(line, fenceEnds):
		return r.wrong(r.line, "a fence with conversations begins with %s", fenceBegins)
	case said != nil && askers[said[1]].id > 0:
		return r.wrong(r.line, "%s speaks outside a fence: %s", said[1], fenceBegins)
	}
	for kind, sentence := range onlyOn {
		if strings.Contains(line, sentence) && len(r.sections) > 0 {
			r.sections[len(r.sections)-1].only = kind
		}
	}
	return nil
}

func (r *reader) readFenced(line string) error {
	point, begins := strings.CutPrefix(line, "# ")
	answer, answers := strings.CutPrefix(line, "  ")
	switch {
	case strings.TrimRight(line, " \t") != line:
		return r.wrong(r.line, "nobody sees that there are spaces at the end")
	case strings.HasPrefix(line, "\t"):
		return r.wrong(r.line, "an answer is indented by two spaces, not by a tab")
	case line == "":
		r.blank++
	case line == fenceEnds:
		r.fence = 0
		return r.end()
	case begins:
		return r.begin(point)
	case answers:
		return r.readAnswer(answer)
	default:
		return r.readSaid(line)
	}
	return nil
}

// begin begins an exchange with what it shows.
func (r *reader) begin(point string) error {
	if err := r.end(); err != nil {
		return err
	}
	r.point = point
	return nil
}

// spoken is who speaks, where, and what: "Tom, with guests: /team".
var spoken = regexp.MustCompile(`^([^\s:,]+)(?:, ([^:]+))?: (.+)$`)

func (r *reader) readSaid(line string) error {
	m := spoken.FindStringSubmatch(line)
	switch {
	case m == nil:
		return r.wrong(r.line, "nobody speaks here: write Tom: … or # …, and two spaces before an answer")
	case r.point == "":
		return r.wrong(r.line, "say what this shows, in a line before it: # …")
	}
	e := &exchange{line: r.line, point: r.point, by: m[1], in: chat(m[2]), said: unescape(m[3])}
	if e.in == "" {
		e.in = alone
	}
	if err := e.sound(m[2]); err != nil {
		return r.wrong(r.line, "%w", err)
	}
	r.point, r.asked, r.blank = "", e, 0
	return nil
}

// sound says what is wrong with a question; where is as it is written.
func (e *exchange) sound(where string) error {
	switch {
	case askers[e.by].id == 0:
		return fmt.Errorf("no %s speaks here, only %s", e.by, strings.Join(slices.Sorted(maps.Keys(askers)), ", "))
	case where != "" && members[chat(where)] == nil:
		return fmt.Errorf("there is no chat %q, only %q and %q", where, inTeam, guests)
	case strings.Contains(e.said, `\`):
		return errors.New(`after \ only t, n and u00a0 are known`)
	}
	return nil
}

const (
	never    = "never: "
	noAnswer = "(no answer)"
)

func (r *reader) readAnswer(line string) error {
	forbidden, forbids := strings.CutPrefix(line, never)
	switch {
	case r.asked == nil || r.blank > 0 && r.answer == nil:
		return r.wrong(r.line, "an answer, and nobody asked")
	case forbids:
		r.asked.hides = append(r.asked.hides, strings.Split(unescape(forbidden), " · ")...)
	case r.asked.hides != nil:
		return r.wrong(r.line, "what an answer says stands before what it does not")
	default:
		r.answer = append(append(r.answer, make([]string, r.blank)...), line)
	}
	r.blank = 0
	return nil
}

// end ends an exchange, if one has begun.
func (r *reader) end() error {
	asked, answer := r.asked, strings.Join(r.answer, "\n")
	point := r.point
	r.point, r.asked, r.answer, r.blank = "", nil, nil, 0
	switch {
	case point != "":
		return r.wrong(r.line, "nothing shows this: # %s", point)
	case asked == nil:
		return nil
	case answer == "":
		return r.wrong(asked.line, "say what is answered, or %s", noAnswer)
	case answer != noAnswer:
		asked.says = gap.Split(answer, -1)
	}
	last := &r.sections[len(r.sections)-1]
	last.exchanges = append(last.exchanges, *asked)
	return nil
}

// gap is anything. Alone in its line it stands also for where lines end.
var gap = regexp.MustCompile(`(?m)\n…(?:\n|\z)|(?:^| )…(?: |$)`)

// unescape makes visible what is not.
var unescape = strings.NewReplacer(`\t`, "\t", `\n`, "\n", `\u00a0`, "\u00a0").Replace
