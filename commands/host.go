package commands

import (
	"context"
	"errors"
	"fmt"
	"reflect"
)

// maxTold is how many mistakes of a guest are told. A stranger may make any number.
const maxTold = 5

// Host gives the set the commands of other processes, in place of those it had. Those that cannot be taken are left out, and
// the error tells why: a name that is taken, a schema that is wrong. Safe while requests run.
func (s *Set) Host(guests ...Command) error {
	s.hosting.Lock()
	defer s.hosting.Unlock()
	d := draft{list: s.own.list, texts: s.own.texts.clone()}
	var refused []error
	for _, guest := range guests {
		mistakes := d.take(guest)
		refused = append(refused, named(guest, mistakes[:min(len(mistakes), maxTold)])...)
	}
	t, err := d.table()
	if err != nil {
		return errors.Join(append(refused, err)...)
	}
	s.replace(t)
	return errors.Join(refused...)
}

// take adds a guest, or nothing of it when there is something wrong.
func (d *draft) take(guest Command) []error {
	before := d.list
	files, mistakes := guest.files()
	ceded := d.texts.cede(guest)
	added, clashes := d.texts.add(files)
	mistakes = append(append(mistakes, clashes...), d.add(guest)...)
	mistakes = append(mistakes, d.texts.gaps(added, idsOf(guest))...)
	if len(mistakes) > 0 {
		d.list = before
		d.texts.remove(added)
		d.texts.restore(ceded)
	}
	return mistakes
}

// replace swaps the table. Who waits for a change hears of one that can be seen from outside.
func (s *Set) replace(t *table) {
	old := s.now.Load()
	same := reflect.DeepEqual(old.schemas(), t.schemas())
	if same {
		t.replaced = old.replaced
	}
	s.now.Store(t)
	if !same {
		close(old.replaced)
	}
}

// Changed is closed as soon as the set has other commands than it had when Changed was called.
func (s *Set) Changed() <-chan struct{} { return s.now.Load().replaced }

// RunWith is [Set.Run] in the process a command is hosted from: the arguments were found where the question came in. A name
// nobody has is an error here, as is a value that an argument cannot have.
func (s *Set) RunWith(ctx context.Context, r Request, values Values) (Reply, error) {
	c := s.call(r)
	reply, err := c.set.runWith(ctx, c, values)
	return c.set.finish(reply, err, false)
}

func (t *table) runWith(ctx context.Context, c Call, values Values) (Reply, error) {
	cmd, known := t.byName[c.Name]
	refusal := c.refusal()
	switch {
	case refusal != nil:
		return Reply{}, refusal
	case !known:
		return Reply{}, fmt.Errorf("there is no command %q", shorten(c.Name))
	}
	list, err := cmd.values(ctx, c, values)
	if err != nil {
		return Reply{}, err
	}
	return cmd.run(ctx, c, list)
}
