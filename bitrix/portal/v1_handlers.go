package portal

import (
	"slices"
	"strings"
)

// Events of API v1.
const (
	v1EventAdd     = "ONIMBOTMESSAGEADD"
	v1EventUpdate  = "ONIMBOTMESSAGEUPDATE"
	v1EventErase   = "ONIMBOTMESSAGEDELETE"
	v1EventJoin    = "ONIMBOTJOINCHAT"
	v1EventDelete  = "ONIMBOTDELETE"
	v1EventCommand = "ONIMCOMMANDADD"
)

// v1Handler is a parameter that says where events of a name go. Registering a bot needs those that have a title.
type v1Handler struct{ param, event, title string }

var v1BotHandlers = []v1Handler{
	{"EVENT_MESSAGE_ADD", v1EventAdd, "Message add"},
	{"EVENT_MESSAGE_UPDATE", v1EventUpdate, ""},
	{"EVENT_MESSAGE_DELETE", v1EventErase, ""},
	{"EVENT_WELCOME_MESSAGE", v1EventJoin, "Welcome message"},
	{"EVENT_BOT_DELETE", v1EventDelete, "Bot delete"},
}

var v1CommandHandler = v1Handler{"EVENT_COMMAND_ADD", v1EventCommand, "Command add"}

// v1AllHandlers is the parameter that stands for all of v1BotHandlers.
const v1AllHandlers = "EVENT_HANDLER"

func (h v1Handler) missing() error {
	return &restError{code: h.param + "_ERROR", text: "Handler for \"" + h.title + "\" event isn't specified"}
}

func (h v1Handler) wrong() error {
	return &restError{code: h.param + "_ERROR", text: "Wrong handler URL"}
}

// binding is where an owner's events of a name go.
type binding struct {
	event, url string
	id         int // event_handler_id
}

// v1Bindings reads where a bot's events are to go.
func v1Bindings(given array, o owner) ([]binding, error) {
	var all []binding
	for _, h := range v1BotHandlers {
		address := text(given.get(v1AllHandlers))
		if address == "" {
			address = text(given.get(h.param))
		}
		if address == "" {
			continue
		}
		if checkCallback(address) != nil {
			return nil, h.wrong()
		}
		all = append(all, binding{event: h.event, url: o.signed(address)})
	}
	return all, nil
}

// v1Complete tells which address registering a bot cannot do without.
func v1Complete(given []binding) error {
	for _, h := range v1BotHandlers {
		if h.title != "" && !slices.ContainsFunc(given, func(b binding) bool { return b.event == h.event }) {
			return h.missing()
		}
	}
	return nil
}

// signed is an address as the portal keeps it: with an incoming webhook CLIENT_ID is appended to its query, as it is.
func (o owner) signed(address string) string {
	if o.app != "" {
		return address
	}
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + "CLIENT_ID=" + o.token
}

// v1Bind sends an owner's events to these addresses from now on. All bots of an owner share them, and they outlive
// the bots.
func (p *Portal) v1Bind(o owner, bindings ...binding) {
	for _, b := range bindings {
		b.id = p.nextHandler
		p.nextHandler++
		rest := slices.DeleteFunc(p.bound[o], func(old binding) bool { return old.event == b.event })
		p.bound[o] = append(rest, b)
	}
}

// v1Binding finds where an owner's events of a name go.
func (p *Portal) v1Binding(o owner, event string) (binding, bool) {
	i := slices.IndexFunc(p.bound[o], func(b binding) bool { return b.event == event })
	if i < 0 {
		return binding{}, false
	}
	return p.bound[o][i], true
}
