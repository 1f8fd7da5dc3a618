package portal

import "strings"

// revision is of the bot API: what imbot.v2.Revision.get tells.
const revision = 36

// handlers are the methods there are, by name in lower case. A batch is none of them.
func (p *Portal) handlers() map[string]handler {
	byName := map[string]handler{}
	for _, methods := range []map[string]handler{p.commonHandlers(), p.v1Handlers(), p.v2Handlers()} {
		for name, h := range methods {
			byName[strings.ToLower(name)] = h
		}
	}
	return byName
}

// commonHandlers are those every portal has.
func (p *Portal) commonHandlers() map[string]handler {
	return map[string]handler{
		"im.user.get":                 p.userGet,
		"im.user.list.get":            p.userList,
		"im.search.user.list":         p.userSearch,
		"im.department.get":           p.departmentGet,
		"im.department.managers.get":  p.departmentManagers,
		"im.department.employees.get": p.departmentEmployees,
		"user.get":                    p.userProfiles,

		"server.time": p.serverTime,
		"scope":       p.scope,
		"app.info":    p.appInfo,
		"profile":     p.profile,
	}
}

// v2Handlers are the methods of API v2; an older portal has none.
func (p *Portal) v2Handlers() map[string]handler {
	if p.options.V1Only {
		return nil
	}
	return map[string]handler{
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
	}
}

func (p *Portal) revisions(call) (any, error) {
	return array{{"rest", revision}, {"web", 130}, {"mobile", 23}, {"desktop", 6}}, nil
}

func (p *Portal) serverTime(c call) (any, error) { return atom(c.now), nil }
