package commands_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

// Shop is where presents are. What a command needs beyond the portal it takes as an argument.
type Shop interface {
	Find(ctx context.Context, likes string, budget int) (presents []string, err error)
}

// Wishes are what can be said after /gift: /gift anna 50 books and music.
type Wishes struct {
	Who    commands.Person `arg:"required"`
	Budget int             `arg:"default=30" hint:"gift.budget"`
	Likes  string          `arg:"optional,rest" hint:"gift.likes"`
}

// Gift looks for a birthday present. It uses all that a reply can be; docs/add-a-command.md quotes it.
func Gift(shop Shop) commands.Command {
	return commands.New("gift", func(_ context.Context, c commands.Call, a Wishes) (commands.Reply, error) {
		if likes, said := c.Answer(0); said {
			a.Likes = likes
		}
		if a.Likes == "" {
			return c.Ask("gift.ask", commands.Data{"Name": a.Who.Name})
		}
		return c.Later("gift.looking", nil, func(ctx context.Context) (commands.Reply, error) {
			found, err := shop.Find(ctx, a.Likes, a.Budget)
			switch {
			case err != nil:
				return commands.Reply{}, fmt.Errorf("look around in the shop: %w", err)
			case len(found) == 0:
				return c.Sorry("gift.nothing", commands.Data{"Budget": a.Budget})
			}
			return proposal(c, a, found), nil
		})
	}, giftTexts)
}

// proposal says how many presents there are, with a button for something cheaper.
func proposal(c commands.Call, a Wishes, found []string) commands.Reply {
	text := c.Text("gift.found", commands.Data{"N": len(found), "Name": a.Who.Name, "First": found[0]})
	a.Budget /= 2
	cheaper := c.Button(c.Text("gift.cheaper", nil), "gift", a)
	return commands.Reply{Text: text, Keyboard: &bitrix.Keyboard{Buttons: []bitrix.Button{cheaper}}}
}

var giftTexts = fstest.MapFS{
	"en.toml": {Data: []byte(`
[gift]
title = "Look for a birthday present"
budget = "how much at most"
likes = "what they like"
ask = "What does {{.Name}} like?"
looking = "I am looking around…"
nothing = "There is nothing for {{.Budget}} or less. Allow a little more?"
cheaper = "Something cheaper"

[gift.found]
one = "I found a present for {{.Name}}: {{.First}}."
other = "I found {{.N}} presents for {{.Name}}. The nicest: {{.First}}."
`)},
	"ru.toml": {Data: []byte(`
[gift]
title = "Найти подарок на день рождения"
budget = "сколько самое большее"
likes = "что нравится"
ask = "Что нравится? Ищу подарок для: {{.Name}}."
looking = "Сейчас посмотрю…"
nothing = "До {{.Budget}} ничего нет. Может, чуть дороже?"
cheaper = "Подешевле"

[gift.found]
one = "Для {{.Name}} есть {{.N}} подарок. Вот он: {{.First}}."
few = "Для {{.Name}} есть {{.N}} подарка. Лучший: {{.First}}."
many = "Для {{.Name}} есть {{.N}} подарков. Лучший: {{.First}}."
other = "Для {{.Name}} есть {{.N}} подарка. Лучший: {{.First}}."
`)},
}

// bookshop sells an atlas and a thriller, and nothing on Sundays.
type bookshop struct{}

func (bookshop) Find(_ context.Context, likes string, budget int) ([]string, error) {
	switch {
	case likes == "sundays":
		return nil, errors.New("closed")
	case budget >= 40:
		return []string{"an atlas", "a thriller"}, nil
	case budget >= 20:
		return []string{"a thriller"}, nil
	}
	return nil, nil
}

func TestGift(t *testing.T) {
	office := commandtest.New(t, Gift(bookshop{}))
	office.Hire(bitrix.User{Name: "Anna"})
	oleg := office.Hire(bitrix.User{Name: "Oleg"})
	office.Say(oleg, "/gift anna 50").Asks("What does Anna like?")
	two := office.Say(oleg, "books").Reads("I found 2 presents for Anna. The nicest: an atlas.").After("I am looking around…")
	one := two.Press(oleg, "Something cheaper").Reads("I found a present for Anna: a thriller.")
	one.Press(oleg, "Something cheaper").Reads("There is nothing for 12 or less. Allow a little more?")
	office.Say(oleg, "/gift anna - sundays").Fails("closed")
	office.Say(oleg, "/gift").Contains("Something is missing: name, number or @mention")
}

func TestGiftBearsEverything(t *testing.T) { commandtest.Check(t, Gift(bookshop{})) }
