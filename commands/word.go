package commands

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a piece of a command line: a run without spaces, a mention, or a text in quotes.
type word struct {
	text     string // without the quotes and escapes around it; a mention is as the portal writes it
	quoted   bool
	mention  bool
	from, to int // where it stands in the line, quotes and all
}

// closing are the quotes that hold words together, by how they open.
var closing = map[rune]rune{'"': '"', '«': '»', '“': '”'}

// escaped are the characters that a backslash takes the meaning from. Before others it is a backslash.
const escaped = `\ "«»“”`

// split takes a line apart. A quote opens at the beginning of a word and closes at the end of one; one that does not is
// a character like any other.
func split(line string) []word {
	s := splitter{line: line}
	if ends := mentionEnds.FindAllStringIndex(line, -1); len(ends) > 0 {
		s.lastEnd = ends[len(ends)-1][0]
	}
	for s.skip(); s.at < len(line); s.skip() {
		s.words = append(s.words, s.word())
	}
	return s.words
}

type splitter struct {
	line     string
	at       int
	lastEnd  int    // of a mention; none begins after it
	unclosed string // opening quotes after which the rest of the line holds no end
	words    []word
}

// skip goes to the next word.
func (s *splitter) skip() {
	rest := strings.TrimLeftFunc(s.line[s.at:], unicode.IsSpace)
	s.at = len(s.line) - len(rest)
}

// mentionAt is how long the mention is that begins at i; 0: none does.
func (s *splitter) mentionAt(i int) int {
	if i >= s.lastEnd || s.line[i] != '[' {
		return 0
	}
	return len(mentionHere.FindString(s.line[i:]))
}

func (s *splitter) word() word {
	if size := s.mentionAt(s.at); size > 0 {
		return s.upTo(s.at+size, word{mention: true, text: s.line[s.at : s.at+size]})
	}
	if text, end, ok := s.quotation(); ok {
		return s.upTo(end, word{quoted: true, text: unescape(text)})
	}
	end := s.end()
	return s.upTo(end, word{text: unescape(s.line[s.at:end])})
}

func (s *splitter) upTo(end int, w word) word {
	w.from, w.to = s.at, end
	s.at = end
	return w
}

// quotation is the text in the quotes that open here, and where the punctuation after them ends.
func (s *splitter) quotation() (text string, end int, ok bool) {
	opens, size := utf8.DecodeRuneInString(s.line[s.at:])
	closes, ok := closing[opens]
	if !ok || strings.ContainsRune(s.unclosed, opens) {
		return "", 0, false
	}
	from := s.at + size
	for i := from; i < len(s.line); {
		c, size := utf8.DecodeRuneInString(s.line[i:])
		if c == '\\' {
			_, next := utf8.DecodeRuneInString(s.line[i+1:])
			i += 1 + next
			continue
		}
		if end := afterPunctuation(s.line, i+size); c == closes && end > 0 {
			return s.line[from:i], end, true
		}
		i += size
	}
	s.unclosed += string(opens) // looking again at each would take the square of the time
	return "", 0, false
}

// afterPunctuation is where the word ends, if nothing but a few marks of a sentence follow; 0 if more does.
func afterPunctuation(line string, at int) int {
	for range 4 {
		if at == len(line) {
			return at
		}
		c, size := utf8.DecodeRuneInString(line[at:])
		switch {
		case unicode.IsSpace(c):
			return at
		case !strings.ContainsRune(".,:;!?)", c):
			return 0
		}
		at += size
	}
	return 0
}

// end is where the word without quotes ends that begins here: at a space or a mention.
func (s *splitter) end() int {
	for i := s.at; i < len(s.line); {
		c, size := utf8.DecodeRuneInString(s.line[i:])
		if unicode.IsSpace(c) || s.mentionAt(i) > 0 {
			return i
		}
		if c == '\\' && i+1 < len(s.line) && strings.IndexByte(` \`, s.line[i+1]) >= 0 {
			size++
		}
		i += size
	}
	return len(s.line)
}

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	after := false // a backslash
	for _, c := range s {
		if after && !strings.ContainsRune(escaped, c) {
			b.WriteRune('\\')
		}
		after = c == '\\' && !after
		if !after {
			b.WriteRune(c)
		}
	}
	if after {
		b.WriteRune('\\')
	}
	return b.String()
}

// quote writes s so that split makes one word of it that says s, whatever stands beside it, and none that means "left
// out".
func quote(s string) string {
	all := split(s)
	if len(all) != 1 || s == leftOut || !all[0].mention && strings.ContainsAny(s, "["+escaped) {
		return quoted(s)
	}
	return s
}

func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
