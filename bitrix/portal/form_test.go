package portal_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix/portal"
)

func TestFormsAreThoseOfThePortal(t *testing.T) {
	for _, c := range []struct {
		fixture string
		do      func(t *testing.T, p *portal.Portal)
	}{
		{"v2-message-add-webhook-auth", func(t *testing.T, p *portal.Portal) {
			say(t, p, anna, botChat, "Подскажи, /whois 5")
		}},
		{"v2-message-add-private", func(t *testing.T, p *portal.Portal) { say(t, p, anna, botChat, "Подскажи, /whois 5") }},
		{"v2-message-add-group-mention", func(t *testing.T, p *portal.Portal) {
			say(t, p, anna, group, "[USER=456]Справочник[/USER] /whois 5")
		}},
		{"v2-message-add-extranet", func(t *testing.T, p *portal.Portal) { say(t, p, guest, botChat, "/whois 5") }},
		{"v2-command-add-private", func(t *testing.T, p *portal.Portal) { say(t, p, anna, botChat, "/whois 5") }},
		{"v2-command-add-group", func(t *testing.T, p *portal.Portal) {
			say(t, p, anna, group, "/whois [USER=5]Евгений Шеленков[/USER]")
		}},
		{"v2-command-add-keyboard", func(t *testing.T, p *portal.Portal) {
			id := send(t, p, 456, "7", params{"message": "Кого показать?", "keyboard": []params{
				{"TEXT": "Евгений", "COMMAND": "whois", "COMMAND_PARAMS": "5"},
			}})
			if err := p.Press(anna, id, 0); err != nil {
				t.Fatal(err)
			}
		}},
		{"v2-join-chat-group", func(t *testing.T, p *portal.Portal) {
			if err := p.Leave(group, 456); err != nil {
				t.Fatal(err)
			}
			if err := p.Join(group, 456); err != nil {
				t.Fatal(err)
			}
		}},
		{"v2-message-update", func(t *testing.T, p *portal.Portal) {
			if err := p.Edit(anna, say(t, p, anna, botChat, "x"), "/whois 6"); err != nil {
				t.Fatal(err)
			}
		}},
		{"v2-message-delete", func(t *testing.T, p *portal.Portal) {
			if err := p.Delete(anna, say(t, p, anna, botChat, "x")); err != nil {
				t.Fatal(err)
			}
		}},
		{"v2-delete", func(t *testing.T, p *portal.Portal) {
			get[any](t, p, "imbot.v2.Bot.unregister", params{"botId": 456, "botToken": token})
		}},
	} {
		t.Run(c.fixture, func(t *testing.T) {
			p, s := newPortal(t), newSink(t)
			s.bot(t, p, whois)
			if err := p.Join(group, 456); err != nil {
				t.Fatal(err)
			}
			c.do(t, p)
			bodies := s.got(t, p)
			want := string(fixture(t, "events/"+c.fixture+".form"))
			if diff := cmp.Diff(formKeys(want), formKeys(bodies[len(bodies)-1])); diff != "" {
				t.Errorf("keys (-fixture +portal):\n%s", diff)
			}
		})
	}
}

// formKeys lists the keys of a form as they are written, less what only applications have: tokens of people and
// of the bot.
func formKeys(form string) []string {
	ofApplications := map[string]bool{
		"access_token": true, "expires": true, "expires_in": true, "scope": true, "status": true, "user_id": true,
		"refresh_token": true,
	}
	var keys []string
	for pair := range strings.SplitSeq(form, "&") {
		raw, _, _ := strings.Cut(pair, "=")
		key, _ := url.QueryUnescape(raw)
		field, isAuth := strings.CutPrefix(strings.TrimSuffix(key, "]"), "auth[")
		if strings.HasPrefix(key, "data[bot][auth]") || isAuth && ofApplications[field] {
			continue
		}
		keys = append(keys, raw)
	}
	return keys
}

func TestFormValues(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	s.bot(t, p)
	say(t, p, anna, botChat, "a & b=c+d;~ [x]\n%41")
	body := s.got(t, p)[1]
	for _, want := range []string{
		"event=ONIMBOTV2MESSAGEADD&event_handler_id=501&data%5Bbot%5D%5Bid%5D=456&",
		"data%5Bmessage%5D%5Btext%5D=a+%26+b%3Dc%2Bd%3B%7E+%5Bx%5D%0A%2541&",
		"data%5Bmessage%5D%5BisSystem%5D=0&", "data%5Buser%5D%5Bactive%5D=1&", "data%5Buser%5D%5Bdepartments%5D%5B1%5D=12&",
		"&ts=1790000000&auth%5Bdomain%5D=portal.example&",
		"&auth%5Bclient_endpoint%5D=http%3A%2F%2Fportal.example%2Frest%2F&",
		"&auth%5Bapplication_token%5D=custom" + token,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	if s.agents[0] != "Bitrix24 Webhook Engine application/x-www-form-urlencoded" {
		t.Errorf("agent and type: %s", s.agents[0])
	}
}

func TestApplicationTokenIsCut(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	long := strings.Repeat("t", 40)
	newBotWith(t, p, params{"code": "x", "botToken": long, "eventMode": "webhook", "webhookUrl": s.URL})
	say(t, p, anna, botChat, "x")
	if body := s.got(t, p)[0]; !strings.HasSuffix(body, "=custom"+long) { // 46 of the 50 characters there may be
		t.Errorf("got %s", body)
	}
}

func TestNullsAsEmpty(t *testing.T) {
	p, s := newPortal(t), newSink(t)
	s.bot(t, p)
	p.SetDelivery(func(o *portal.DeliveryOptions) { o.NullAsEmpty = true })
	say(t, p, anna, botChat, "x")
	want := strings.Split(string(fixture(t, "events/v2-message-add-null-as-empty.form")), "&")
	got := s.got(t, p)[1]
	for _, pair := range want {
		if strings.HasSuffix(pair, "=") && !strings.Contains(got, pair+"&") {
			t.Errorf("no %s in\n%s", pair, got)
		}
	}
}
