package commands

import "github.com/whois24/whois24/bitrix"

// greet says in one screen what the bot can do. It tells nothing of anybody, so all who are there may read it.
func (t *table) greet(c Call) Reply {
	if _, able := t.byName["whois"]; !able {
		return overview(c, c.Text("help.hello", nil))
	}
	id := "greeting.private"
	if !c.Chat.Private {
		id = "greeting.group"
	}
	return t.offering(Reply{Text: c.Text(id, Data{"Outsiders": c.Chat.Outsiders})}, firstSteps(c)...)
}

// firstSteps are what to begin with, as far as it can be told here.
func firstSteps(c Call) []bitrix.Button {
	var buttons []bitrix.Button
	for _, step := range []struct {
		tells   Field
		id      string
		command string
	}{
		{FieldName, "greeting.me", "whois"},
		{FieldPresence, "greeting.whosout", "whosout"},
		{FieldBirthday, "greeting.birthdays", "birthdays"},
	} {
		if c.Shows(step.tells) {
			buttons = append(buttons, bitrix.Button{Text: c.Text(step.id, nil), Command: step.command})
		}
	}
	return append(buttons, helpOffer(c))
}
