package portal_test

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// v1Caller calls a method of API v1 for the owner of the bots.
type v1Caller func(method string, with params) (result string)

// scene brings about the event of a fixture.
type scene func(t *testing.T, p *portal.Portal, as v1Caller)

// v1Scenes are what people do that ends with the event of a fixture.
func v1Scenes() map[string]scene {
	const at = "[USER=456]Справочник[/USER]"
	saying := func(d bitrix.DialogID, text string) scene {
		return func(t *testing.T, p *portal.Portal, _ v1Caller) { say(t, p, anna, d, text) }
	}
	changing := func(d bitrix.DialogID, change func(*portal.Portal, bitrix.MessageID) error) scene {
		return func(t *testing.T, p *portal.Portal, _ v1Caller) {
			if err := change(p, say(t, p, anna, d, at+" x")); err != nil {
				t.Fatal(err)
			}
		}
	}
	editing := func(text string) func(*portal.Portal, bitrix.MessageID) error {
		return func(p *portal.Portal, id bitrix.MessageID) error { return p.Edit(anna, id, text) }
	}
	deleting := func(p *portal.Portal, id bitrix.MessageID) error { return p.Delete(anna, id) }
	return map[string]scene{
		"v1-message-add-private":           saying(botChat, "Подскажи, /whois 5"),
		"v1-message-add-group":             saying(group, at+", /whois 5"),
		"v1-message-add-group-target-lost": saying(group, at+" /whois [USER=5]Евгений Шеленков[/USER]"),
		"v1-message-add-two-bots":          saying(group, at+" [USER=457]Второй[/USER] всем привет"),
		"v1-message-update-private":        changing(botChat, editing("/whois 6")),
		"v1-message-update-group":          changing(group, editing(at+", /whois 6")),
		"v1-message-delete-private":        changing(botChat, deleting),
		"v1-message-delete-group":          changing(group, deleting),
		"v1-command-add-private":           saying(botChat, "/whois 5"),
		"v1-command-add-group":             saying(group, "/whois 5"),
		"v1-command-add-two-commands":      saying(group, "/whois 5\n/help"),
		"v1-command-add-keyboard":          pressing,
		"v1-join-chat-private":             saying(botChat, "/me рад"), // only the chat that opens is told
		"v1-join-chat-group":               func(_ *testing.T, p *portal.Portal, _ v1Caller) { p.NewGroup("Новый", anna, 456) },
		"v1-delete":                        removing,
	}
}

func removing(_ *testing.T, _ *portal.Portal, as v1Caller) {
	as("imbot.unregister", params{"BOT_ID": 456})
}

func pressing(t *testing.T, p *portal.Portal, as v1Caller) {
	as("imbot.message.add", params{
		"BOT_ID": 456, "DIALOG_ID": "7", "MESSAGE": "Кого?", "KEYBOARD": []params{{"TEXT": "5", "COMMAND": "whois"}},
	})
	if err := p.Press(anna, last(t, p, anna, botChat).ID, 0); err != nil {
		t.Fatal(err)
	}
}

func TestV1FormsAreThoseOfThePortal(t *testing.T) {
	for name, act := range v1Scenes() {
		want := v1Keys(string(fixture(t, "events/"+name+".form")))
		t.Run(name+" of an application", func(t *testing.T) {
			p, s := newPortal(t, withAuth(newAuth())), newSink(t)
			access := install(t, p, s).Access
			as := func(method string, with params) string {
				a := callApp(t, p, access, method, with)
				if a.Error != "" {
					t.Fatalf("%s: %s", method, a.Raw)
				}
				return string(a.Result)
			}
			v1Cast(t, p, s, as, name)
			act(t, p, as)
			if diff := cmp.Diff(want, v1Keys(s.last(t, p))); diff != "" {
				t.Errorf("keys (-fixture +portal):\n%s", diff)
			}
		})
		t.Run(name+" of a webhook", func(t *testing.T) {
			p, s := newPortal(t), newSink(t)
			as := func(method string, with params) string { return v1Result(t, p, method, with) }
			v1Cast(t, p, s, as, name)
			act(t, p, as)
			want := slices.DeleteFunc(slices.Clone(want), v1OfApplications.MatchString)
			if diff := cmp.Diff(want, v1Keys(s.last(t, p))); diff != "" {
				t.Errorf("keys (-fixture +portal):\n%s", diff)
			}
		})
	}
}

// v1Cast registers the bots of a fixture, with all events bound, and brings them into the group.
func v1Cast(t *testing.T, p *portal.Portal, s *sink, as v1Caller, name string) {
	t.Helper()
	bots := map[bitrix.BotID]string{456: "whois_demo_bot"}
	if strings.HasSuffix(name, "two-bots") {
		bots[457] = "second_demo_bot"
	}
	for _, id := range slices.Sorted(maps.Keys(bots)) {
		as("imbot.register", v1Registration(s, params{"CODE": bots[id]}))
		for _, command := range []string{"whois", "help"} {
			as("imbot.command.register", v1Whois(s, id, params{"COMMAND": command}))
		}
		if err := p.Join(group, bitrix.UserID(id)); err != nil {
			t.Fatal(err)
		}
	}
	as("imbot.update", params{"BOT_ID": 456, "FIELDS": params{"EVENT_HANDLER": s.URL}})
	s.got(t, p) // the bots were told of the group at the same time, in no order
}

var (
	// v1OfApplications are keys that an incoming webhook's events do not have: tokens of people, and all of a bot's rights.
	v1OfApplications = regexp.MustCompile(
		`^auth\[(?:access_token|expires|expires_in|scope|status|user_id|refresh_token)\]$` +
			`|^data\[(?:BOT\]\[\d+|COMMAND\]\[n)\](?:\[AUTH\])?\[[a-z_]+\]$`)
	commandNumber = regexp.MustCompile(`\[COMMAND\]\[\d+\]`)
)

// v1Keys lists the keys of a form in the alphabet's order, less the numbers of commands.
func v1Keys(form string) []string {
	var keys []string
	for pair := range strings.SplitSeq(form, "&") {
		raw, _, _ := strings.Cut(pair, "=")
		key, _ := url.QueryUnescape(raw)
		keys = append(keys, commandNumber.ReplaceAllString(key, "[COMMAND][n]"))
	}
	slices.Sort(keys)
	return keys
}
