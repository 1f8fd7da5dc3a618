package commands

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
)

// table is the commands of a set at one moment. It does not change.
type table struct {
	list     []Command // in the order given
	byName   map[string]Command
	texts    *catalogue
	replaced chan struct{} // closed when the set has other commands
}

// draft is what becomes a table.
type draft struct {
	list  []Command
	texts texts
}

func (d draft) table() (*table, error) {
	all, err := newCatalogue(d.texts)
	t := &table{list: d.list, byName: make(map[string]Command, len(d.list)), texts: all, replaced: make(chan struct{})}
	for _, cmd := range d.list {
		t.byName[cmd.name] = cmd
	}
	return t, err
}

var goodName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)

// add tells what is wrong with a command here, and adds it all the same: there may be more.
func (d *draft) add(cmd Command) []error {
	mistakes := slices.Clone(cmd.mistakes)
	if !goodName.MatchString(cmd.name) {
		mistakes = append(mistakes, errors.New("a name is a lower-case Latin letter, then letters, digits or _, at most 32"))
	}
	if slices.ContainsFunc(d.list, func(other Command) bool { return other.name == cmd.name }) {
		mistakes = append(mistakes, errors.New("the name is taken"))
	}
	if cmd.run == nil {
		mistakes = append(mistakes, errors.New("it has no function to run"))
	}
	if missing := d.texts.lacks(cmd.title()); len(missing) > 0 {
		mistakes = append(mistakes, fmt.Errorf("title %q is missing in %v", cmd.title(), missing))
	}
	d.list = append(slices.Clip(d.list), cmd)
	return append(mistakes, d.texts.missingFor(cmd.arguments)...)
}

// missingFor tells which texts arguments name and do not have.
func (t texts) missingFor(arguments []argument) []error {
	var mistakes []error
	for _, a := range arguments {
		for _, id := range a.texts() {
			if missing := t.lacks(id); len(missing) > 0 {
				mistakes = append(mistakes, fmt.Errorf("field %s: text %q is missing in %v", a.field, id, missing))
			}
		}
	}
	return mistakes
}

// idsOf are the texts that commands cannot do without. What is missing of them is told with the command.
func idsOf(list ...Command) map[string]bool {
	ids := map[string]bool{}
	for _, cmd := range list {
		for _, id := range append(textsOf(cmd.arguments), cmd.title()) {
			ids[id] = true
		}
	}
	return ids
}

// run answers whoever may be answered.
func (t *table) run(ctx context.Context, c Call) (Reply, error) {
	cmd, known := t.byName[c.Name]
	refusal := c.refusal()
	switch {
	case c.Joined && (refusal == nil || !c.Chat.Private): // whoever brought the bot into a group, all there may read it
		return t.greet(c), nil
	case refusal != nil:
		return Reply{}, refusal
	case c.cancelled():
		return c.Say("ask.cancelled", nil)
	case known:
		return cmd.answer(ctx, c)
	case c.Name == "":
		return t.plain(ctx, c)
	default:
		return overview(c, c.Text("help.unknown", Data{"Name": shorten(c.Name)})), nil
	}
}

// finish makes of what a command returned what may leave the set, and the same of what takes its place later.
func (t *table) finish(reply Reply, err error, private bool) (Reply, error) {
	if err != nil {
		return Reply{}, spoken{err, t.texts, private}
	}
	reply = reply.tamed()
	reply.Private = reply.Private || private
	if then := reply.Then; then != nil {
		reply.Then = func(ctx context.Context) (Reply, error) {
			next, err := then(ctx)
			return t.finish(next, err, reply.Private)
		}
	}
	return reply, nil
}

func (t *table) descriptions() []Description {
	all := make([]Description, 0, len(t.list))
	for _, cmd := range t.list {
		d := Description{Name: cmd.name, Title: t.texts.inAll(cmd.title())}
		if len(cmd.arguments) > 0 {
			d.Params = t.texts.byLanguage(func(lang Language) string { return cmd.hints(t.texts, lang) })
		}
		all = append(all, d)
	}
	return all
}
