package commands

import "strings"

// wrong is for a word that none of the arguments can be which could stand there.
func (cmd Command) wrong(c Call, there []argument, w word) error {
	var accepted []string
	for _, a := range there {
		accepted = append(accepted, a.kind.accepted(c.catalogue(), c.Lang))
	}
	return Sorry("argument.wrong", cmd.usage(c, Data{"Word": asTyped(w.text), "Accepted": strings.Join(accepted, "; ")}))
}

// missing is for an argument that has to be said and was not.
func (cmd Command) missing(c Call, a argument) error {
	return Sorry("argument.missing", cmd.usage(c, Data{
		"Hint": a.hint(c.catalogue(), c.Lang), "Accepted": a.kind.accepted(c.catalogue(), c.Lang),
	}))
}

// extra is for a word that no argument is left for.
func (cmd Command) extra(c Call, w word) error {
	return Sorry("argument.extra", cmd.usage(c, Data{"Word": asTyped(w.text)}))
}

// usage adds how the command is written.
func (cmd Command) usage(c Call, data Data) Data {
	data["Command"] = cmd.name
	data["Params"] = shownHints(cmd.hints(c.catalogue(), c.Lang))
	return data
}

// shownHints are hints in a message: square brackets there would be taken for BB-code.
func shownHints(hints string) string {
	return strings.NewReplacer("[", "(", "]", ")").Replace(hints)
}

// asTyped is what a person wrote as they saw it, short enough to be repeated: mentions look like names.
func asTyped(s string) string {
	return shorten(mentions.ReplaceAllString(s, "$3"))
}
