package commands

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// langArguments are those of /lang.
type langArguments struct {
	To string `arg:"optional,rest" hint:"lang.which"`
}

// Lang tells which language a person is answered in, and lets them choose another.
func Lang() Command {
	return New("lang", func(_ context.Context, c Call, a langArguments) (Reply, error) {
		if a.To == "" {
			return c.offerLanguages(c.Text("lang.now", nil)), nil
		}
		to, ok := c.languageCalled(a.To)
		switch {
		case !ok:
			return c.offerLanguages(c.Text("lang.unknown", Data{"Word": asTyped(a.To)})), nil
		case to == Automatic:
			c.Lang = cmp.Or(c.Unchosen, c.Lang)
			return Reply{Text: c.Text("lang.automatic", nil), Speak: to}, nil
		}
		c.Lang = to
		return Reply{Text: c.Text("lang.chosen", nil), Speak: to}, nil
	})
}

// offerLanguages lists the languages the person is not answered in, and the way back where they chose theirs.
func (c Call) offerLanguages(text string) Reply {
	lines := []string{text}
	var buttons []bitrix.Button
	offer := func(to Language, name string) {
		lines = append(lines, c.Text("lang.line", Data{"Code": string(to), "Name": name}))
		b := c.Button(name, "lang", langArguments{string(to)})
		b.Line = true
		buttons = append(buttons, b)
	}
	for _, lang := range c.catalogue().languages {
		if lang != c.Lang {
			offer(lang, c.catalogue().shown(lang, "lang.names"))
		}
	}
	if c.Unchosen != "" {
		offer(Automatic, c.Text("lang.portal", nil))
	}
	return Reply{Text: strings.Join(lines, "\n"), Keyboard: &bitrix.Keyboard{Buttons: buttons}}
}

// languageCalled finds a language by one of its names, or by its tag as portals and systems write it.
func (c Call) languageCalled(s string) (Language, bool) {
	s = trimSentence(s)
	t := c.catalogue()
	if t.meaning([]string{"word.automatic"}, s) == 0 {
		return Automatic, true
	}
	for _, lang := range t.languages {
		if t.spells(lang, "lang.names", s) {
			return lang, true
		}
	}
	lang := Language(bitrix.LanguageTag(string(primary(s))))
	return lang, slices.Contains(t.languages, lang) && !strings.Contains(s, " ")
}
