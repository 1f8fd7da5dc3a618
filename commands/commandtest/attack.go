package commandtest

import (
	"regexp"
	"strings"
)

// attack is something people write that means more than its letters.
type attack struct {
	text string
	live string // what must not be in an answer, in lower case; empty: the attack has only to be borne
}

// attacks are what a stranger may try in a message, and what stands in a profile without anybody's intent. The word trap tells
// them from what a command says itself.
func attacks() []attack {
	return []attack{
		{"[b]trap[/b]", "[b]trap"},
		{"[url=https://trap.example]x[/url]", "[url=https://trap"},
		{"[send=/trap]x[/send]", "[send=/trap"},
		{"[put=/trap]x[/put]", "[put=/trap"},
		{"[call=112]trap[/call]", "[call=112]trap"},
		{"[img]https://trap.example/x.png[/img]", "[img]https://trap"},
		{"[/b][/url][code]trap", "[code]trap"},
		{"x[br]/trap", "[br]/trap"},
		{"[timestamp=1 format=trap]", "[timestamp=1 format=trap"},
		{"[USER=999999]trap[/USER]", "[user=999999]trap"},
		{"\u202etrap\u2066", "\u202e"},
		{"\u2066trap", "\u2066"},
		{"tr\x00ap", "\x00"},
		{">>trap", ""},
		{strings.Repeat("-", 60) + "trap", strings.Repeat("-", 54)},
		{strings.Repeat("ж", 10_000), strings.Repeat("ж", 300)},
		{"a" + strings.Repeat("\u0300", 500), strings.Repeat("\u0300", 10)},
		{`"trap`, ""},
		{`trap "" «trap “ \" \`, ""},
		{"{{.Trap}}{{template}}", ""},
		{"99999999999999999999", ""},
		{"-1", ""},
		{"-", ""},
		{"=trap|%s%d%n'; DROP TABLE trap; --", ""},
	}
}

// atLineStart is what begins a command or a quote of the person's own making.
var atLineStart = regexp.MustCompile(`(?m)^[\s\p{Z}]*(/|>>)trap`)

// livesIn reports whether the attack came through into a text.
func (at attack) livesIn(text string) bool {
	return at.live != "" && strings.Contains(strings.ToLower(text), at.live) || atLineStart.MatchString(text)
}
