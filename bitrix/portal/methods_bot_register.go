package portal

import (
	"cmp"
	"slices"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// botRegister is imbot.v2.Bot.register. For the same owner it is idempotent: it returns the bot there is and
// applies nothing of what it was given.
func (p *Portal) botRegister(c call) (any, error) {
	fields := c.params.sub("fields")
	caller := c.ownerOf(cmp.Or(text(fields.get("botToken")), text(c.params.get("botToken"))))
	code := text(fields.get("code"))
	switch {
	case caller == (owner{}):
		return nil, errNoBotToken
	case code == "":
		return nil, errNoBotCode
	}
	if b := p.botByCode(code); b != nil {
		if b.owner != caller {
			return nil, errBotCodeTaken
		}
		return p.botAnswer(b), nil
	}
	if err := p.checkBot(fields, caller); err != nil {
		return nil, err
	}
	b := &bot{code: code, owner: caller, generation: generation2}
	p.addBot(b, fields)
	return p.botAnswer(b), nil
}

func (p *Portal) checkBot(fields array, caller owner) error {
	kind := cmp.Or(text(fields.get("type")), typeBot)
	mode := cmp.Or(text(fields.get("eventMode")), modeFetch)
	address := text(fields.get("webhookUrl"))
	switch {
	case len(caller.token) > maxBotToken:
		return errBotTokenLong
	case text(fields.sub("properties").get("name")) == "":
		return errNoBotName
	case !slices.Contains(botTypes, kind):
		return errBotType
	case mode != modeFetch && mode != modeWebhook:
		return errEventMode
	case mode == modeWebhook && address == "":
		return errNoWebhookURL
	case len(p.botsOf(caller)) >= maxBots:
		return errBotLimit
	}
	if address == "" {
		return nil
	}
	return checkCallback(address)
}

// botHandlers is how far apart the handler ids of two bots are.
const botHandlers = 100

// addBot completes a new bot with what fields say and puts it on the portal.
func (p *Portal) addBot(b *bot, fields array) {
	b.id = p.nextBot
	p.nextBot++
	b.kind = cmp.Or(text(fields.get("type")), typeBot)
	b.mode = cmp.Or(text(fields.get("eventMode")), modeFetch)
	b.reactions = true
	b.handlerID = 501 + botHandlers*int(b.id-firstBot)
	b.access = map[*chat]time.Time{}
	if b.mode == modeWebhook {
		b.boundURL = text(fields.get("webhookUrl"))
	}
	p.bots[b.id] = b
	who := &Person{ID: bitrix.UserID(b.id), Active: true, Bot: true, Gender: "M", Color: colour(bitrix.UserID(b.id))}
	p.people[who.ID] = who
	p.applyBot(b, fields)
	if group := p.chats[trainingChat]; group != nil && p.options.InviteBots {
		p.begin(group, who.ID)
	}
}

// applyBot changes what register and update have in common.
func (p *Portal) applyBot(b *bot, fields array) {
	setFlag(&b.hidden, fields, "isHidden")
	setFlag(&b.reactions, fields, "isReactionsEnabled")
	setFlag(&b.openline, fields, "isSupportOpenline")
	if v, ok := fields.lookup("backgroundId"); ok {
		b.background = v
	}
	who, look := p.people[bitrix.UserID(b.id)], fields.sub("properties")
	setText(&who.First, look, "name")
	setText(&who.Last, look, "lastName")
	setText(&who.Position, look, "workPosition")
	setText(&who.Color, look, "color")
	if g, ok := look.get("gender").(string); ok {
		who.Gender = bitrix.Gender(g)
	}
	p.feed.publish(Change{Kind: KindBot, Person: new(*who)})
}

func setText(field *string, a array, key string) {
	if v, ok := a.lookup(key); ok {
		*field = text(v)
	}
}

func setFlag(field *bool, a array, key string) {
	if v, ok := a.lookup(key); ok {
		*field = yes(v)
	}
}
