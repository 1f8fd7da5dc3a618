package portal

import (
	"errors"
	"regexp"
	"strings"
)

const (
	batchMethod = "batch"
	maxBatch    = 50
)

type command struct {
	key, method string
	query       string
}

// batchCommands reads the commands of a batch; values that are no text are skipped silently. A request for
// another method has none.
func batchCommands(q request) []command {
	if q.name() != batchMethod {
		return nil
	}
	return readCommands(q.params)
}

func readCommands(params array) []command {
	var cmds []command
	for _, e := range params.sub("cmd") {
		s, ok := e.value.(string)
		if !ok {
			continue
		}
		method, query, _ := strings.Cut(s, "?")
		cmds = append(cmds, command{e.key, strings.ToLower(strings.TrimSuffix(method, ".json")), query})
	}
	return cmds
}

// methodsOf names the method of a request and those of its commands.
func methodsOf(q request) []string {
	names := []string{q.name()}
	for _, c := range batchCommands(q) {
		names = append(names, c.method)
	}
	return names
}

// results are the sections of a batch's answer, each keyed like its commands: PHP arrays, so that empty ones are
// lists and so are those with the keys 0, 1, 2….
type results struct {
	result, errors, total, next, time array
}

// batch runs the commands in turn; each may fail apart. With halt the first failure ends it.
func (p *Portal) batch(c call) array {
	var r results
	for i, cmd := range readCommands(c.params) {
		err := p.command(c, cmd, i, &r)
		if err == nil {
			continue
		}
		r.errors = append(r.errors, entry{cmd.key, p.failed(err).body})
		if yes(c.params.get("halt")) {
			break
		}
	}
	return array{
		{"result", r.result},
		{"result_error", r.errors},
		{"result_total", r.total},
		{"result_next", r.next},
		{"result_time", r.time},
	}
}

func (p *Portal) command(c call, cmd command, i int, r *results) error {
	if i >= maxBatch {
		return errBatchLength
	}
	if cmd.method == batchMethod {
		return errBatchNesting
	}
	if _, known := p.methods[cmd.method]; !known {
		return errNoMethod
	}
	c.name, c.params = cmd.method, nil
	if cmd.query != "" {
		c.params = r.resolve(parseForm(cmd.query))
	}
	result, times, err := p.run(c)
	if err != nil {
		return err
	}
	if pg, paged := result.(page); paged {
		result = pg.items
		r.total = append(r.total, entry{cmd.key, pg.total})
		if pg.next > 0 {
			r.next = append(r.next, entry{cmd.key, pg.next})
		}
	}
	r.result = append(r.result, entry{cmd.key, result})
	r.time = append(r.time, entry{cmd.key, times})
	return nil
}

// reference is $result[key][field]…, standing for a part of an earlier result.
var reference = regexp.MustCompile(`\$result((?:\[[^\[\]]*\])+)`)

// resolve puts earlier results where parameters refer to them. What refers to nothing stays as it is.
func (r *results) resolve(params array) array {
	for i, e := range params {
		switch v := e.value.(type) {
		case array:
			params[i].value = r.resolve(v)
		case string:
			params[i].value = r.expand(v)
		}
	}
	return params
}

// expand replaces references within a text; one that is the whole text may stand for an array.
func (r *results) expand(s string) any {
	if m := reference.FindString(s); m == s && m != "" {
		if v, err := r.find(s); err == nil {
			return v
		}
		return s
	}
	return reference.ReplaceAllStringFunc(s, func(m string) string {
		v, err := r.find(m)
		if err != nil {
			return m
		}
		return text(v)
	})
}

var errNoResult = errors.New("no such result")

func (r *results) find(ref string) (any, error) {
	var v any = r.result
	inner := strings.TrimSuffix(strings.TrimPrefix(ref, "$result["), "]")
	for key := range strings.SplitSeq(inner, "][") {
		a, _ := v.(array)
		next, ok := a.lookup(key)
		if !ok {
			return nil, errNoResult
		}
		v = next
	}
	return v, nil
}
