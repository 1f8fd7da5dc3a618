package portal_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

func TestAuthOfBotEventsIsThatOfThePortal(t *testing.T) {
	for name, do := range map[string]func(*testing.T, *portal.Portal, *portal.AuthServer){
		"v2-join-chat-private":   func(t *testing.T, p *portal.Portal, _ *portal.AuthServer) { say(t, p, anna, botChat, "x") },
		"v2-command-add-private": func(t *testing.T, p *portal.Portal, _ *portal.AuthServer) { say(t, p, anna, botChat, "/whois 5") },
		"v2-message-add-private": func(t *testing.T, p *portal.Portal, _ *portal.AuthServer) {
			say(t, p, anna, botChat, "Подскажи")
		},
		"v2-delete": func(t *testing.T, p *portal.Portal, a *portal.AuthServer) {
			callApp(t, p, accessOf(t, p, a, anna), "imbot.v2.Bot.unregister", params{"botId": 456})
		},
		"v2-message-delete": func(t *testing.T, p *portal.Portal, _ *portal.AuthServer) {
			if err := p.Delete(anna, say(t, p, anna, botChat, "x")); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAuth()
			p, s := newPortal(t, withAuth(a)), newSink(t)
			newAppBot(t, p, s, install(t, p, s).Access)
			do(t, p, a)
			fixed := string(fixture(t, "events/"+name+".form"))
			want := authOf(t, fixed)
			event, _, _ := strings.Cut(fixed, "&")
			bodies := s.got(t, p)
			i := slices.IndexFunc(bodies, func(body string) bool { return strings.HasPrefix(body, event+"&") })
			if i < 0 {
				t.Fatalf("no %s", event)
			}
			if diff := cmp.Diff(want, authOf(t, bodies[i])); diff != "" {
				t.Errorf("(-fixture +portal):\n%s", diff)
			}
		})
	}
}

// accessOf is the access token of somebody who consented to the application's calling in their name.
func accessOf(t *testing.T, p *portal.Portal, a *portal.AuthServer, user bitrix.UserID) string {
	t.Helper()
	code, err := p.Authorize(user)
	if err != nil {
		t.Fatal(err)
	}
	return exchange(t, a, map[string]string{"grant_type": "authorization_code", "code": code}).Access
}

// authOf is what both auth trees of a form say, in order.
func authOf(t *testing.T, form string) []string {
	t.Helper()
	return slices.DeleteFunc(withoutSecrets(t, form), func(pair string) bool {
		return !strings.HasPrefix(pair, "auth[") && !strings.HasPrefix(pair, "data[bot][auth]") || strings.Contains(pair, "[client_id]")
	})
}

func TestTokensOfEventsAreOfTwoUsers(t *testing.T) {
	a := newAuth()
	p, s := newPortal(t, withAuth(a)), newSink(t)
	g := install(t, p, s)
	newAppBot(t, p, s, g.Access)
	say(t, p, anna, botChat, "/whois 5")
	form := readGrant(t, s.last(t, p)).form
	if got := form.Get("data[bot][auth][client_id]"); got != a.ClientID() {
		t.Errorf("client_id %s", got)
	}
	for tree, want := range map[string]string{"auth": `"ID":"7"`, "data[bot][auth]": `"ID":"456"`} {
		if got := callApp(t, p, form.Get(tree+"[access_token]"), "profile", nil); !strings.Contains(got.Raw, want) {
			t.Errorf("the token of %s: %s", tree, got.Raw)
		}
		if got := form.Get(tree + "[application_token]"); got != g.ApplicationToken {
			t.Errorf("the application token of %s is another", tree)
		}
	}
}

func TestEventsCarryOnePairUntilItIsOfNoUse(t *testing.T) {
	a := newAuth()
	p, s := newPortal(t, withAuth(a)), newSink(t)
	newAppBot(t, p, s, install(t, p, s).Access)
	next := func() url.Values {
		say(t, p, anna, botChat, "/whois 5")
		return readGrant(t, s.last(t, p)).form
	}
	const access, refresh = "data[bot][auth][access_token]", "data[bot][auth][refresh_token]"
	first, second := next(), next()
	if first.Get(access) != second.Get(access) {
		t.Error("each event has a pair of its own")
	}
	if e := renew(t, a, first.Get(refresh)); e.User != 456 {
		t.Fatalf("got %s", e.Raw)
	}
	third := next()
	if third.Get(refresh) == first.Get(refresh) {
		t.Error("an event carries a refresh token that was used up")
	}
	p.ExpireTokens()
	if got := callApp(t, p, next().Get(access), "profile", nil); got.Error != "" {
		t.Errorf("an event carries an expired token: %s", got.Raw)
	}
}

func TestEventsOfWebhookBotsCarryNoTokens(t *testing.T) {
	p, s := newPortal(t, withAuth(newAuth())), newSink(t)
	s.bot(t, p)
	say(t, p, anna, botChat, "x")
	for _, body := range s.got(t, p) {
		if strings.Contains(body, "access_token") || strings.Contains(body, "refresh_token") {
			t.Errorf("got %s", body)
		}
	}
}
