package main

import (
	"context"
	"fmt"
	"regexp"
	"strconv"

	"github.com/urfave/cli/v3"
)

// names are dead events as they are called on the command line: by ids, or by the references that their askers were told.
type names []string

// reference is what one looks like. An id may look so too: then it is one unless there is such a reference.
var reference = regexp.MustCompile(`^[0-9a-f]{8}$`)

// deadNames reads the arguments. There are none in "all".
func deadNames(c *cli.Command) (names, error) {
	if wantsAll(c) {
		return nil, nil
	}
	if !c.Args().Present() {
		return nil, usagef("%s needs the id of a dead event; whois24 dead list shows them", c.Name)
	}
	list := names(c.Args().Slice())
	for _, name := range list {
		if id, err := strconv.ParseUint(name, 10, 64); (err != nil || id == 0) && !reference.MatchString(name) {
			return nil, usagef("%s: %q is not a dead event; accepted are the ids and references of whois24 dead list", c.Name, name)
		}
	}
	return list, nil
}

// find returns the ids.
func (list names) find(ctx context.Context, letters deadLetters) ([]uint64, error) {
	referred, err := list.referred(ctx, letters)
	if err != nil {
		return nil, err
	}
	var ids []uint64
	for _, name := range list {
		if id, ok := referred[name]; ok {
			ids = append(ids, id)
			continue
		}
		id, err := strconv.ParseUint(name, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("event %s: there is no dead event with this reference", name)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// referred are the ids by reference, where one is among the names.
func (list names) referred(ctx context.Context, letters deadLetters) (map[string]uint64, error) {
	wanted := map[string]bool{}
	for _, name := range list {
		if reference.MatchString(name) {
			wanted[name] = true
		}
	}
	ids := map[string]uint64{}
	if len(wanted) == 0 {
		return ids, nil
	}
	for d, err := range every(ctx, letters) {
		if err != nil {
			return nil, err
		}
		if wanted[d.Reference] {
			ids[d.Reference] = d.ID
		}
	}
	return ids, nil
}
