package bot

import (
	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// Profile is how the bot presents itself on a portal.
type Profile struct {
	Code       string
	Name       string
	Position   string
	WebhookURL string // where the portal posts events; empty: it keeps them for us to fetch
}

func botFields(p Profile) bitrix.BotFields {
	fields := bitrix.BotFields{
		Code:         p.Code,
		Name:         p.Name,
		WorkPosition: p.Position,
		Type:         bitrix.BotOrdinary,
		EventMode:    bitrix.EventsFetched,
	}
	if p.WebhookURL != "" {
		fields.EventMode, fields.WebhookURL = bitrix.EventsPosted, p.WebhookURL
	}
	return fields
}

// commandFields are the commands as the portal gets them. They are common: they work in chats the bot is not in.
func commandFields(set *commands.Set, api bitrix.API, p Profile) []bitrix.CommandFields {
	var all []bitrix.CommandFields
	for _, d := range set.Descriptions() {
		f := bitrix.CommandFields{Command: d.Name, Title: coded(d.Title), Params: coded(d.Params), Common: true}
		if api == bitrix.APIv1 {
			f.Handler = p.WebhookURL
		}
		all = append(all, f)
	}
	return all
}

// coded are texts by what a portal calls their languages.
func coded(texts map[string]string) map[string]string {
	if texts == nil {
		return nil
	}
	all := make(map[string]string, len(texts))
	for lang, text := range texts {
		all[bitrix.LanguageCode(lang)] = text
	}
	return all
}
