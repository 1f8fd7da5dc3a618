package commands

import (
	"slices"
	"strconv"

	"github.com/whois24/whois24/bitrix"
)

// keyboard is the next step: to reach the person, and in another row to look around or again. There is none for those whom no
// message reaches.
func (c card) keyboard() *bitrix.Keyboard {
	switch c.state {
	case dismissed, robot, customer:
		return nil
	}
	buttons := c.reaching()
	around := slices.Concat(c.whenBack(), c.colleagues(), c.again())
	if len(buttons) > 0 && len(around) > 0 {
		buttons = append(buttons, bitrix.Button{NewLine: true})
	}
	buttons = append(buttons, around...)
	if len(buttons) == 0 {
		return nil
	}
	for i := range buttons {
		buttons[i].Line = !buttons[i].NewLine
	}
	return &bitrix.Keyboard{Buttons: buttons}
}

// reaching is for everybody but the person.
func (c card) reaching() []bitrix.Button {
	if c.user.ID == c.Asker.ID {
		return nil
	}
	buttons := []bitrix.Button{{
		Text: c.Text("card.write", nil), Action: bitrix.ActionDialog, Value: strconv.FormatInt(int64(c.user.ID), 10),
		Color: "primary", Line: true,
	}}
	if number, ok := c.number(); ok && c.Shows(FieldContacts) {
		buttons = append(
			buttons,
			bitrix.Button{Text: c.Text("card.call", nil), Action: bitrix.ActionCall, Value: number, Line: true},
			bitrix.Button{Text: c.Text("card.copy", nil), Action: bitrix.ActionCopy, Value: number, Line: true},
		)
	}
	return buttons
}

// whenBack offers to tell when the person is there.
func (c card) whenBack() []bitrix.Button {
	away := c.state == onLeave || c.state == gone || c.state == never
	if !away || !c.Shows(FieldPresence) || c.user.ID == c.Asker.ID {
		return nil
	}
	return c.gives("notify", "card.notify", notify{Want: "on", Who: Person{c.user}})
}

// colleagues leads to those the person works with.
func (c card) colleagues() []bitrix.Button {
	if !c.Shows(FieldDepartment) {
		return nil
	}
	var buttons []bitrix.Button
	switch managers := c.managers(); {
	case len(managers) == 1:
		buttons = c.gives("whois", "card.boss", someone{Person{managers[0]}})
	case len(managers) > 1:
		buttons = c.gives("manager", "card.bosses", someone{Person{c.user}})
	}
	if len(c.units) > 0 {
		buttons = append(buttons, c.gives("team", "card.team", someone{Person{c.user}})...)
	}
	return buttons
}

// again has the same card as it is by now, and in private what it leaves out here.
func (c card) again() []bitrix.Button {
	same := someone{Person{c.user}}
	var buttons []bitrix.Button
	for _, b := range c.gives("whois", "card.refresh", same) {
		buttons = append(buttons, InPlace(b))
	}
	if b, ok := c.Privately("whois", same); ok && c.has("whois") {
		buttons = append(buttons, b)
	}
	return buttons
}

// gives is a button for a command, if the set has it.
func (c card) gives(command, text string, arguments any) []bitrix.Button {
	if !c.has(command) {
		return nil
	}
	return []bitrix.Button{c.Button(c.Text(text, nil), command, arguments)}
}
