package commands

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/whois24/whois24/bitrix"
)

// maxReply is the longest text we send, in characters. The portal cuts at 20,000; a reply that long is a mistake, and
// a push or a phone is no place for a tenth of it.
const maxReply = 10_000

// maxEcho is how much of what a person wrote is repeated to them, in characters.
const maxEcho = 40

var commandAtLineStart = regexp.MustCompile(`(?i)(^|\n|\[br\])[\s\p{Z}]*/`)

// tame keeps a reply from being taken for a question: the portal runs commands at the start of a line in messages of
// bots too, so a slash there is moved behind an invisible word joiner. Nobody can have everybody called through the bot. A text
// that is too long is cut.
func tame(text string) string {
	text = commandAtLineStart.ReplaceAllString(calm(text), "$1\u2060/")
	if utf8.RuneCountInString(text) > maxReply {
		text = string([]rune(text)[:maxReply]) + "…"
	}
	return text
}

// everybody is the beginning of a mention of the whole company, [USER=all], which rings on every phone: in any case, and with
// anything between its parts that a messenger might overlook.
var everybody = regexp.MustCompile(`(?i)\[(` + overlooked + `user` + overlooked + `=` + overlooked + `all)`)

const overlooked = "[\\s\\p{Z}\\p{Cf}\"'`]*"

// entitiesDeep is how often a portal may turn entities back into characters: when a message is taken, stored and shown.
const entitiesDeep = 3

// calm makes mentions of everybody harmless, whoever wrote them. A portal turns HTML entities back into characters, so a text
// that hides one there is taken as the portal would.
func calm(text string) string {
	for plain, n := text, 0; n <= entitiesDeep; plain, n = html.UnescapeString(plain), n+1 {
		if everybody.MatchString(plain) {
			return everybody.ReplaceAllString(plain, "［$1")
		}
	}
	return text
}

// tamed is the reply with nothing in it that the portal would obey, wherever it stands. What the command holds is left as it is.
func (r Reply) tamed() Reply {
	r.Text = tame(r.Text)
	if r.Keyboard != nil {
		buttons := slices.Clone(r.Keyboard.Buttons)
		for i, b := range buttons {
			b.Text, b.Params, b.Value = calm(b.Text), calm(b.Params), calm(b.Value)
			buttons[i] = b
		}
		r.Keyboard = &bitrix.Keyboard{Buttons: buttons}
	}
	if r.Attach != nil {
		blocks := make([]bitrix.Block, len(r.Attach.Blocks))
		for i, b := range r.Attach.Blocks {
			blocks[i] = calmBlock(b)
		}
		r.Attach = &bitrix.Attach{Color: r.Attach.Color, Blocks: blocks}
	}
	return r
}

func calmBlock(b bitrix.Block) bitrix.Block {
	b.Message = calm(b.Message)
	b.Grid = slices.Clone(b.Grid)
	for i, cell := range b.Grid {
		b.Grid[i].Name, b.Grid[i].Value = calm(cell.Name), calm(cell.Value)
	}
	if b.User != nil {
		user := *b.User
		user.Name, b.User = calm(user.Name), &user
	}
	if b.Link != nil {
		link := *b.Link
		link.Name, link.Desc, b.Link = calm(link.Name), calm(link.Desc), &link
	}
	if b.Image != nil {
		image := *b.Image
		image.Name, b.Image = calm(image.Name), &image
	}
	return b
}

// shorten makes what a person wrote short enough to repeat.
func shorten(s string) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= maxEcho {
		return s
	}
	return string([]rune(s)[:maxEcho]) + "…"
}
