package portal

import (
	"errors"

	"github.com/whois24/whois24/bitrix"
)

// v1Handlers are the methods of API v1 there are.
func (p *Portal) v1Handlers() map[string]handler {
	return map[string]handler{
		"imbot.register":   v1(p.v1BotRegister),
		"imbot.update":     v1(p.v1BotUpdate),
		"imbot.unregister": v1(p.v1BotUnregister),
		"imbot.bot.list":   p.v1BotList,

		"imbot.command.register":   v1(p.v1CommandRegister),
		"imbot.command.update":     v1(p.v1CommandUpdate),
		"imbot.command.unregister": v1(p.v1CommandUnregister),
		"imbot.command.answer":     v1(p.v1CommandAnswer),

		"imbot.message.add":     v1(p.v1MessageAdd),
		"imbot.message.update":  v1(p.v1MessageUpdate),
		"imbot.message.delete":  v1(p.v1MessageDelete),
		"imbot.chat.sendTyping": v1(p.v1SendTyping),
	}
}

// v1 makes a handler of a method of API v1. The names of its parameters are in any case; with an incoming webhook
// CLIENT_ID says whom the call is for.
func v1(run func(call, owner) (any, error)) handler {
	return func(c call) (any, error) {
		c.params = c.params.upper()
		caller := c.ownerOf(text(c.params.get("CLIENT_ID")))
		if caller == (owner{}) {
			return nil, errV1NoClient
		}
		result, err := run(c, caller)
		return result, v1Refusal(err)
	}
}

// v1Refusal puts what both generations refuse into the words of API v1.
func v1Refusal(err error) error {
	switch {
	case errors.Is(err, errAttachSize):
		return errV1AttachSize
	case errors.Is(err, errKeyboardSize):
		return errV1KeyboardSize
	}
	return err
}

// v1OwnBot finds the bot a call names and checks that the caller owns it.
func (p *Portal) v1OwnBot(c call, caller owner) (*bot, error) {
	b := p.bots[bitrix.BotID(intval(c.params.get("BOT_ID")))]
	if b == nil {
		return nil, errV1NoBot
	}
	if b.owner != caller {
		return nil, errV1NotOwner
	}
	return b, nil
}

// v1Speaker is v1OwnBot for methods that need no BOT_ID: without one the caller's first bot is meant.
func (p *Portal) v1Speaker(c call, caller owner) (*bot, error) {
	if c.params.get("BOT_ID") != nil {
		return p.v1OwnBot(c, caller)
	}
	own := p.botsOf(caller)
	if len(own) == 0 {
		return nil, errV1NoBot
	}
	return own[0], nil
}

// v1Fields says in the words of API v2 what a call was given in those of v1; what was not given is left out.
func v1Fields(given array, words map[string]string) array {
	var fields array
	for _, e := range given {
		if word := words[e.key]; word != "" && e.value != nil {
			fields = append(fields, entry{word, e.value})
		}
	}
	return fields
}
