package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/whois24/whois24/bitrix"
)

// errCannotFetch is the error of a portal that has bot API v1 only, which knows no fetching.
var errCannotFetch = errors.New("--public-url: is needed on this portal: it has only the first generation of the bot API (v1), " +
	"which cannot be asked for events; give the address where Bitrix24 reaches this program, like https://bot.example.com")

// Inspect compares a portal with what it should have. It reads only. Known is what the plan before left behind; nil: nobody
// knows, so what the portal does not tell is planned to be written again.
func Inspect(ctx context.Context, p *Portal, profile Profile, known *Known) (*Plan, error) {
	api, err := p.Client.Version(ctx)
	if err != nil {
		return nil, explained(fmt.Errorf("find out the bot API: %w", err))
	}
	if api == bitrix.APIv1 && profile.WebhookURL == "" {
		return nil, errCannotFetch
	}
	found, err := findBots(ctx, p, profile.Code)
	if err != nil {
		return nil, explained(err)
	}
	pl := &Plan{API: api, client: p.Client}
	if len(found) > 0 {
		pl.Bot = found[0]
	}
	pl.known = known.of(pl.Bot.ID)
	pl.inspectBot(botFields(profile))
	return pl, pl.compareCommands(ctx, commandFields(p.Commands, api, profile))
}

// inspectCommandsOf compares only the commands with what they should be, for a bot that is there. On bot API v1 each has the
// address it is posted to: without that in the profile there is nothing to plan.
func inspectCommandsOf(ctx context.Context, p *Portal, bot bitrix.Bot, profile Profile, known *Known) (*Plan, error) {
	api, err := p.Client.Version(ctx)
	if err != nil {
		return nil, explained(fmt.Errorf("find out the bot API: %w", err))
	}
	pl := &Plan{API: api, Bot: bot, client: p.Client, known: known.of(bot.ID)}
	pl.known.Bot = bot.ID
	if api == bitrix.APIv1 && profile.WebhookURL == "" {
		return pl, nil
	}
	return pl, pl.compareCommands(ctx, commandFields(p.Commands, api, profile))
}

// compareCommands plans for the commands, by what the portal lists or, where it does not, by what is remembered.
func (pl *Plan) compareCommands(ctx context.Context, wanted []bitrix.CommandFields) error {
	if pl.API == bitrix.APIv1 {
		pl.inspectRemembered(wanted)
		return nil
	}
	present, err := pl.commands(ctx)
	if err != nil {
		return explained(err)
	}
	pl.inspectCommands(wanted, present)
	return nil
}

// InspectRemoval plans to take the bot of a code off a portal. The portal removes its commands, chats and waiting events along
// with it.
func InspectRemoval(ctx context.Context, p *Portal, code string) (*Plan, error) {
	found, err := findBots(ctx, p, code)
	if err != nil {
		return nil, explained(err)
	}
	pl := &Plan{client: p.Client}
	for _, b := range found {
		pl.Bot = b
		pl.do(fmt.Sprintf("remove the bot %q, id %d, with its commands and chats", code, b.ID),
			func(ctx context.Context, pl *Plan, _ switcher) error {
				if err := pl.client.UnregisterBot(ctx, b.ID); err != nil && !errors.Is(err, bitrix.ErrBotNotFound) {
					return fmt.Errorf("remove bot: %w", err)
				}
				return nil
			})
	}
	return pl, nil
}

func findBots(ctx context.Context, p *Portal, code string) ([]bitrix.Bot, error) {
	all, err := p.Client.Bots(ctx)
	if err != nil {
		return nil, fmt.Errorf("find bot: %w", err)
	}
	return slices.DeleteFunc(all, func(b bitrix.Bot) bool { return b.Code != code }), nil
}

// inspectBot plans for the bot itself. Bot API v1 tells no more of it than that it is there.
func (pl *Plan) inspectBot(want bitrix.BotFields) {
	if pl.Bot.ID == 0 {
		pl.do(fmt.Sprintf("make the bot %q", want.Code), makeBot(want))
		return
	}
	differs := botDiffers(pl.Bot, want)
	same := pl.known.Settings == fingerprint(want)
	switch {
	case pl.API == bitrix.APIv2 && len(differs) > 0:
		pl.do(differs[0], updateBot(want))
		pl.Changes = append(pl.Changes, differs[1:]...)
	case same:
	case pl.known.Settings != "":
		pl.do("change the bot's settings", updateBot(want))
	case pl.API == bitrix.APIv1:
		pl.doBlindly("the bot's settings", updateBot(want))
	case want.WebhookURL != "":
		pl.doBlindly("the address events are posted to", updateBot(want))
	default: // all there is to know was seen
		pl.known.Bot, pl.known.Settings = pl.Bot.ID, fingerprint(want)
	}
}

// botDiffers says in words how a bot is not what it should be.
func botDiffers(is bitrix.Bot, want bitrix.BotFields) []string {
	var lines []string
	for _, c := range []struct{ what, is, want string }{
		{"name", is.Name, want.Name},
		{"position", is.WorkPosition, want.WorkPosition},
		{"type", string(is.Type), string(want.Type)},
		{"way of getting events", string(is.EventMode), string(want.EventMode)},
	} {
		if c.is != c.want {
			lines = append(lines, fmt.Sprintf("change the bot's %s from %q to %q", c.what, c.is, c.want))
		}
	}
	if is.Hidden != want.Hidden {
		lines = append(lines, "show the bot among the employees")
	}
	if is.ReactionsEnabled != want.ReactionsEnabled {
		lines = append(lines, "have the portal keep reactions to the bot's messages to itself")
	}
	return lines
}

// commands lists what the portal has.
func (pl *Plan) commands(ctx context.Context) ([]bitrix.RegisteredCommand, error) {
	if pl.Bot.ID == 0 {
		return nil, nil
	}
	list, err := pl.client.BotCommands(ctx, pl.Bot.ID)
	if err != nil {
		return nil, fmt.Errorf("list commands: %w", err)
	}
	return list, nil
}

// inspectCommands plans for the commands, by the portal's own list.
func (pl *Plan) inspectCommands(wanted []bitrix.CommandFields, present []bitrix.RegisteredCommand) {
	for _, want := range wanted {
		i := slices.IndexFunc(present, func(c bitrix.RegisteredCommand) bool { return c.Command == want.Command })
		if i < 0 {
			pl.do("add the command /"+want.Command, makeCommand(want))
			continue
		}
		pl.inspectCommand(present[i], want)
		present = slices.Delete(present, i, i+1)
	}
	for _, c := range present {
		pl.Foreign = append(pl.Foreign, c.Command)
		pl.do("remove the command /"+c.Command, removeCommand(c.Command, c.ID))
	}
}

// inspectCommand plans for a command that is there. The portal tells its texts in one language, nobody knows which.
func (pl *Plan) inspectCommand(is bitrix.RegisteredCommand, want bitrix.CommandFields) {
	known := pl.known.Commands[want.Command]
	switch {
	case !isOneOf(is.Title, want.Title) || !isOneOf(is.Params, want.Params):
		pl.do("change the texts of /"+want.Command, updateCommand(is.ID, want))
	case is.Common != want.Common || is.Hidden != want.Hidden || is.ExtranetSupport != want.ExtranetSupport:
		pl.do("change where /"+want.Command+" works", updateCommand(is.ID, want))
	case known.ID == is.ID && known.Texts == fingerprint(want):
	case known.ID == is.ID:
		pl.do("change the texts of /"+want.Command, updateCommand(is.ID, want))
	default:
		pl.doBlindly("the texts of /"+want.Command+" in all languages", updateCommand(is.ID, want))
	}
}

// isOneOf takes a text that is wanted nowhere for an empty one.
func isOneOf(text string, byLanguage map[string]string) bool {
	if len(byLanguage) == 0 {
		return text == ""
	}
	return slices.Contains(slices.Collect(maps.Values(byLanguage)), text)
}

// inspectRemembered plans for the commands of a portal that does not list them: by what was registered before.
func (pl *Plan) inspectRemembered(wanted []bitrix.CommandFields) {
	stale := maps.Clone(pl.known.Commands)
	for _, want := range wanted {
		known := stale[want.Command]
		delete(stale, want.Command)
		switch {
		case known.Texts == fingerprint(want):
		case pl.Bot.ID == 0:
			pl.do("add the command /"+want.Command, makeCommand(want))
		case known.ID != 0:
			pl.do("change the command /"+want.Command, updateCommand(known.ID, want))
		default:
			pl.doBlindly("the command /"+want.Command, makeCommand(want))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(stale)) {
		pl.do("remove the command /"+name, removeCommand(name, stale[name].ID))
	}
}
