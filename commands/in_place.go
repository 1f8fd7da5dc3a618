package commands

import (
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// again stands before the parameters of a button made with InPlace.
const again = "↻"

// InPlace makes a button's answer take the place of the message the button is under, where a new one would repeat it: a card or a
// list as it is by now. Words of a [Sorry] or an [Apology] come as a message of their own all the same, and so does the answer
// where the portal lets the message be changed no more.
func InPlace(b bitrix.Button) bitrix.Button {
	b.Params = strings.TrimSpace(again + " " + b.Params)
	return b
}

// CutInPlace takes off the parameters of a pressed button what InPlace put there, and reports whether it did.
func CutInPlace(params string) (string, bool) {
	rest, ok := strings.CutPrefix(params, again)
	return strings.TrimSpace(rest), ok
}
