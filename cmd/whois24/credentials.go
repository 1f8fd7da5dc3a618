package main

import (
	"regexp"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/whois24/whois24/bitrix"
)

// Portals are called either with the incoming webhook of one, or as an application that any number of them installs.

// shortestKey is the least a token key may have: 32 hex digits are 128 random bits.
const shortestKey = 32 // characters

func (in *input) portalFlags() []cli.Flag {
	return []cli.Flag{
		in.secret("portal", "incoming webhook `URL`, https://PORTAL/rest/USER/TOKEN/; http:// only for loopback"),
		in.text("client-id", "", "`ID` of an application, in place of --portal: portals join by installing it"),
		in.secret("client-secret", "the application's `SECRET`"),
		in.text("oauth-server", "https://oauth.bitrix.info/", "`URL` of the authorization server; http:// only for loopback"),
		in.secret("token-key", "`KEY` under which an application's tokens are kept, 32 characters or more; several separated by "+
			"commas, the newest first; follows from --client-secret if not given"),
		in.text("bot-code", "whois24", "the bot's `CODE` on the portal"),
		in.secret("bot-token", "the bot's own `TOKEN`, at most 40 characters; derived from --portal if not given"),
		in.text("bot-api", "auto", "`VERSION` of the bot API: v2, v1, or auto for v2 where the portal has it"),
		&cli.FloatFlag{
			Name: "rate", Value: bitrix.DefaultRate, Usage: "REST requests a `SECOND` the portal allows (Enterprise: 5)",
			Sources: cli.NewValueSourceChain(env{in, envName("rate")}),
		},
		&cli.IntFlag{
			Name: "burst", Value: bitrix.DefaultBurst, Usage: "REST requests at `ONCE` the portal allows (Enterprise: 250)",
			Sources: cli.NewValueSourceChain(env{in, envName("burst")}),
		},
	}
}

func (in *input) readPortal(s *settings, c *cli.Command) (err error) {
	if in.unreadable != nil {
		return in.unreadable
	}
	if err := readCredentials(s, c); err != nil {
		return err
	}
	if s.botCode = c.String("bot-code"); checkBotCode(s.botCode) != nil {
		return checkBotCode(s.botCode)
	}
	if s.botAPI, err = parseBotAPI(c.String("bot-api")); err != nil {
		return err
	}
	s.rate, s.burst = c.Float("rate"), c.Int("burst")
	return checkAllowance(s.rate, s.burst)
}

func readCredentials(s *settings, c *cli.Command) error {
	portal, application := c.String("portal") != "", c.String("client-id") != "" || c.String("client-secret") != ""
	switch {
	case portal && application:
		return bad("portal", "is given together with --client-id or --client-secret; "+
			"accepted is one of them: the webhook of one portal, or an application for many")
	case application:
		return readApplication(s, c)
	}
	return readWebhook(s, c)
}

func readWebhook(s *settings, c *cli.Command) (err error) {
	if s.portal, err = parsePortal(c.String("portal")); err != nil {
		return err
	}
	s.botToken = bitrix.Secret(c.String("bot-token"))
	if s.botToken == "" {
		s.botToken = s.portal.BotToken()
	}
	s.applicationToken = bitrix.ApplicationToken(s.botToken)
	return checkBotToken(s.botToken)
}

func readApplication(s *settings, c *cli.Command) (err error) {
	s.clientID, s.clientSecret = c.String("client-id"), bitrix.Secret(c.String("client-secret"))
	if err := checkClient(s.clientID, s.clientSecret); err != nil {
		return err
	}
	if c.String("bot-token") != "" {
		return bad("bot-token", "does not go with --client-id; accepted is none: an application's bot is known by the application")
	}
	s.oauthServer = c.String("oauth-server")
	if _, err := newAuthServer(*s, nil); err != nil {
		return bad("oauth-server", "%w", err)
	}
	s.tokenKeys, err = parseTokenKeys(c.String("token-key"))
	if s.tokenKeys == nil {
		s.tokenKeys = []bitrix.Secret{s.clientSecret}
	}
	return err
}

// clientIDs are what Bitrix24 calls its applications: local.0123456789abcd.01234567.
var clientIDs = regexp.MustCompile(`^[0-9A-Za-z._-]{1,100}$`)

func checkClient(id string, secret bitrix.Secret) error {
	switch {
	case id == "":
		return bad("client-id", "is needed with --client-secret; accepted is the application's code, like local.0123456789abcd.01234567")
	case !clientIDs.MatchString(id):
		return bad("client-id", "is no application's code; accepted is like local.0123456789abcd.01234567")
	case secret == "":
		return bad("client-secret", "is needed with --client-id; accepted is the application's key, as its settings in Bitrix24 show it")
	case strings.ContainsFunc(secret.Reveal(), func(r rune) bool { return r <= ' ' }):
		return bad("client-secret", "holds spaces or line breaks; accepted is the application's key without them")
	}
	return nil
}

// parseTokenKeys returns nil if there are none.
func parseTokenKeys(raw string) (keys []bitrix.Secret, err error) {
	if raw == "" {
		return nil, nil
	}
	for key := range strings.SplitSeq(raw, ",") {
		key = strings.TrimSpace(key)
		if len(key) < shortestKey {
			return nil, bad("token-key", "has a key of %d characters; accepted are %d or more, "+
				"several separated by commas, the newest first; openssl rand -hex 32 makes one", len(key), shortestKey)
		}
		keys = append(keys, bitrix.Secret(key))
	}
	return keys, nil
}

func parseBotAPI(name string) (bitrix.API, error) {
	switch api := bitrix.API(name); api {
	case bitrix.APIAuto, bitrix.APIv2, bitrix.APIv1:
		return api, nil
	}
	return "", bad("bot-api", "is %q; accepted are auto, v2, v1", name)
}

// ofApplication reports whether portals join by installing an application, and none is given by its webhook.
func (s settings) ofApplication() bool { return s.clientID != "" }

// needsWebhook is for commands that are about the portal of a webhook.
func (s settings) needsWebhook(command string) error {
	if !s.ofApplication() {
		return nil
	}
	return bad("client-id", "does not go with %s; accepted is --portal: "+
		"an application's bot registers itself on every portal that installs the application", command)
}
