package portal

import (
	"cmp"
	"slices"

	"github.com/whois24/whois24/bitrix"
)

// botUpdate is imbot.v2.Bot.update.
func (p *Portal) botUpdate(c call) (any, error) {
	b, err := p.ownBot(c)
	if err != nil {
		return nil, err
	}
	fields := c.params.sub("fields")
	mode := cmp.Or(text(fields.get("eventMode")), b.mode)
	address := text(fields.get("webhookUrl"))
	if mode != modeFetch && mode != modeWebhook {
		return nil, errEventMode
	}
	if address != "" {
		if err := checkCallback(address); err != nil {
			return nil, err
		}
	}
	if err := p.rotateToken(b, text(fields.get("botToken"))); err != nil {
		return nil, err
	}
	p.bind(b, mode, address)
	p.applyBot(b, fields)
	return p.botAnswer(b), nil
}

// bind changes the way events go. Leaving fetch erases what waits to be fetched; webhook mode without an address
// binds nothing.
func (p *Portal) bind(b *bot, mode, address string) {
	if mode != b.mode {
		b.boundURL = ""
		p.discard(b, len(b.pending), LostBySwitch)
	}
	b.mode = mode
	if mode == modeWebhook && address != "" {
		b.boundURL = address
	}
}

// rotateToken changes the owner's token; an application has none. The portal does not tell that a token is
// somebody else's.
func (p *Portal) rotateToken(b *bot, token string) error {
	switch {
	case token == "" || token == b.owner.token || b.owner.app != "":
		return nil
	case len(token) > maxBotToken:
		return errBotTokenLong
	case len(p.botsOf(owner{token: token})) > 0:
		return errBotTokenTaken
	}
	b.owner.token = token
	return nil
}

// botGet is imbot.v2.Bot.get, by id or code. Others than the owner see less.
func (p *Portal) botGet(c call) (any, error) {
	caller, err := c.owner()
	if err != nil {
		return nil, err
	}
	id, code := bitrix.BotID(intval(c.params.get("botId"))), text(c.params.get("code"))
	if id == 0 && code == "" {
		return nil, errBotParams
	}
	b := p.bots[id]
	if id == 0 {
		b = p.botByCode(code)
	}
	if b == nil {
		return nil, errNoBot
	}
	if b.owner != caller {
		return p.botWith(b, p.publicBot(b)), nil
	}
	return p.botAnswer(b), nil
}

const botPage = 50

// botList is imbot.v2.Bot.list: the bots of an owner.
func (p *Portal) botList(c call) (any, error) {
	caller, err := c.owner()
	if err != nil {
		return nil, err
	}
	own := p.botsOf(caller)
	if kind := text(c.params.sub("filter").get("type")); kind != "" {
		own = slices.DeleteFunc(own, func(b *bot) bool { return b.kind != kind })
	}
	from := min(max(int(intval(c.params.get("offset"))), 0), len(own))
	limit := cmp.Or(max(int(intval(c.params.get("limit"))), 0), botPage)
	to := min(from+limit, len(own))

	bots, users := array{}, array{}
	for _, b := range own[from:to] {
		bots = bots.push(p.botView(b))
		users = users.push(p.eventUser(*p.people[bitrix.UserID(b.id)]))
	}
	return array{{"bots", bots}, {"users", users}, {"hasNextPage", to < len(own)}}, nil
}

// botUnregister is imbot.v2.Bot.unregister.
func (p *Portal) botUnregister(c call) (any, error) {
	b, err := p.ownBot(c)
	if err != nil {
		return nil, err
	}
	p.removeBot(b, c.caller)
	return done(), nil
}

// removeBot takes a bot off the portal; by is 0 when nobody in particular did it. The bot is told, and what waits for
// it is erased.
func (p *Portal) removeBot(b *bot, by bitrix.UserID) {
	user := bitrix.UserID(b.id)
	p.tellOfRemoval(b, by)
	p.discard(b, len(b.pending), LostRemoved)
	delete(p.bots, b.id)
	delete(p.people, user)
	for _, ch := range p.chats {
		if ch.private && ch.has(user) {
			delete(p.chats, ch.id)
			delete(p.pairs, pairOf(ch.members[0], ch.members[1]))
			for _, m := range ch.messages {
				delete(p.messages, m.id)
			}
			continue
		}
		ch.members = slices.DeleteFunc(ch.members, func(m bitrix.UserID) bool { return m == user })
	}
	p.feed.publish(Change{Kind: KindBot})
}

// done is the answer of methods that have nothing to tell.
func done() array { return array{{"result", true}} }
