package main

import (
	"net/http"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

// portalCalls makes what calls portals, all of it through one transport.
type portalCalls struct {
	settings  settings
	transport http.RoundTripper
}

// withWebhook is the portal of the incoming webhook.
func (c portalCalls) withWebhook() (*bot.Portal, error) {
	s := c.settings
	portal, err := c.portal(s.portal.Host(), bitrix.ClientOptions{Webhook: s.portal, BotToken: s.botToken})
	if err != nil {
		return nil, err
	}
	portal.TemplateKey = s.botToken
	return portal, nil
}

// withTokens is a portal that has the application.
func (c portalCalls) withTokens(name string, tokens bitrix.Tokens) (*bot.Portal, error) {
	return c.portal(name, bitrix.ClientOptions{Tokens: tokens})
}

// portal completes the client's options and adds the commands the bot has on the portal.
func (c portalCalls) portal(name string, o bitrix.ClientOptions) (*bot.Portal, error) {
	o.API = c.settings.botAPI
	o.HTTP = &http.Client{Transport: c.transport}
	o.UserAgent = userAgent()
	o.Rate, o.Burst = c.settings.rate, c.settings.burst
	client := bitrix.NewClient(o)
	set, err := commands.Default()
	if err != nil {
		return nil, err
	}
	return &bot.Portal{Name: name, Client: client, Commands: set}, nil
}

// applications keeps the access to the portals that have the application, and adds them to portals.
func (c portalCalls) applications(store *stream.Stream, portals *bot.Portals) (*bot.Applications, error) {
	auth, err := newAuthServer(c.settings, c.transport)
	if err != nil {
		return nil, err
	}
	vault, err := store.Vault(c.settings.tokenKeys...)
	if err != nil {
		return nil, bad("token-key", "%w", err)
	}
	return bot.NewApplications(bot.ApplicationsOptions{
		Store:   store,
		Vault:   vault,
		Auth:    auth,
		Portals: portals,
		Secret:  c.settings.clientSecret,
		Token:   c.settings.applicationToken,
		Open:    c.withTokens,
	}), nil
}

// newAuthServer is where an application's tokens are renewed.
func newAuthServer(s settings, transport http.RoundTripper) (*bitrix.AuthServer, error) {
	return bitrix.NewAuthServer(bitrix.AuthServerOptions{
		URL:          s.oauthServer,
		ClientID:     s.clientID,
		ClientSecret: s.clientSecret,
		HTTP:         &http.Client{Transport: transport},
		UserAgent:    userAgent(),
	})
}

func userAgent() string { return "whois24/" + version() }
