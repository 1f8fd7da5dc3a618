package commands

import (
	"fmt"
	"strings"
)

// Reference is a page in Markdown about all commands of a set, for people who use them.
func Reference(s *Set) string {
	var b strings.Builder
	b.WriteString(referenceHead)
	t := s.now.Load()
	for _, cmd := range t.list {
		fmt.Fprintf(&b, "\n## /%s\n", cmd.name)
		for _, lang := range t.texts.languages {
			usage := strings.TrimSpace("/" + cmd.name + " " + cmd.hints(t.texts, lang))
			fmt.Fprintf(&b, "\n- %s: `%s` — %s", lang, usage, t.texts.text(lang, cmd.title(), nil))
		}
		b.WriteString("\n")
		if len(cmd.arguments) > 0 {
			b.WriteString(argumentTable(t.texts, cmd.arguments))
		}
	}
	return b.String()
}

const referenceHead = `# Commands

This page is made from the commands themselves: ` + "`go test ./commands -run Reference -update`" + `.

What is in [brackets] may be left out; a hyphen in its place leaves it out where something else follows. Quotes
("…", «…», “…”) hold words together, and a backslash before a quote, a space or a backslash makes it an ordinary
character.
`

func argumentTable(t *catalogue, arguments []argument) string {
	var b strings.Builder
	b.WriteString("\n| argument | what is understood | when left out |\n| --- | --- | --- |\n")
	for _, a := range arguments {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", a.name, cell(a.kind.accepted(t, English)), cell(a.whenLeftOut()))
	}
	return b.String()
}

func (a argument) whenLeftOut() string {
	switch {
	case a.asker():
		return "who asks"
	case a.fallback != "":
		return a.fallback
	case a.optional():
		return "nothing"
	}
	return "it has to be said"
}

// cell keeps a text inside its column.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
