package portal

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// Dialog is a chat as one person sees it.
type Dialog struct {
	ID      bitrix.DialogID // the other one's id in a private chat ("456"), "chat142" in a group
	ChatID  int64           // 0 while nobody has written in a private chat
	Title   string
	Kind    string // "private" or "chat"
	Members []bitrix.UserID
}

// Kinds of Dialog.
const (
	kindPrivate = "private"
	kindGroup   = "chat"
)

// What people cannot do in chats.
var (
	errUnknownPerson = errors.New("no such person")
	errUnknownChat   = errors.New("no such chat")
	errStranger      = errors.New("not a member of the chat")
)

// chat is one conversation with its last messages.
type chat struct {
	id       int64
	title    string
	private  bool
	owner    bitrix.UserID
	members  []bitrix.UserID
	messages []*message
}

func (c *chat) has(user bitrix.UserID) bool { return slices.Contains(c.members, user) }

// dialog is how a chat is addressed by somebody: by the other one in a private chat of theirs.
func (c *chat) dialog(as bitrix.UserID) bitrix.DialogID {
	if !c.private || !c.has(as) {
		return bitrix.DialogID("chat" + strconv.FormatInt(c.id, 10))
	}
	return privateDialog(c.partner(as))
}

func (c *chat) partner(of bitrix.UserID) bitrix.UserID {
	if c.members[0] == of {
		return c.members[1]
	}
	return c.members[0]
}

func privateDialog(with bitrix.UserID) bitrix.DialogID {
	return bitrix.DialogID(strconv.FormatInt(int64(with), 10))
}

// pair names the private chat of two.
type pair [2]bitrix.UserID

func pairOf(a, b bitrix.UserID) pair { return pair{min(a, b), max(a, b)} }

// address is a dialog taken apart: exactly one field is set, neither in what is no dialog.
type address struct {
	group   int64
	partner bitrix.UserID
}

func parseDialog(d bitrix.DialogID) address {
	number, isGroup := strings.CutPrefix(string(d), "chat")
	n, err := strconv.ParseInt(number, 10, 64)
	switch {
	case err != nil || n <= 0:
		return address{}
	case isGroup:
		return address{group: n}
	}
	return address{partner: bitrix.UserID(n)}
}

// chatOf finds the chat somebody means by a dialog; nil when it was never opened.
func (p *Portal) chatOf(as bitrix.UserID, d bitrix.DialogID) *chat {
	a := parseDialog(d)
	if a.group > 0 {
		return p.chats[a.group]
	}
	return p.pairs[pairOf(as, a.partner)]
}

// openPrivate finds the private chat of two, or opens it. A bot hears of the first time.
func (p *Portal) openPrivate(by, with bitrix.UserID) *chat {
	if c := p.pairs[pairOf(by, with)]; c != nil {
		return c
	}
	c := &chat{id: p.nextChat, private: true, owner: by, members: []bitrix.UserID{by, with}}
	p.nextChat++
	p.chats[c.id] = c
	p.pairs[pairOf(by, with)] = c
	p.feed.publish(Change{Kind: KindDialog, Chat: c.id})
	if b := p.bots[bitrix.BotID(with)]; b != nil && !p.options.Settled {
		p.tellOfJoin(b, c, by)
	}
	return c
}

// Open is a person opening the private chat with a bot. The bot hears of the first time.
func (p *Portal) Open(who bitrix.UserID, id bitrix.BotID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.bots[id]
	if p.people[who] == nil || b == nil {
		return errUnknownPerson
	}
	opened := p.pairs[pairOf(who, bitrix.UserID(id))] != nil
	c := p.openPrivate(who, bitrix.UserID(id))
	if !opened && p.options.Settled {
		p.tellOfJoin(b, c, who)
	}
	return nil
}

// Dialogs returns the private chat with each bot, begun or not, and every other chat the person is in.
func (p *Portal) Dialogs(as bitrix.UserID) []Dialog {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []Dialog
	for _, b := range p.botsByID() {
		if p.pairs[pairOf(as, bitrix.UserID(b.id))] == nil && bitrix.UserID(b.id) != as {
			unopened := &chat{private: true, members: []bitrix.UserID{as, bitrix.UserID(b.id)}}
			all = append(all, p.dialogAs(as, unopened))
		}
	}
	for _, c := range slices.SortedFunc(maps.Values(p.chats), func(a, b *chat) int { return cmp.Compare(a.id, b.id) }) {
		if c.has(as) {
			all = append(all, p.dialogAs(as, c))
		}
	}
	return all
}

func (p *Portal) dialogAs(as bitrix.UserID, c *chat) Dialog {
	d := Dialog{ID: c.dialog(as), ChatID: c.id, Title: c.title, Kind: kindGroup, Members: slices.Clone(c.members)}
	if c.private {
		d.Kind = kindPrivate
		if who := p.people[c.partner(as)]; who != nil {
			d.Title = who.Name()
		}
	}
	return d
}

// NewGroup opens a group chat; the first member owns it. A bot among the members is told.
func (p *Portal) NewGroup(title string, members ...bitrix.UserID) bitrix.DialogID {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := &chat{id: p.nextChat, title: title}
	p.nextChat++
	p.chats[c.id] = c
	if len(members) > 0 {
		c.owner = members[0]
	}
	for _, m := range members {
		p.begin(c, m)
	}
	return c.dialog(0)
}

// Join adds somebody to a group. A bot is told by ONIMBOTV2JOINCHAT.
func (p *Portal) Join(d bitrix.DialogID, user bitrix.UserID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.chats[parseDialog(d).group]
	if c == nil || c.private {
		return errUnknownChat
	}
	if p.people[user] == nil {
		return errUnknownPerson
	}
	if p.join(c, user) {
		p.tellOfMember(c, user)
	}
	return nil
}

// join reports whether somebody is new in a group.
func (p *Portal) join(c *chat, user bitrix.UserID) bool {
	if c.has(user) {
		return false
	}
	c.members = append(c.members, user)
	p.feed.publish(Change{Kind: KindDialog, Chat: c.id})
	return true
}

// begin brings somebody in with whom a group begins.
func (p *Portal) begin(c *chat, user bitrix.UserID) {
	if p.join(c, user) && !p.options.Settled {
		p.tellOfMember(c, user)
	}
}

// tellOfMember tells a bot that it is in a group now.
func (p *Portal) tellOfMember(c *chat, user bitrix.UserID) {
	if b := p.bots[bitrix.BotID(user)]; b != nil {
		p.tellOfJoin(b, c, c.owner)
	}
}

// Leave takes somebody out of a group.
func (p *Portal) Leave(d bitrix.DialogID, user bitrix.UserID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.chats[parseDialog(d).group]
	if c == nil || c.private {
		return errUnknownChat
	}
	if !c.has(user) {
		return errStranger
	}
	c.members = slices.DeleteFunc(c.members, func(m bitrix.UserID) bool { return m == user })
	p.feed.publish(Change{Kind: KindDialog, Chat: c.id})
	return nil
}
