package portal

import (
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// v1Changes are the fields of a command that can change, and what API v2 calls them.
var v1Changes = map[string]string{"HIDDEN": "hidden", "EXTRANET_SUPPORT": "extranetSupport"}

// v1CommandRegister is imbot.command.register. A command there is gives its id, and nothing is applied.
func (p *Portal) v1CommandRegister(c call, caller owner) (any, error) {
	b, err := p.v1OwnBot(c, caller)
	if err != nil {
		return nil, err
	}
	if b.mode == modeFetch {
		return nil, errV1FetchBot
	}
	to, err := v1CommandBinding(c.params, caller)
	if err != nil {
		return nil, err
	}
	name, ok := commandName(c.params.get("COMMAND"))
	switch {
	case to == nil:
		return nil, v1CommandHandler.missing()
	case !ok:
		return nil, errV1NoCommandName
	case len(c.params.sub("LANG")) == 0:
		return nil, errV1NoTexts
	}
	if known := p.commandOf(b.id, name); known != nil {
		return known.ID, nil
	}
	cmd := &Command{ID: p.nextCommand, Bot: b.id, Name: name, Common: yes(c.params.get("COMMON"))}
	p.nextCommand++
	b.commands = append(b.commands, cmd)
	p.v1ApplyCommand(cmd, c.params)
	p.v1Bind(caller, to...)
	return cmd.ID, nil
}

// v1ApplyCommand changes what register and update have in common.
func (p *Portal) v1ApplyCommand(cmd *Command, given array) {
	p.applyCommand(cmd, v1Fields(given, v1Changes))
	if texts := given.sub("LANG"); len(texts) > 0 {
		cmd.v1SetTexts(texts)
	}
	p.feed.publish(Change{Kind: KindBot})
}

// v1CommandBinding reads where commands are to go; none when that is not given.
func v1CommandBinding(given array, o owner) ([]binding, error) {
	address := text(given.get(v1CommandHandler.param))
	if address == "" {
		return nil, nil
	}
	if checkCallback(address) != nil {
		return nil, v1CommandHandler.wrong()
	}
	return []binding{{event: v1EventCommand, url: o.signed(address)}}, nil
}

// v1SetTexts reads titles and parameters by language. What has no title is left out.
func (cmd *Command) v1SetTexts(texts array) {
	cmd.Title, cmd.Params = map[string]string{}, map[string]string{}
	for _, e := range texts {
		t, _ := e.value.(array)
		language := strings.ToLower(text(t.get("LANGUAGE_ID")))
		if language == "" || t.get("TITLE") == nil {
			continue
		}
		cmd.Title[language], cmd.Params[language] = text(t.get("TITLE")), text(t.get("PARAMS"))
	}
}

// v1OwnCommand finds a command by its id and checks that the caller owns it.
func (p *Portal) v1OwnCommand(c call, caller owner) (*bot, *Command, error) {
	id := bitrix.CommandID(intval(c.params.get("COMMAND_ID")))
	for _, b := range p.botsByID() {
		i := slices.IndexFunc(b.commands, func(cmd *Command) bool { return cmd.ID == id })
		if i < 0 {
			continue
		}
		if b.owner != caller {
			return nil, nil, errV1NotCommander
		}
		return b, b.commands[i], nil
	}
	return nil, nil, errV1NoCommand
}

// v1CommandUpdate is imbot.command.update. Neither the name nor COMMON can change: the documentation has the name
// among the fields, the portal's source does not read it.
func (p *Portal) v1CommandUpdate(c call, caller owner) (any, error) {
	b, cmd, err := p.v1OwnCommand(c, caller)
	if err != nil {
		return nil, err
	}
	if b.mode == modeFetch {
		return nil, errV1FetchBot
	}
	fields := c.params.sub("FIELDS")
	to, err := v1CommandBinding(fields, caller)
	if err != nil {
		return nil, err
	}
	if len(v1Fields(fields, v1Changes)) == 0 && len(fields.sub("LANG")) == 0 && to == nil {
		return nil, errV1NoFields
	}
	p.v1ApplyCommand(cmd, fields)
	p.v1Bind(caller, to...)
	return true, nil
}

// v1CommandUnregister is imbot.command.unregister.
func (p *Portal) v1CommandUnregister(c call, caller owner) (any, error) {
	b, cmd, err := p.v1OwnCommand(c, caller)
	if err != nil {
		return nil, err
	}
	p.removeCommand(b, cmd)
	return true, nil
}

// v1Commanded finds the command an answer is for, by its id or its name.
func (p *Portal) v1Commanded(c call, caller owner) (*bot, *Command, error) {
	if c.params.get("COMMAND_ID") != nil {
		return p.v1OwnCommand(c, caller)
	}
	for _, b := range p.botsOf(caller) {
		if cmd := p.commandOf(b.id, text(c.params.get("COMMAND"))); cmd != nil {
			return b, cmd, nil
		}
	}
	return nil, nil, errV1NoCommand
}

// v1CommandAnswer is imbot.command.answer. A bot whose time to answer has run out is told it succeeded, with true
// instead of an id, and nothing is written.
func (p *Portal) v1CommandAnswer(c call, caller owner) (any, error) {
	b, _, err := p.v1Commanded(c, caller)
	if err != nil {
		return nil, err
	}
	id := bitrix.MessageID(intval(c.params.get("MESSAGE_ID")))
	if id <= 0 {
		return nil, errV1NoQuestion
	}
	fields, err := v1Message(c.params)
	if err != nil {
		return nil, err
	}
	to := p.messages[id]
	if to == nil {
		return nil, errV1NotAdded
	}
	m, err := p.draft(b, to.chat, fields)
	if err != nil {
		return nil, err
	}
	switch {
	case !p.mayAnswer(b, to.chat, c.now):
		return true, nil
	case c.dies:
		return nil, errSending
	}
	return p.writeAnswer(b, m).id, nil
}
