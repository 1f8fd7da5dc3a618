package commands

import "strings"

// manners are the ids of words that say nothing of what is asked. They are cut off both ends of it.
var manners = []string{"plain.hello", "plain.thanks", "plain.please"}

// fillers are the ids of words that change nothing in a question, wherever they stand: "у нас" or "currently".
var fillers = []string{"plain.filler"}

// withoutManners is what is left of words without them; the words as they are if they have none.
func (c *catalogue) withoutManners(words string) string {
	all := tokens(words)
	rest, _ := c.mannersOff(all)
	if len(rest) == len(all) {
		return words
	}
	return typed(rest)
}

// mannersOff is what is left without them, and the id of the last in front that were thanks or a greeting.
func (c *catalogue) mannersOff(said []token) (rest []token, polite string) {
	rest = said
	for n, id := c.longest(manners, rest, begins); n > 0; n, id = c.longest(manners, rest, begins) {
		rest = rest[n:]
		if id != "plain.please" {
			polite = id
		}
	}
	for n, _ := c.longest(manners, rest, ends); n > 0; n, _ = c.longest(manners, rest, ends) {
		rest = rest[:len(rest)-n]
	}
	return rest, polite
}

// withoutFillers is what is left without them.
func (c *catalogue) withoutFillers(said []token) []token {
	var rest []token
	for len(said) > 0 {
		if n, _ := c.longest(fillers, said, begins); n > 0 {
			said = said[n:]
			continue
		}
		rest, said = append(rest, said[0]), said[1:]
	}
	return rest
}

// longest is how many words the longest spelling has that stands there, and the id of its text; 0: none does.
func (c *catalogue) longest(ids []string, list []token, there func(list []token, words []string) bool) (n int, id string) {
	for _, one := range ids {
		for _, s := range c.spellings(one) {
			if words := strings.Fields(s); len(words) > n && there(list, words) {
				n, id = len(words), one
			}
		}
	}
	return n, id
}
