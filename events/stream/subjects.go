package stream

import (
	"encoding/base32"

	"github.com/whois24/whois24/events"
)

// subject is whois24.events.<portal>.<dialog>.
func subject(e events.Event) string {
	return "whois24.events." + token(e.Portal) + "." + token(string(e.Chat.Dialog))
}

// portalSubjects are those of all events of a portal.
func portalSubjects(portal string) string { return "whois24.events." + token(portal) + ".>" }

func deadSubject(portal string) string { return "whois24.dead." + token(portal) }

func consumerName(portal string) string { return "portal-" + token(portal) }

var tokens = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// token makes a subject token of any text: base32 has no dots, stars or spaces.
func token(s string) string {
	if s == "" {
		return "_"
	}
	return tokens.EncodeToString([]byte(s))
}

// untoken gives the text of a token, "" for one that token did not make.
func untoken(token string) string {
	text, err := tokens.DecodeString(token)
	if err != nil {
		return ""
	}
	return string(text)
}
