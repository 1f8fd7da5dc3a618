package commands

// leftOut in place of an argument that may be left out says nothing, for the sake of those that follow.
const leftOut = "-"

// longestName is how many words of a line are a name where other arguments follow.
const longestName = 8

// line is what was typed, by argument.
type line struct {
	text  string
	words [][]word // nil: left out
}

// said is what was said for the i-th argument.
func (l line) said(i int) said {
	list := l.words[i]
	if len(list) == 0 {
		return said{}
	}
	return said{words: list, raw: l.text[list[0].from:list[len(list)-1].to]}
}

// with is the same line with something else said for the i-th argument.
func (l line) with(i int, said string) string {
	parts := make([]string, len(l.words))
	for j := range l.words {
		parts[j] = leftOut
		if s := l.said(j); s.raw != "" {
			parts[j] = s.raw
		}
	}
	parts[i] = said
	return join(parts)
}

// read gives each argument its words. Nothing is looked up yet. The error is a Sorry about the word that does not fit.
// What follows a command without arguments does not matter, nor does "please" after the last one.
func (cmd Command) read(c Call) (line, error) {
	l := line{text: c.Args, words: make([][]word, len(cmd.arguments))}
	rest := split(c.Args)
	var refused []argument // those that would not take the next word
	for i, a := range cmd.arguments {
		if len(rest) == 0 && !a.optional() {
			return l, cmd.missing(c, a)
		}
		n := cmd.extent(c, i, rest)
		switch {
		case len(rest) == 0:
		case a.omits(rest[0]):
			rest = rest[1:]
		case n > 0:
			l.words[i], rest, refused = rest[:n], rest[n:], nil
		case !a.optional():
			return l, cmd.wrong(c, append(refused, a), rest[0])
		default:
			refused = append(refused, a)
		}
	}
	switch {
	case len(rest) == 0 || len(cmd.arguments) == 0 || c.catalogue().withoutManners(c.Args[rest[0].from:]) == "":
		return l, nil
	case refused != nil:
		return l, cmd.wrong(c, refused, rest[0])
	}
	return l, cmd.extra(c, rest[0])
}

// omits reports whether w says that nothing is said.
func (a argument) omits(w word) bool {
	return a.optional() && !a.rest && w.text == leftOut && !w.quoted
}

// extent is how many of the words are the i-th argument's; 0: none. A name may be any words: as the last argument it is
// all of them, and before others it ends where the first of those begins.
func (cmd Command) extent(c Call, i int, list []word) int {
	a, after := cmd.arguments[i], cmd.arguments[i+1:]
	if len(list) == 0 {
		return 0
	}
	n := a.kind.take(c, list)
	if (a.kind != personKind{}) {
		return n
	}
	switch {
	case len(after) == 0:
		return len(list)
	case n > 0:
		return n
	case a.optional() && wanted(c, picky(after), list):
		return 0
	}
	for n = 1; n < min(len(list), longestName) && !wanted(c, after, list[n:]); n++ {
		continue
	}
	return n
}

// wanted reports whether one of the arguments begins here.
func wanted(c Call, arguments []argument, list []word) bool {
	for _, a := range arguments {
		if a.omits(list[0]) || a.kind.take(c, list) > 0 {
			return true
		}
	}
	return false
}

// picky are the arguments that do not take any word.
func picky(arguments []argument) []argument {
	var some []argument
	for _, a := range arguments {
		switch a.kind.(type) {
		case textKind, wordKind:
		default:
			some = append(some, a)
		}
	}
	return some
}
