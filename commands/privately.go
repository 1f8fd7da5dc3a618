package commands

import (
	"slices"

	"github.com/whois24/whois24/bitrix"
)

// longestPrivately is how many words say "privately" at most: "в личный чат".
const longestPrivately = 3

// aside takes the word off a line that wants its answer in private, as in "5 privately", and reports whether it was there: then
// nobody but who asks will read the answer. To commands that take any words it is one of them.
func (c Call) aside() (Call, bool) {
	cmd := c.set.byName[c.Name]
	if len(picky(cmd.arguments)) < len(cmd.arguments) {
		return c, false
	}
	list := split(c.Args)
	for n := 1; n <= min(longestPrivately, len(list)); n++ {
		last := list[len(list)-n:]
		if c.meansPrivately(last) {
			c.Args, c.Chat = Args(c.Args[:last[0].from]), Chat{Private: true}
			return c, true
		}
	}
	return c, false
}

func (c Call) meansPrivately(list []word) bool {
	literal := func(w word) bool { return w.quoted || w.mention }
	return !slices.ContainsFunc(list, literal) &&
		c.catalogue().meaning([]string{"word.privately"}, trimSentence(said{words: list}.text())) == 0
}

// Privately is a [Call.Button] that has the answer sent to the private chat with whoever presses it. It is for answers that leave
// something out because people from outside read along; false where that is not so.
func (c Call) Privately(command string, arguments any) (bitrix.Button, bool) {
	if c.Audience() != Mixed || !c.tellsMore(Colleagues, Mixed) {
		return bitrix.Button{}, false
	}
	b := c.Button(c.Text("privacy.privately", nil), command, arguments)
	b.Params = Args(b.Params + " " + c.catalogue().shown(c.Lang, "word.privately"))
	return b, true
}
