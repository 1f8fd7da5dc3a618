package portal

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// Command is a slash command somebody registered.
type Command struct {
	ID            bitrix.CommandID
	Bot           bitrix.BotID
	Name          string            // without the slash
	Title, Params map[string]string // by language
	Common        bool              // works where the bot is no member
	Hidden        bool
	Extranet      bool // guests may use it
}

// Ways events reach a bot.
const (
	modeFetch   = "fetch"
	modeWebhook = "webhook"
)

const (
	maxBots     = 100 // of one owner
	maxBotToken = 40
)

// Types of bots that differ.
const (
	typeBot        = "bot"
	typeOpenline   = "openline"
	typeSupervisor = "supervisor"
	typePersonal   = "personal"
)

var botTypes = []string{typeBot, "network", typeOpenline, typeSupervisor, typePersonal}

// bot is a registered bot; its name and looks are in the Person of the same id.
type bot struct {
	id         bitrix.BotID
	code       string
	owner      owner
	generation generation
	kind       string // one of botTypes
	mode       string
	boundURL   string // where events go in webhook mode; empty: nowhere
	hidden     bool
	openline   bool
	reactions  bool
	background any
	handlerID  int // event_handler_id of the first event
	heard      int // messages and commands so far

	commands []*Command
	pending  []queued
	access   map[*chat]time.Time // until when Command.answer works in a chat
}

// readsAll tells bots that get all messages of their chats.
func (b *bot) readsAll() bool { return b.kind == typeSupervisor || b.kind == typePersonal }

func (p *Portal) botsByID() []*bot {
	return slices.SortedFunc(maps.Values(p.bots), func(a, b *bot) int { return cmp.Compare(a.id, b.id) })
}

func (p *Portal) botByCode(code string) *bot {
	for _, b := range p.bots {
		if b.code == code {
			return b
		}
	}
	return nil
}

func (p *Portal) botsOf(o owner) []*bot {
	return slices.DeleteFunc(p.botsByID(), func(b *bot) bool { return b.owner != o })
}

// commandOf finds a bot's command by its exact name.
func (p *Portal) commandOf(id bitrix.BotID, name string) *Command {
	b := p.bots[id]
	if b == nil {
		return nil
	}
	i := slices.IndexFunc(b.commands, func(c *Command) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return b.commands[i]
}

// Commands returns all registered commands by id.
func (p *Portal) Commands() []Command {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []Command
	for _, b := range p.bots {
		for _, c := range b.commands {
			shown := *c
			shown.Title, shown.Params = maps.Clone(c.Title), maps.Clone(c.Params)
			all = append(all, shown)
		}
	}
	slices.SortFunc(all, func(a, b Command) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// ownBot finds the bot a call names and checks that the caller owns it.
func (p *Portal) ownBot(c call) (*bot, error) {
	caller, err := c.owner()
	if err != nil {
		return nil, err
	}
	id := bitrix.BotID(intval(c.params.get("botId")))
	if id == 0 {
		return nil, errNoBotID
	}
	b := p.bots[id]
	if b == nil {
		return nil, errNoBot
	}
	if b.owner != caller {
		return nil, errNotOwner
	}
	return b, nil
}

// checkCallback is all the portal asks of a handler's address: http or https, and a dot in the host.
func checkCallback(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.Contains(u.Hostname(), ".") {
		return errCallback
	}
	return nil
}

// publicBot is a bot as everybody sees it.
func (p *Portal) publicBot(b *bot) array {
	return array{
		{"id", b.id},
		{"code", b.code},
		{"type", b.kind},
		{"isHidden", b.hidden},
		{"isSupportOpenline", b.openline},
		{"isReactionsEnabled", b.reactions},
		{"backgroundId", b.background},
		{"language", p.options.Language},
	}
}

// botView is a bot as its owner sees it.
func (p *Portal) botView(b *bot) array {
	return append(
		p.publicBot(b),
		entry{"moduleId", "rest"},
		entry{"eventMode", b.mode},
		entry{"countMessage", b.heard},
		entry{"countCommand", len(b.commands)},
		entry{"countChat", p.countChats(b)},
		entry{"countUser", 0},
	)
}

func (p *Portal) countChats(b *bot) int {
	n := 0
	for _, c := range p.chats {
		if c.has(bitrix.UserID(b.id)) {
			n++
		}
	}
	return n
}

func (p *Portal) botAnswer(b *bot) array { return p.botWith(b, p.botView(b)) }

func (p *Portal) botWith(b *bot, view array) array {
	return array{
		{"bot", view},
		{"users", list(p.eventUser(*p.people[bitrix.UserID(b.id)]))},
	}
}
