package commands

import (
	"strings"
	"unicode"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands/people"
)

const (
	// longestNamed is how many words may be a name and nothing else: three names of one person, and an initial.
	longestNamed = 4
	// leastNamed is how many letters they have at least. "Да" is a word more often than the beginning of Дарья.
	leastNamed = 3
)

// somebody reports whether words that follow no rule are somebody: a mention, a number, an address, or a name that somebody
// here has. Where nobody has read who works here, what may be a name is looked for.
func somebody(c Call, list []token) bool {
	words := typed(list)
	switch {
	case len(list) == 0:
		return false
	case len(list) == 1 && (list[0].bare == "" || strings.Contains(words, "@")), !strings.ContainsFunc(words, unicode.IsLetter):
		return true
	case numbered.MatchString(words):
		return true
	case !nameable(list):
		return false
	case c.Staff == nil:
		return !strings.Contains(c.Args, "?")
	}
	verdict := c.Staff.Index.Find(words, 1).Verdict
	return verdict == people.One || verdict == people.Several
}

// nameable reports whether words can be the name of somebody.
func nameable(list []token) bool {
	words := typed(list)
	letters := 0
	for _, c := range words {
		if unicode.IsLetter(c) {
			letters++
		}
	}
	return len(list) <= longestNamed && letters >= leastNamed && searchable(words)
}

// nobody says that nobody is found. What is looked for is not offered: it was just looked for.
func (t *table) nobody(c Call, query string) Reply {
	reply := Reply{Text: c.Text("plain.nobody", Data{"Query": asTyped(query)})}
	return t.offering(reply, helpOffer(c))
}

// unsure asks what the person wants, instead of guessing.
func (t *table) unsure(c Call, list []token) Reply {
	query := typed(list)
	if !nameable(list) {
		return t.offering(Reply{Text: c.Text("plain.unsure", nil)}, helpOffer(c))
	}
	data := Data{"Query": asTyped(query)}
	search := bitrix.Button{Text: c.Text("plain.search", data), Command: "whois", Params: query}
	return t.offering(Reply{Text: c.Text("plain.somebody", data)}, search, helpOffer(c))
}

func helpOffer(c Call) bitrix.Button {
	return bitrix.Button{Text: c.Text("plain.offer_help", nil), Command: "help"}
}

// offering adds those of the buttons whose commands there are.
func (t *table) offering(reply Reply, buttons ...bitrix.Button) Reply {
	var able []bitrix.Button
	for _, b := range buttons {
		if _, there := t.byName[b.Command]; there {
			able = append(able, b)
		}
	}
	if able != nil {
		reply.Keyboard = &bitrix.Keyboard{Buttons: able}
	}
	return reply
}
