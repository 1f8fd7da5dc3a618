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
	Params map[string]string // nil when nothing follows the name
}

// Default is the bot's table of contents.
func Default(users Users) (*Set, error) {
	return NewSet(
		Whois(users),
		Help(),
	)
}

var goodName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

// NewSet puts commands together. A bad name or one given twice, a command that does nothing and a title or hint that is
// missing in a language are errors; each names its command, and all are told at once.
func NewSet(list ...Command) (*Set, error) {
	s := &Set{list: slices.Clone(list), byName: make(map[string]Command, len(list))}
	var err error
	if s.texts, err = catalogueFor(list); err != nil {
		return nil, err
	}
	var errs []error
	for _, c := range list {
		if err := s.add(c); err != nil {
			errs = append(errs, fmt.Errorf("command %q: %w", c.Name, err))
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return s, nil
}

func (s *Set) add(c Command) error {
	if !goodName.MatchString(c.Name) {
		return errors.New("a name is a lower-case Latin letter, then letters, digits or _, at most 32")
	}
	if s.Has(c.Name) {
		return errors.New("the name is taken")
	}
	if c.Run == nil {
		return errors.New("it has no Run")
	}
	s.byName[c.Name] = c
	if missing := s.texts.lacks(c.Title); len(missing) > 0 {
		return fmt.Errorf("title %q is missing in %v", c.Title, missing)
	}
	if missing := s.texts.lacks(c.Params); c.Params != "" && len(missing) > 0 {
		return fmt.Errorf("params %q are missing in %v", c.Params, missing)
	}
	return nil
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
	r.set = s
	r.Lang = Match(string(r.Lang))
	reply, err := s.run(ctx, r)
	if err != nil {
		return Reply{}, spoken{err, s.texts}
	}
	reply.Text = tame(reply.Text)
	return reply, nil
}

func (s *Set) run(ctx context.Context, r Request) (Reply, error) {
	c, known := s.byName[r.Name]
	switch {
	case r.Asker.Outsider:
		return Reply{}, Sorry("outsider.refused", nil)
	case known:
		return c.Run(ctx, r)
	case r.Name == "":
		return overview(r, r.Text("help.hello", nil)), nil
	default:
		return overview(r, r.Text("help.unknown", Data{"Name": shorten(r.Name)})), nil
	}
}

// Descriptions tell about every command, in the order of the set.
func (s *Set) Descriptions() []Description {
	all := make([]Description, 0, len(s.list))
	for _, c := range s.list {
		d := Description{Name: c.Name, Title: s.inAll(c.Title)}
		if c.Params != "" {
			d.Params = s.inAll(c.Params)
		}
		all = append(all, d)
	}
	return all
}

func (s *Set) inAll(id string) map[string]string {
	texts := make(map[string]string, len(s.texts.languages))
	for _, lang := range s.texts.languages {
		texts[string(lang)] = s.texts.text(lang, id, nil)
	}
	return texts
}
