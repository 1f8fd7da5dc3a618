package bot

import (
	"context"
	"errors"
	"fmt"

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

// Register makes the portal's bot and commands be as they should. It may be repeated and interrupted at any point.
// Registering what exists changes nothing on a portal, so it is followed by an update.
func Register(ctx context.Context, p *Portal, profile Profile) (bitrix.Bot, error) {
	fields := botFields(profile)
	registered, err := p.Client.RegisterBot(ctx, fields)
	if err != nil {
		return bitrix.Bot{}, fmt.Errorf("register bot: %w", err)
	}
	if err := p.Client.UpdateBot(ctx, registered.ID, fields); err != nil {
		return bitrix.Bot{}, fmt.Errorf("update bot: %w", err)
	}
	return registered, registerCommands(ctx, p, registered.ID)
}

// Unregister removes the bot and, with it, its commands. A bot that is not there is no error.
func Unregister(ctx context.Context, p *Portal, code string) error {
	bots, err := p.Client.Bots(ctx)
	if err != nil {
		return fmt.Errorf("find bot: %w", err)
	}
	for _, b := range bots {
		if b.Code != code {
			continue
		}
		if err := p.Client.UnregisterBot(ctx, b.ID); err != nil && !errors.Is(err, bitrix.ErrBotNotFound) {
			return fmt.Errorf("remove bot: %w", err)
		}
	}
	return nil
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

// registerCommands adds what is missing, brings the rest up to date and removes what the bot has no more.
func registerCommands(ctx context.Context, p *Portal, id bitrix.BotID) error {
	present, err := p.Client.BotCommands(ctx, id)
	if err != nil {
		return fmt.Errorf("list commands: %w", err)
	}
	ids := map[string]bitrix.CommandID{}
	for _, c := range present {
		ids[c.Command] = c.ID
	}
	for _, d := range p.Commands.Descriptions() {
		if err := registerCommand(ctx, p.Client, id, ids[d.Name], d); err != nil {
			return fmt.Errorf("register command %s: %w", d.Name, err)
		}
		delete(ids, d.Name)
	}
	for name, command := range ids {
		if err := p.Client.UnregisterCommand(ctx, id, command); err != nil {
			return fmt.Errorf("remove command %s: %w", name, err)
		}
	}
	return nil
}

// registerCommand makes one command as described; present is 0 when the portal does not have it yet. Commands are common:
// they work in chats the bot is not in.
func registerCommand(ctx context.Context, c *bitrix.Client, id bitrix.BotID, present bitrix.CommandID, d commands.Description) error {
	fields := bitrix.CommandFields{Command: d.Name, Title: d.Title, Params: d.Params, Common: true}
	if present != 0 {
		return c.UpdateCommand(ctx, id, present, fields)
	}
	_, err := c.RegisterCommand(ctx, id, fields)
	return err
}
