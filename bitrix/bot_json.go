package bitrix

// wire is f as the portal takes it. What is yes or no is always sent, so that an update can say no.
func (f BotFields) wire() map[string]any {
	fields := map[string]any{"isReactionsEnabled": f.ReactionsEnabled, "isHidden": f.Hidden}
	setText(fields, "type", string(f.Type))
	setText(fields, "eventMode", string(f.EventMode))
	setText(fields, "webhookUrl", f.WebhookURL)

	properties := map[string]any{}
	setText(properties, "name", f.Name)
	setText(properties, "lastName", f.LastName)
	setText(properties, "workPosition", f.WorkPosition)
	setText(properties, "color", f.Color)
	setText(properties, "gender", string(f.Gender))
	if len(properties) > 0 {
		fields["properties"] = properties
	}
	return fields
}

func setText(to map[string]any, key, text string) {
	if text != "" {
		to[key] = text
	}
}

// botAnswer is a bot, or a page of them, with the users they are: the portal tells names there.
type botAnswer struct {
	Bot   wireBot                `json:"bot"`
	Bots  looseList[wireBot]     `json:"bots"`
	Users looseList[wireBotUser] `json:"users"`
	More  looseBool              `json:"hasNextPage"`
}

type wireBot struct {
	ID        looseInt    `json:"id"`
	Code      looseString `json:"code"`
	Type      looseString `json:"type"`
	EventMode looseString `json:"eventMode"`
	Hidden    looseBool   `json:"isHidden"`
	Reactions looseBool   `json:"isReactionsEnabled"`
	Language  looseString `json:"language"`
}

type wireBotUser struct {
	ID           looseInt    `json:"id"`
	FirstName    looseString `json:"firstName"`
	LastName     looseString `json:"lastName"`
	WorkPosition looseString `json:"workPosition"`
	Color        looseString `json:"color"`
	Gender       looseString `json:"gender"`
}

func (a botAnswer) all() []Bot {
	var bots []Bot
	for _, b := range a.Bots {
		bots = append(bots, a.joined(b))
	}
	return bots
}

// joined adds to b what its user says.
func (a botAnswer) joined(b wireBot) Bot {
	bot := Bot{
		ID:               BotID(b.ID),
		Code:             string(b.Code),
		Type:             BotType(b.Type),
		EventMode:        EventMode(b.EventMode),
		Hidden:           bool(b.Hidden),
		ReactionsEnabled: bool(b.Reactions),
		Language:         string(b.Language),
	}
	for _, u := range a.Users {
		if u.ID == b.ID {
			bot.Name, bot.LastName = string(u.FirstName), string(u.LastName)
			bot.WorkPosition, bot.Color, bot.Gender = string(u.WorkPosition), string(u.Color), Gender(u.Gender)
		}
	}
	return bot
}
