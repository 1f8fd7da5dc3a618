package bot_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
)

// press presses the button under a message that gives the command with these parameters.
func (o *office) press(t *testing.T, as bitrix.UserID, m portal.Message, params string) {
	t.Helper()
	var buttons []struct {
		Params string `json:"COMMAND_PARAMS"`
	}
	if err := json.Unmarshal(m.Keyboard, &buttons); err != nil {
		t.Fatalf("%v in %s", err, m.Keyboard)
	}
	for i, b := range buttons {
		if b.Params != params {
			continue
		}
		if err := o.Press(as, m.ID, i); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Fatalf("no button for %q among %s", params, m.Keyboard)
}

// cards are what the bot says about Eugene, number 5, in a dialog.
func (o *office) cards(d bitrix.DialogID) []portal.Message {
	return slices.DeleteFunc(o.answers(anna, d), func(m portal.Message) bool {
		return !strings.Contains(m.Text, "[b]Евгений Шеленков[/b]")
	})
}

// card is the first of them, asked for by Anna.
func (o *office) card(t *testing.T, d bitrix.DialogID) portal.Message {
	t.Helper()
	if _, err := o.Say(anna, d, "/whois 5"); err != nil {
		t.Fatal(err)
	}
	o.await(t, "a card", func() bool { return len(o.cards(d)) > 0 })
	return o.cards(d)[0]
}

// moved gives Eugene, number 5, another position.
func (o *office) moved(position string) {
	o.SetPerson(5, func(p *portal.Person) { p.Position = position })
}

// TestRefresh: the card a button is under becomes what it would be now, whichever way the bot calls its portal.
func TestRefresh(t *testing.T) {
	t.Parallel()
	for _, w := range ways {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			o := openAs(t, w, portal.Options{Rate: 1000, Burst: 1000}, func(*bot.Bot) {})
			card := o.card(t, o.private())
			o.moved("Architect")
			o.press(t, anna, card, "↻ 5")
			o.await(t, "the card of now", func() bool { return strings.Contains(o.cards(o.private())[0].Text, "Architect") })
			o.stop()
			if all := o.cards(o.private()); len(all) != 1 || len(all[0].Attach) == 0 || len(all[0].Keyboard) == 0 {
				t.Errorf("got %+v", all)
			}
		})
	}
}

// TestRefreshMakesNoHarm: what is no card comes as a message of its own, and the card stands.
func TestRefreshMakesNoHarm(t *testing.T) {
	refused := func(method string) portal.Fault {
		return portal.Fault{Method: method, Kind: portal.Refused, Status: 403, Code: "ACCESS_DENIED"}
	}
	for name, c := range map[string]struct {
		fault portal.Fault
		who   bitrix.UserID // presses
		want  string
	}{
		"an outsider presses":              {portal.Fault{}, 31, "только сотрудникам"},
		"the person is hidden by now":      {refused("im.user.get"), anna, "Портал не разрешает"},
		"the card can be changed no more":  {refused("imbot.v2.Chat.Message.update"), anna, "Architect"},
		"the right to look up is no more":  {portal.Fault{Method: "im.user.get", Kind: portal.Refused, Code: "insufficient_scope"}, anna, "администратор"},
		"it cannot be changed for a while": {portal.Fault{Method: "imbot.v2.Chat.Message.update", Kind: portal.Unavailable503, Times: 1}, anna, ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t, portal.Options{})
			group := o.NewGroup("With a guest", anna, 31, bitrix.UserID(o.bot))
			card := o.card(t, group)
			o.moved("Architect")
			if c.fault.Kind != 0 {
				o.Fail(c.fault)
			}
			o.press(t, c.who, card, "↻ 5")
			if c.want == "" {
				o.await(t, "the card of now", func() bool { return strings.Contains(o.cards(group)[0].Text, "Architect") })
				return
			}
			o.await(t, "another message", func() bool {
				all := o.answers(anna, group)
				return strings.Contains(all[len(all)-1].Text, c.want)
			})
			o.stop()
			wantParts(t, o.cards(group)[0].Text, "Ведущий разработчик")
		})
	}
}

// TestOtherButtonsStandAlone: the card of a manager is a message of its own.
func TestOtherButtonsStandAlone(t *testing.T) {
	o := open(t, portal.Options{})
	card := o.card(t, o.private())
	o.press(t, anna, card, "6")
	o.await(t, "the manager's card", func() bool {
		all := o.answers(anna, o.private())
		return strings.Contains(all[len(all)-1].Text, "[b]Дмитрий Ковалёв[/b]")
	})
	if all := o.cards(o.private()); len(all) != 1 {
		t.Errorf("got %+v", all)
	}
}
