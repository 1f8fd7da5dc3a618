package commands

import (
	"context"
	"reflect"
)

// wordKind reads a string: one word, or several in quotes.
type wordKind struct{}

func (wordKind) name() string { return "word" }

func (wordKind) hint(t *catalogue, lang Language) string { return t.text(lang, "arg.word", nil) }

func (wordKind) accepted(t *catalogue, lang Language) string {
	return t.text(lang, "accepts.word", nil)
}

func (wordKind) take(Call, []word) int { return 1 }

func (wordKind) value(_ context.Context, _ Call, s said) (any, error) { return s.words[0].text, nil }

func (wordKind) write(v any) string { return quote(Args(reflect.ValueOf(v).String())) }

// textKind reads a string that is the rest of the line, as typed; quotes around all of it are taken off.
type textKind struct{}

func (textKind) name() string { return "text" }

func (textKind) hint(t *catalogue, lang Language) string { return t.text(lang, "arg.text", nil) }

func (textKind) accepted(t *catalogue, lang Language) string {
	return t.text(lang, "accepts.text", nil)
}

func (textKind) take(_ Call, list []word) int { return len(list) }

func (textKind) value(_ context.Context, _ Call, s said) (any, error) { return s.whole(), nil }

func (s said) whole() string {
	if len(s.words) == 1 && s.words[0].quoted {
		return s.words[0].text
	}
	return s.raw
}

func (textKind) write(v any) string {
	text := Args(reflect.ValueOf(v).String())
	all := split(text)
	if len(all) > 0 && (said{all, text}).whole() == text && text != leftOut {
		return text
	}
	return quoted(text)
}
