package messenger_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/messenger"
)

const (
	anna = bitrix.UserID(7) // a member of the group
	eve  = bitrix.UserID(5)
	nick = bitrix.UserID(30) // in no group of the cast
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// site is a portal with its page and a bot whose part the test plays.
type site struct {
	*portal.Portal
	t         testing.TB
	messenger *messenger.Messenger
	url       string
	bot       bitrix.BotID
	dialog    bitrix.DialogID // with the bot, as people see it
	events    chan url.Values // what the bot was told
}

const botToken = "token-of-the-test-bot"

func newSite(t testing.TB) *site {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	base := "http://" + server.Listener.Addr().String()
	p := portal.New(portal.Options{BaseURL: base, Burst: 10_000})
	m := messenger.New(p, messenger.Options{})
	mux := http.NewServeMux()
	mux.Handle("/rest/", p)
	mux.Handle("/upload/", p)
	mux.Handle("/", m)
	server.Config.Handler = mux
	server.Start()
	t.Cleanup(func() {
		m.Close()
		p.Close()
		server.Close()
	})
	s := &site{Portal: p, t: t, messenger: m, url: base}
	s.addBot()
	return s
}

func (s *site) addBot() {
	s.t.Helper()
	s.events = make(chan url.Values, 100)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.ParseForm() == nil {
			s.events <- r.PostForm
		}
	}))
	s.t.Cleanup(func() {
		s.Portal.Close() // it holds connections to the hook
		hook.Close()
	})
	var answer struct{ Bot struct{ ID bitrix.BotID } }
	s.rest("imbot.v2.Bot.register", map[string]any{"fields": map[string]any{
		"code": "whois24", "botToken": botToken, "eventMode": "webhook", "webhookUrl": hook.URL,
		"properties": map[string]any{"name": "Whois24", "workPosition": "Знает, кто есть кто"},
	}}, &answer)
	s.bot, s.dialog = answer.Bot.ID, bitrix.DialogID(strconv.Itoa(int(answer.Bot.ID)))
	s.command("whois", map[string]string{"ru": "Кто это", "en": "Who is it"}, map[string]string{"ru": "ID или имя", "en": "ID or name"})
	s.command("help", map[string]string{"ru": "Что умеет бот", "en": "What the bot can do"}, nil)
}

func (s *site) command(name string, title, params map[string]string) {
	s.t.Helper()
	s.rest("imbot.v2.Command.register", map[string]any{
		"botId": s.bot, "botToken": botToken,
		"fields": map[string]any{"command": name, "title": title, "params": params, "common": true},
	}, nil)
}

// reply is the bot writing to a dialog; more are further fields of the message.
func (s *site) reply(d bitrix.DialogID, text string, more map[string]any) bitrix.MessageID {
	s.t.Helper()
	fields := map[string]any{"message": text}
	maps.Copy(fields, more)
	var answer struct{ ID bitrix.MessageID }
	s.rest("imbot.v2.Chat.Message.send", map[string]any{
		"botId": s.bot, "botToken": botToken, "dialogId": d, "fields": fields,
	}, &answer)
	return answer.ID
}

// rest calls the portal as a bot does.
func (s *site) rest(method string, params, result any) {
	s.t.Helper()
	body, err := json.Marshal(params)
	if err != nil {
		s.t.Fatal(err)
	}
	resp, err := http.Post(s.WebhookURL()+method, "application/json", bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer := struct {
		Result json.RawMessage
		Error  string
	}{}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil || answer.Error != "" {
		s.t.Fatalf("%s: %d %s %v", method, resp.StatusCode, answer.Error, err)
	}
	if result == nil {
		return
	}
	if err := json.Unmarshal(answer.Result, result); err != nil {
		s.t.Fatalf("%s: %v", method, err)
	}
}

// told waits until the bot is told of an event.
func (s *site) told(event string) url.Values {
	s.t.Helper()
	late := time.After(patience)
	for {
		select {
		case form := <-s.events:
			if form.Get("event") == event {
				return form
			}
		case <-late:
			s.t.Fatalf("the bot was not told of %s", event)
		}
	}
}
