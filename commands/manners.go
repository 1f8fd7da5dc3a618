package commands

import "strings"

// manners are the ids of words that say nothing of what is asked. They are cut off both ends of it.
var manners = []string{"plain.hello", "plain.thanks", "plain.please"}

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
	for n, id := c.courtesy(rest, begins); n > 0; n, id = c.courtesy(rest, begins) {
		rest = rest[n:]
		if id != "plain.please" {
			polite = id
		}
	}
	for n, _ := c.courtesy(rest, ends); n > 0; n, _ = c.courtesy(rest, ends) {
		rest = rest[:len(rest)-n]
	}
	return rest, polite
}

// courtesy is how many words the longest of the manners has that stands there, and its id.
func (c *catalogue) courtesy(list []token, there func(list []token, words []string) bool) (longest int, id string) {
	for _, m := range manners {
		for _, s := range c.spellings(m) {
			if words := strings.Fields(s); len(words) > longest && there(list, words) {
				longest, id = len(words), m
			}
		}
	}
	return longest, id
}

// withoutFillers is what is left without the words that may stand anywhere in a question and change nothing, "у нас" or "currently".
func (c *catalogue) withoutFillers(said []token) []token {
	var rest []token
	for len(said) > 0 {
		if n := c.filler(said); n > 0 {
			said = said[n:]
			continue
		}
		rest, said = append(rest, said[0]), said[1:]
	}
	return rest
}

// filler is how many words the longest filler has that begins here; 0: none does.
func (c *catalogue) filler(list []token) (longest int) {
	for _, s := range c.spellings("plain.filler") {
		if words := strings.Fields(s); len(words) > longest && begins(list, words) {
			longest = len(words)
		}
	}
	return longest
}
