package portal

import (
	"slices"

	"github.com/whois24/whois24/bitrix"
)

// v1MaxBots is how many bots an owner may have who registers them through API v1.
const v1MaxBots = 5

// v1Types are the types of bots. H, which once meant "human", is an ordinary bot now, and so is what nobody knows.
var v1Types = map[string]string{"B": typeBot, "H": typeBot, "S": typeSupervisor, "O": typeOpenline}

// v1Look are the properties of a bot, and what API v2 calls them.
var v1Look = map[string]string{
	"NAME": "name", "LAST_NAME": "lastName", "WORK_POSITION": "workPosition", "COLOR": "color", "PERSONAL_GENDER": "gender",
}

// v1BotRegister is imbot.register. A code there is already gives its bot's id, whoever owns that bot, and nothing is
// applied. (The source of the portal binds the addresses even then; here nobody can come to count on that.)
func (p *Portal) v1BotRegister(c call, caller owner) (any, error) {
	bindings, err := v1Bindings(c.params, caller)
	if err == nil {
		err = v1Complete(bindings)
	}
	if err != nil {
		return nil, err
	}
	code, look := text(c.params.get("CODE")), v1Fields(c.params.sub("PROPERTIES"), v1Look)
	switch {
	case code == "":
		return nil, errV1NoCode
	case look.get("name") == nil && look.get("lastName") == nil:
		return nil, errV1NoName
	}
	if known := p.botByCode(code); known != nil {
		return known.id, nil
	}
	if len(p.botsOf(caller)) >= v1MaxBots {
		return nil, errV1BotLimit
	}
	return p.v1AddBot(c, &bot{code: code, owner: caller, generation: generation1}, bindings), nil
}

// v1AddBot registers a bot. For one that serves no open lines the addresses for changed and deleted messages are
// ignored, as the documentation says; imbot.update binds them.
func (p *Portal) v1AddBot(c call, b *bot, bindings []binding) bitrix.BotID {
	kind, known := v1Types[text(c.params.get("TYPE"))]
	if !known {
		kind = typeBot
	}
	openline := kind == typeOpenline || c.params.get("OPENLINE") == "Y"
	if kind == typeBot && !openline {
		ignored := func(b binding) bool { return b.event == v1EventUpdate || b.event == v1EventErase }
		bindings = slices.DeleteFunc(bindings, ignored)
	}
	p.v1Bind(b.owner, bindings...)
	p.addBot(b, array{
		{"type", kind},
		{"eventMode", modeWebhook},
		{"isSupportOpenline", openline},
		{"properties", v1Fields(c.params.sub("PROPERTIES"), v1Look)},
	})
	return b.id
}

// v1BotUpdate is imbot.update: the code, the looks and the addresses, these of all bots of the owner.
func (p *Portal) v1BotUpdate(c call, caller owner) (any, error) {
	b, err := p.v1OwnBot(c, caller)
	if err != nil {
		return nil, err
	}
	if b.mode == modeFetch {
		return nil, errV1FetchBot
	}
	fields := c.params.sub("FIELDS")
	bindings, err := v1Bindings(fields, caller)
	if err != nil {
		return nil, err
	}
	code, look := text(fields.get("CODE")), v1Fields(fields.sub("PROPERTIES"), v1Look)
	switch {
	case look.get("name") == "" && look.get("lastName") == "":
		return nil, errV1NoName
	case code == "" && len(look) == 0 && len(bindings) == 0:
		return nil, errV1NoFields
	}
	if err := p.v1Recode(b, code); err != nil {
		return nil, err
	}
	p.applyBot(b, array{{"properties", look}})
	p.v1Bind(caller, bindings...)
	return true, nil
}

// v1Recode changes the code of a bot to one that no other has.
func (p *Portal) v1Recode(b *bot, code string) error {
	if code == "" {
		return nil
	}
	if other := p.botByCode(code); other != nil && other != b {
		return errV1NotUpdated
	}
	b.code = code
	return nil
}

// v1BotUnregister is imbot.unregister.
func (p *Portal) v1BotUnregister(c call, caller owner) (any, error) {
	b, err := p.v1OwnBot(c, caller)
	if err != nil {
		return nil, err
	}
	p.removeBot(b, c.caller)
	return true, nil
}

// v1BotList is imbot.bot.list: all bots of the portal, whoever asks.
func (p *Portal) v1BotList(call) (any, error) {
	var all array
	for _, b := range p.botsByID() {
		all = all.set(text(b.id), array{
			{"ID", b.id},
			{"NAME", p.people[bitrix.UserID(b.id)].Name()},
			{"CODE", b.code},
			{"OPENLINE", letter(b.openline)},
		})
	}
	return all, nil
}
