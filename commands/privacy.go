package commands

import (
	"fmt"
	"slices"
	"strings"
)

// Field is something the bot tells of a person.
type Field string

// Fields.
const (
	FieldName       Field = "name"
	FieldPosition   Field = "position"
	FieldPhoto      Field = "photo"
	FieldDepartment Field = "department" // and the manager
	FieldPresence   Field = "presence"   // whether they are there, last activity, leave, local time
	FieldContacts   Field = "contacts"   // phones, e-mail, website
	FieldBirthday   Field = "birthday"
)

// Audience is who reads an answer.
type Audience string

// Audiences.
const (
	Colleagues Audience = "colleagues" // employees alone
	Mixed      Audience = "mixed"      // employees ask, outsiders read along
	Outsiders  Audience = "outsiders"  // an outsider asks
)

func allFields() []Field {
	return []Field{FieldName, FieldPosition, FieldPhoto, FieldDepartment, FieldPresence, FieldContacts, FieldBirthday}
}

func allAudiences() []Audience { return []Audience{Colleagues, Mixed, Outsiders} }

// Privacy is which audience may read which fields about staff. It does not change.
type Privacy struct {
	rules map[Audience][]Field // in the order of allFields
}

// DefaultPrivacy is: colleagues everything, mixed chats everything but contacts and birthdays, outsiders nothing.
func DefaultPrivacy() *Privacy {
	return &Privacy{map[Audience][]Field{
		Colleagues: allFields(),
		Mixed:      {FieldName, FieldPosition, FieldPhoto, FieldDepartment, FieldPresence},
	}}
}

// Only is the rule that all audiences may read these fields. A process that is told for one question what may be said has it.
func Only(fields ...Field) *Privacy {
	p := &Privacy{map[Audience][]Field{}}
	for _, a := range allAudiences() {
		p.rules[a] = fields
	}
	return p
}

// Words of the setting in place of a list of fields.
const (
	everything = "all"
	nothing    = "nothing"
)

// ParsePrivacy reads a setting like "mixed: name position presence; outsiders: name". Audiences that are not named keep their
// default. "all" and "nothing" are fields too. Errors name the word and what is accepted.
func ParsePrivacy(s string) (*Privacy, error) {
	p := DefaultPrivacy()
	named := map[Audience]bool{}
	for rule := range strings.SplitSeq(strings.ToLower(s), ";") {
		if strings.TrimSpace(rule) == "" {
			continue
		}
		who, what, _ := strings.Cut(rule, ":")
		a := Audience(strings.TrimSpace(who))
		if !slices.Contains(allAudiences(), a) {
			return nil, fmt.Errorf("%q is not an audience; accepted are %s, each with a colon and its fields", a, enumerated(allAudiences()))
		}
		if named[a] {
			return nil, fmt.Errorf("%q is there twice; accepted is once, with all its fields", a)
		}
		named[a] = true
		fields, err := parseFields(a, what)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a, err)
		}
		p.rules[a] = fields
	}
	return p, nil
}

// parseFields reads what one audience may read. Whoever learns something of a person has to learn who that is; and a bot that
// tells colleagues nothing is no bot.
func parseFields(who Audience, s string) ([]Field, error) {
	accepted := enumerated(allFields()) + ", " + everything
	if who != Colleagues {
		accepted += ", " + nothing
	}
	words := strings.FieldsFunc(s, func(c rune) bool { return c == ' ' || c == ',' || c == '\t' })
	if len(words) == 1 && words[0] == nothing && who != Colleagues {
		return nil, nil
	}
	if len(words) == 1 && words[0] == everything {
		return allFields(), nil
	}
	for _, w := range words {
		switch {
		case len(words) > 1 && (w == everything || w == nothing):
			return nil, fmt.Errorf("%q stands beside other words; accepted is %q alone", w, w)
		case !slices.Contains(allFields(), Field(w)):
			return nil, fmt.Errorf("%q is not a field; accepted are %s", w, accepted)
		}
	}
	if !slices.Contains(words, string(FieldName)) {
		return nil, fmt.Errorf("name is not among its fields; accepted are %s", accepted)
	}
	return slices.DeleteFunc(allFields(), func(f Field) bool { return !slices.Contains(words, string(f)) }), nil
}

func enumerated[S ~string](words []S) string {
	var all []string
	for _, w := range words {
		all = append(all, string(w))
	}
	return strings.Join(all, ", ")
}

// String is the setting in full, as [ParsePrivacy] reads it.
func (p *Privacy) String() string {
	var rules []string
	for _, a := range allAudiences() {
		what := strings.ReplaceAll(enumerated(p.rules[a]), ",", "")
		switch len(p.rules[a]) {
		case 0:
			what = nothing
		case len(allFields()):
			what = everything
		}
		rules = append(rules, string(a)+": "+what)
	}
	return strings.Join(rules, "; ")
}

// Audience is who reads the answer to the call.
func (c Call) Audience() Audience {
	switch {
	case c.Asker.Outsider:
		return Outsiders
	case c.Chat.Outsiders:
		return Mixed
	}
	return Colleagues
}

// Shows reports whether a field of somebody on the staff may be told in the answer to the call.
func (c Call) Shows(f Field) bool { return slices.Contains(c.Shown(), f) }

// Shown are the fields that may be told in the answer to the call.
func (c Call) Shown() []Field { return c.privacy().rules[c.Audience()] }

// tellsMore reports whether one audience may read something that another one may not.
func (c Call) tellsMore(to, than Audience) bool {
	rules := c.privacy().rules
	return slices.ContainsFunc(rules[to], func(f Field) bool { return !slices.Contains(rules[than], f) })
}

func (c Call) privacy() *Privacy {
	if c.Privacy == nil {
		return DefaultPrivacy()
	}
	return c.Privacy
}

// refusal is the error with words where nobody may be told anything; nil: somebody may.
func (c Call) refusal() error {
	switch {
	case c.Shows(FieldName):
		return nil
	case c.Audience() == Mixed:
		return Sorry("privacy.mixed", nil)
	}
	return Sorry("outsider.refused", nil)
}
