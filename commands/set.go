package commands

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
)

// Set is the commands of one bot: its own, and those of other processes it is host to.
type Set struct {
	own     draft
	now     atomic.Pointer[table]
	hosting sync.Mutex // one change at a time
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
		Manager(),
		Team(),
		WhosOut(),
		Birthdays(),
		Notify(),
		Lang(),
		Help(),
	)
}

// NewSet puts commands together. One set serves any number of portals: whom to ask comes with each [Request]. A bad name
// or one given twice, a command that does nothing, arguments that cannot be, and a text that is missing in a language
// are errors; each names its command, and the field if it is about one, and all are told at once.
func NewSet(list ...Command) (*Set, error) {
	d := draft{texts: builtin().texts.clone()}
	var mistakes []error
	for _, cmd := range list {
		d.texts.cede(cmd)
	}
	for _, cmd := range list {
		files, wrong := cmd.files()
		_, clashes := d.texts.add(files)
		mistakes = append(mistakes, named(cmd, append(wrong, clashes...))...)
	}
	for _, cmd := range list {
		mistakes = append(mistakes, named(cmd, d.add(cmd))...)
	}
	mistakes = append(mistakes, d.texts.gaps(d.texts, idsOf(list...))...)
	t, err := d.table()
	if err != nil {
		mistakes = append(mistakes, err)
	}
	if len(mistakes) > 0 {
		return nil, errors.Join(mistakes...)
	}
	s := &Set{own: d}
	s.now.Store(t)
	return s, nil
}

// named says whose mistakes they are.
func named(cmd Command, mistakes []error) []error {
	var all []error
	for _, mistake := range mistakes {
		all = append(all, fmt.Errorf("command %q: %w", shorten(cmd.name), mistake))
	}
	return all
}

// Has reports whether there is a command of that name, which is written without the slash.
func (s *Set) Has(name string) bool {
	_, ok := s.now.Load().byName[name]
	return ok
}

// Run answers a request. Whom the privacy tells nothing is refused with a [Sorry], whatever they ask: the bot reads the portal
// with its own rights, so nobody else would stop them. A name nobody has is answered with what the bot can do. A message
// that is no command is read as plain words, "where is Maria?", if /whois is in the set; else it is answered in the same way.
func (s *Set) Run(ctx context.Context, r Request) (Reply, error) {
	c, private := s.call(r).aside()
	reply, err := c.set.run(ctx, c.discreetly())
	return c.set.finish(reply, err, private)
}

func (s *Set) call(r Request) Call {
	r.Lang = Match(string(r.Lang))
	r.Args = Args(r.Args)
	return Call{Request: r, set: s.now.Load()}
}

// Descriptions tell about every command, in the order of the set.
func (s *Set) Descriptions() []Description { return s.now.Load().descriptions() }
