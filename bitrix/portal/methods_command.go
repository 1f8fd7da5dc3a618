package portal

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// commandRegister is imbot.v2.Command.register. A command there is comes back as it is, with nothing applied.
func (p *Portal) commandRegister(c call) (any, error) {
	b, err := p.ownBot(c)
	if err != nil {
		return nil, err
	}
	fields := c.params.sub("fields")
	given, ok := fields.lookup("command")
	if !ok || given == "" {
		return nil, errNoCommandName
	}
	name, ok := commandName(given)
	if !ok {
		return nil, errCommandName
	}
	if known := p.commandOf(b.id, name); known != nil {
		return commandAnswer(known), nil
	}
	cmd := &Command{ID: p.nextCommand, Bot: b.id, Name: name}
	p.applyCommand(cmd, fields)
	if !cmd.Hidden && len(cmd.Title) == 0 {
		return nil, errCommandTitle
	}
	p.nextCommand++
	b.commands = append(b.commands, cmd)
	p.feed.publish(Change{Kind: KindBot})
	return commandAnswer(cmd), nil
}

// commandName reads a name, given with its slash or without.
func commandName(v any) (string, bool) {
	s, ok := v.(string)
	name := strings.TrimPrefix(s, "/")
	return name, ok && name != ""
}

func (p *Portal) applyCommand(cmd *Command, fields array) {
	setFlag(&cmd.Common, fields, "common")
	setFlag(&cmd.Hidden, fields, "hidden")
	setFlag(&cmd.Extranet, fields, "extranetSupport")
	p.setTexts(&cmd.Title, fields, "title")
	p.setTexts(&cmd.Params, fields, "params")
}

// setTexts reads texts by language; a plain text is in the portal's.
func (p *Portal) setTexts(field *map[string]string, fields array, key string) {
	switch v := fields.get(key).(type) {
	case array:
		*field = map[string]string{}
		for _, e := range v {
			(*field)[e.key] = text(e.value)
		}
	case string:
		*field = map[string]string{p.options.Language: v}
	}
}

func commandAnswer(cmd *Command) array {
	return array{{"command", array{
		{"id", cmd.ID},
		{"botId", cmd.Bot},
		{"command", "/" + cmd.Name},
		{"common", cmd.Common},
		{"hidden", cmd.Hidden},
		{"extranetSupport", cmd.Extranet},
	}}}
}

// ownCommand finds the command a call names among those of its bot.
func (p *Portal) ownCommand(c call) (*bot, *Command, error) {
	b, err := p.ownBot(c)
	if err != nil {
		return nil, nil, err
	}
	id := bitrix.CommandID(intval(c.params.get("commandId")))
	i := slices.IndexFunc(b.commands, func(cmd *Command) bool { return cmd.ID == id })
	if i < 0 {
		return nil, nil, errNoCommand
	}
	return b, b.commands[i], nil
}

// commandUpdate is imbot.v2.Command.update.
func (p *Portal) commandUpdate(c call) (any, error) {
	b, cmd, err := p.ownCommand(c)
	if err != nil {
		return nil, err
	}
	fields := c.params.sub("fields")
	if given, ok := fields.lookup("command"); ok {
		if err := p.rename(b, cmd, given); err != nil {
			return nil, err
		}
	}
	p.applyCommand(cmd, fields)
	p.feed.publish(Change{Kind: KindBot})
	return commandAnswer(cmd), nil
}

func (p *Portal) rename(b *bot, cmd *Command, given any) error {
	if given == "" {
		return errCommandEmpty
	}
	name, ok := commandName(given)
	if !ok {
		return errCommandName
	}
	if other := p.commandOf(b.id, name); other != nil && other != cmd {
		return errCommandTaken
	}
	cmd.Name = name
	return nil
}

// commandList is imbot.v2.Command.list.
func (p *Portal) commandList(c call) (any, error) {
	b, err := p.ownBot(c)
	if err != nil {
		return nil, err
	}
	all := array{}
	for _, cmd := range b.commands {
		all = all.push(array{
			{"id", cmd.ID},
			{"botId", cmd.Bot},
			{"command", "/" + cmd.Name},
			{"title", p.inLanguage(cmd.Title)},
			{"params", p.inLanguage(cmd.Params)},
			{"common", cmd.Common},
			{"hidden", cmd.Hidden},
			{"extranetSupport", cmd.Extranet},
			{"category", p.people[bitrix.UserID(b.id)].Name()},
			{"context", ""},
		})
	}
	return array{{"commands", all}}, nil
}

// inLanguage picks the portal's language, else English.
func (p *Portal) inLanguage(texts map[string]string) string {
	return cmp.Or(texts[p.options.Language], texts["en"])
}

// commandUnregister is imbot.v2.Command.unregister.
func (p *Portal) commandUnregister(c call) (any, error) {
	b, cmd, err := p.ownCommand(c)
	if err != nil {
		return nil, err
	}
	p.removeCommand(b, cmd)
	return done(), nil
}

func (p *Portal) removeCommand(b *bot, cmd *Command) {
	b.commands = slices.DeleteFunc(b.commands, func(other *Command) bool { return other == cmd })
	p.feed.publish(Change{Kind: KindBot})
}
