package commands

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
)

// Set is the commands of one bot.
type Set struct {
	list   []Command // in the order given
	byName map[string]Command
	texts  *catalogue
}

// Description is what the portal and /help tell about a command, by language.
type Description struct {
	Name   string
	Title  map[string]string
	Params map[string]string // hints of the arguments, those to be left out in [brackets]; nil without arguments
}

// Default is the bot's table of contents.
func Default() (*Set, error) {
	return NewSet(
		Whois(),
		Help(),
	)
}

var goodName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

// NewSet puts commands together. One set serves any number of portals: whom to ask comes with each [Request]. A bad name
// or one given twice, a command that does nothing, arguments that cannot be, and a text that is missing in a language
// are errors; each names its command, and the field if it is about one, and all are told at once.
func NewSet(list ...Command) (*Set, error) {
	s := &Set{list: slices.Clone(list), byName: make(map[string]Command, len(list))}
	var mistakes []error
	s.texts, mistakes = catalogueFor(list)
	for _, cmd := range list {
		for _, mistake := range s.add(cmd) {
			mistakes = append(mistakes, fmt.Errorf("command %q: %w", cmd.name, mistake))
		}
	}
	if len(mistakes) > 0 {
		return nil, errors.Join(mistakes...)
	}
	return s, nil
}

// add tells what is wrong with a command in this set.
func (s *Set) add(cmd Command) []error {
	mistakes := slices.Clone(cmd.mistakes)
	if !goodName.MatchString(cmd.name) {
		mistakes = append(mistakes, errors.New("a name is a lower-case Latin letter, then letters, digits or _, at most 32"))
	}
	if s.Has(cmd.name) {
		mistakes = append(mistakes, errors.New("the name is taken"))
	}
	if cmd.run == nil {
		mistakes = append(mistakes, errors.New("it has no function to run"))
	}
	if missing := s.texts.lacks(cmd.title()); len(missing) > 0 {
		mistakes = append(mistakes, fmt.Errorf("title %q is missing in %v", cmd.title(), missing))
	}
	s.byName[cmd.name] = cmd
	return append(mistakes, s.texts.missingFor(cmd.arguments)...)
}

// missingFor tells which texts arguments name and do not have.
func (c *catalogue) missingFor(arguments []argument) []error {
	var mistakes []error
	for _, a := range arguments {
		for _, id := range a.texts() {
			if missing := c.lacks(id); len(missing) > 0 {
				mistakes = append(mistakes, fmt.Errorf("field %s: text %q is missing in %v", a.field, id, missing))
			}
		}
	}
	return mistakes
}

// Has reports whether there is a command of that name, which is written without the slash.
func (s *Set) Has(name string) bool {
	_, ok := s.byName[name]
	return ok
}

// Run answers a request. People from outside the company are refused with a [Sorry], whatever they ask: the bot reads
// the portal with its own rights, so nobody else would stop them. A name nobody has and a message that is no command
// are answered with what the bot can do.
func (s *Set) Run(ctx context.Context, r Request) (Reply, error) {
	r.Lang = Match(string(r.Lang))
	r.Args = Args(r.Args)
	reply, err := s.run(ctx, Call{r, s})
	if err != nil {
		return Reply{}, spoken{err, s.texts}
	}
	reply.Text = tame(reply.Text)
	return reply, nil
}

func (s *Set) run(ctx context.Context, c Call) (Reply, error) {
	cmd, known := s.byName[c.Name]
	switch {
	case c.Asker.Outsider:
		return Reply{}, Sorry("outsider.refused", nil)
	case known:
		return cmd.answer(ctx, c)
	case c.Name == "":
		return overview(c, c.Text("help.hello", nil)), nil
	default:
		return overview(c, c.Text("help.unknown", Data{"Name": shorten(c.Name)})), nil
	}
}

// Descriptions tell about every command, in the order of the set.
func (s *Set) Descriptions() []Description {
	all := make([]Description, 0, len(s.list))
	for _, cmd := range s.list {
		d := Description{Name: cmd.name, Title: s.texts.inAll(cmd.title())}
		if len(cmd.arguments) > 0 {
			d.Params = s.texts.byLanguage(func(lang Language) string { return cmd.hints(s.texts, lang) })
		}
		all = append(all, d)
	}
	return all
}
