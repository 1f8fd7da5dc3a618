package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
)

// settings are the checked values of the flags. Which are filled depends on the command.
type settings struct {
	portal           bitrix.Webhook // zero with an application
	botToken         bitrix.Secret
	applicationToken bitrix.Secret
	clientID         string // of an application; "" with a webhook
	clientSecret     bitrix.Secret
	oauthServer      string
	tokenKeys        []bitrix.Secret // the first seals, all of them open
	botCode          string
	botAPI           bitrix.API
	rate             float64 // requests a second
	burst            int     // requests at once
	publicURL        string  // "" for fetching
	listen           string
	adminListen      string
	nats             string // "" for the embedded server
	natsCreds        string
	natsListen       string // of the embedded server; "" for no port
	commandToken     bitrix.Secret
	data             string
	lang             string // "auto", or a language
	zone             *time.Location
	privacy          *commands.Privacy
	hours            *commands.WorkingHours
	logLevel         zerolog.Level
	logFormat        string // "text" or "json"
	watch            bool   // the demo's worker is built from the sources
}

// texts are how people are answered.
func (s settings) texts() bot.Texts {
	return bot.Texts{Language: s.lang, Zone: s.zone, Privacy: s.privacy, Hours: s.hours}
}

// bad is the one line about a wrong setting.
func bad(flag, format string, a ...any) error {
	return usageError{fmt.Errorf("--"+flag+": "+format, a...)}
}

func parsePortal(raw string) (bitrix.Webhook, error) {
	if raw == "" {
		return bitrix.Webhook{}, bad("portal", "is needed: the address of an incoming webhook, https://PORTAL/rest/USER/TOKEN/; "+
			"an application has --client-id and --client-secret instead")
	}
	w, err := bitrix.ParseWebhook(raw)
	if err != nil {
		return bitrix.Webhook{}, bad("portal", "%w", err)
	}
	return w, nil
}

// A portal keeps a bot's code in a short column; these characters need no escaping anywhere.
var botCodes = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,50}$`)

func checkBotCode(code string) error {
	if !botCodes.MatchString(code) {
		return bad("bot-code", "is %q; accepted are 1 to 50 letters, digits, _ . and -", code)
	}
	return nil
}

func checkBotToken(token bitrix.Secret) error {
	if n := len(token.Reveal()); n > 40 {
		return bad("bot-token", "has %d characters; a portal accepts at most 40", n)
	}
	return nil
}

func checkAllowance(rate float64, burst int) error {
	if !(rate > 0 && rate <= 1000) {
		return bad("rate", "is %v; accepted is more than 0 and at most 1000 requests a second", rate)
	}
	if burst < 1 || burst > 10000 {
		return bad("burst", "is %d; accepted is 1 to 10000 requests", burst)
	}
	return nil
}

// parsePublicURL checks what a portal checks: http or https, and a dot in the host.
func parsePublicURL(raw string) (string, error) {
	if raw == "" {
		return "", nil
	}
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || !strings.Contains(u.Hostname(), ".") {
		return "", bad("public-url", "is no address a portal could reach; accepted is like https://bot.example.com")
	}
	if u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", bad("public-url", "may only have a host and a path, like https://bot.example.com/whois24")
	}
	return strings.TrimRight(u.String(), "/"), nil
}

func checkListen(flag, address string) error {
	if _, port, err := net.SplitHostPort(address); err != nil || port == "" {
		return bad(flag, "is %q; accepted is host:port, like 127.0.0.1:8024 or :8024", address)
	}
	return nil
}

func checkNATS(servers, creds string) error {
	for s := range strings.SplitSeq(servers, ",") {
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil || !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme) || u.Host == "" {
			return bad("nats", "has an address that is not like nats://host:4222; several are separated by commas")
		}
	}
	if creds == "" {
		return nil
	}
	if _, err := os.Stat(creds); err != nil {
		return bad("nats-creds", "%w; accepted is a NATS credentials file", err)
	}
	return nil
}

// dataDir is where the embedded store goes by default.
func dataDir(given string, getenv func(string) string) (string, error) {
	if given != "" {
		return given, nil
	}
	if state := getenv("XDG_STATE_HOME"); state != "" {
		return filepath.Join(state, "whois24"), nil
	}
	if home := getenv("HOME"); home != "" {
		return filepath.Join(home, ".local", "state", "whois24"), nil
	}
	return "", bad("data", "is needed: neither XDG_STATE_HOME nor HOME says where to keep the event store")
}

func parseLang(lang string) (string, error) {
	if lang != "auto" && !slices.Contains(commands.Languages(), commands.Language(lang)) {
		return "", bad("lang", "is %q; accepted are auto, %v", lang, commands.Languages())
	}
	return lang, nil
}

func parseZone(name string) (*time.Location, error) {
	if name == "" {
		return nil, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, bad("timezone", "is %q; accepted is a name like Europe/Moscow", name)
	}
	return zone, nil
}

func parseLogLevel(name string) (zerolog.Level, error) {
	levels := []string{"debug", "info", "warn", "error"}
	if !slices.Contains(levels, name) {
		return 0, bad("log-level", "is %q; accepted are %s", name, strings.Join(levels, ", "))
	}
	return zerolog.ParseLevel(name)
}

func parseLogFormat(name string, terminal bool) (string, error) {
	switch {
	case name == "text" || name == "json":
		return name, nil
	case name == "auto" && terminal:
		return "text", nil
	case name == "auto":
		return "json", nil
	}
	return "", bad("log-format", "is %q; accepted are auto, text, json", name)
}
