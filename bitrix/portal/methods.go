package portal

import "strings"

// revision is of the bot API: what imbot.v2.Revision.get tells.
const revision = 36

// handlers are the methods there are, by name in lower case. A batch is none of them.
func (p *Portal) handlers() map[string]handler {
	methods := map[string]handler{
		"im.user.get":                p.userGet,
		"im.user.list.get":           p.userList,
		"im.search.user.list":        p.userSearch,
		"im.department.get":          p.departmentGet,
		"im.department.managers.get": p.departmentManagers,

		"imbot.v2.Bot.register":   p.botRegister,
		"imbot.v2.Bot.update":     p.botUpdate,
		"imbot.v2.Bot.get":        p.botGet,
		"imbot.v2.Bot.list":       p.botList,
		"imbot.v2.Bot.unregister": p.botUnregister,

		"imbot.v2.Command.register":   p.commandRegister,
		"imbot.v2.Command.update":     p.commandUpdate,
		"imbot.v2.Command.list":       p.commandList,
		"imbot.v2.Command.unregister": p.commandUnregister,
		"imbot.v2.Command.answer":     p.commandReply,

		"imbot.v2.Chat.Message.send":       p.messageSend,
		"imbot.v2.Chat.Message.update":     p.messageUpdate,
		"imbot.v2.Chat.Message.delete":     p.messageDelete,
		"imbot.v2.Chat.Message.read":       p.messageRead,
		"imbot.v2.Chat.InputAction.notify": p.inputAction,

		"imbot.v2.Event.get":    p.eventGet,
		"imbot.v2.Revision.get": p.revisions,

		"server.time": p.serverTime,
		"scope":       p.scope,
		"app.info":    p.appInfo,
		"profile":     p.profile,
	}
	byName := make(map[string]handler, len(methods))
	for name, h := range methods {
		byName[strings.ToLower(name)] = h
	}
	return byName
}

func (p *Portal) revisions(call) (any, error) {
	return array{{"rest", revision}, {"web", 130}, {"mobile", 23}, {"desktop", 6}}, nil
}

func (p *Portal) serverTime(c call) (any, error) { return atom(c.now), nil }

// scope is what the webhook may do: people and bots.
func (p *Portal) scope(call) (any, error) { return list("im", "imbot"), nil }

// appInfo is app.info as an incoming webhook gets it: there is no application.
func (p *Portal) appInfo(call) (any, error) {
	return array{
		{"SCOPE", list("im", "imbot")},
		{"LICENSE", p.options.Language + "_demo"},
	}, nil
}

func (p *Portal) profile(c call) (any, error) {
	who := p.people[c.caller]
	return array{
		{"ID", text(who.ID)},
		{"ADMIN", who.ID == admin},
		{"NAME", who.First},
		{"LAST_NAME", who.Last},
		{"PERSONAL_GENDER", who.Gender},
		{"PERSONAL_PHOTO", p.avatar(*who)},
	}, nil
}
