package portal

import (
	"strconv"

	"github.com/whois24/whois24/bitrix"
)

// Profile is the shape of people's data in answers.
type Profile int

// Profiles.
const (
	Current Profile = iota // today's portals: the status is "online" for everybody
	Old                    // old and self-hosted ones: real statuses, fewer fields
)

// SetProfile changes the shape of people's data from now on, as when a portal is updated.
func (p *Portal) SetProfile(to Profile) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.options.Profile = to
}

// restUser is a person as im.user.get shows one.
func (p *Portal) restUser(who *Person, hr bool) array {
	if p.options.Profile == Old {
		return p.oldUser(p.seen(who), hr)
	}
	return p.currentUser(p.seen(who))
}

// currentUser has a status that says nothing and no moments but the last activity.
func (p *Portal) currentUser(who Person) array {
	u := array{{"id", who.ID}, {"active", who.Active}}
	u = append(u, p.names(who)...)
	u = append(u, entry{"avatar_hr", p.avatar(who)})
	u = append(u, traits(who)...)
	return append(
		u,
		entry{"status", "online"},
		entry{"idle", false},
		entry{"last_activity_date", atomOrFalse(who.LastSeen)},
		entry{"mobile_last_date", false},
		entry{"desktop_last_date", false},
		entry{"absent", p.absent(who)},
		entry{"departments", list(who.Departments...)},
		entry{"phones", phones(who.Phones)},
		entry{"bot_data", p.botData(who)},
		entry{"type", kind(who)},
		entry{"website", ""},
		entry{"email", who.Email},
	)
}

// oldUser has real statuses, phones with empty texts, and neither activity nor kind of account.
func (p *Portal) oldUser(who Person, hr bool) array {
	u := append(array{{"id", who.ID}}, p.names(who)...)
	u = append(u, traits(who)...)
	u = append(
		u,
		entry{"status", who.Status},
		entry{"idle", atomOrFalse(who.Idle)},
		entry{"last_activity_date", atomOrFalse(who.LastSeen)},
		entry{"desktop_last_date", false},
		entry{"mobile_last_date", mobile(who)},
		entry{"departments", list(who.Departments...)},
		entry{"absent", p.absent(who)},
		entry{"phones", array{
			{"work_phone", who.Phones.Work},
			{"personal_mobile", who.Phones.Mobile},
			{"personal_phone", who.Phones.Personal},
		}},
	)
	if hr {
		u = append(u, entry{"avatar_hr", p.avatar(who)})
	}
	return u
}

func (p *Portal) names(who Person) array {
	return array{
		{"name", who.Name()},
		{"first_name", who.First},
		{"last_name", who.Last},
		{"work_position", who.Position},
		{"color", who.Color},
		{"avatar", p.avatar(who)},
	}
}

func traits(who Person) array {
	return array{
		{"gender", gender(who)},
		{"birthday", who.Birthday},
		{"extranet", who.outsider()},
		{"network", false},
		{"bot", who.Bot},
		{"connector", who.Connector},
		{"external_auth_id", authID(who)},
	}
}

// botData tells more of a bot; null for people.
func (p *Portal) botData(who Person) any {
	b := p.bots[bitrix.BotID(who.ID)]
	if b == nil {
		return nil
	}
	return array{
		{"id", b.id},
		{"code", b.code},
		{"type", b.kind},
		{"app_id", ""},
		{"is_hidden", b.hidden},
		{"is_support_openline", b.openline},
		{"openline", b.openline},
		{"background_id", b.background},
		{"reactions_enabled", b.reactions},
	}
}

// gender is M for everybody who did not say.
func gender(who Person) bitrix.Gender {
	if who.Gender == "F" {
		return "F"
	}
	return "M"
}

// absent is the first day back while somebody is on leave.
func (p *Portal) absent(who Person) any {
	if !who.AbsentUntil.After(p.now()) {
		return false
	}
	return atom(who.AbsentUntil)
}

func mobile(who Person) any {
	if !who.Mobile {
		return false
	}
	return atomOrFalse(who.LastSeen)
}

// phones holds the numbers that are there, or is false.
func phones(ph bitrix.Phones) any {
	var filled array
	for _, e := range (array{
		{"personal_mobile", ph.Mobile},
		{"work_phone", ph.Work},
		{"inner_phone", ph.Inner},
		{"personal_phone", ph.Personal},
	}) {
		if e.value != "" {
			filled = append(filled, e)
		}
	}
	if filled == nil {
		return false
	}
	return filled
}

func kind(who Person) string {
	switch {
	case who.Bot:
		return "bot"
	case who.Collaber:
		return "collaber"
	case who.outsider():
		return "extranet"
	}
	return "user"
}

func authID(who Person) string {
	switch {
	case who.Bot:
		return "bot"
	case who.Connector:
		return "imconnector"
	case who.Extranet && !who.Collaber:
		return "socservices"
	}
	return "default"
}

func (p *Portal) avatar(who Person) string {
	if who.Connector {
		return ""
	}
	return p.place.Load().base + avatarPath + strconv.FormatInt(int64(who.ID), 10) + ".svg"
}
