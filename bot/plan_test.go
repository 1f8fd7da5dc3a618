package bot_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
)

var (
	fetched = bot.Profile{Code: "whois24", Name: "Whois24", Position: "Who is who"}
	posted  = bot.Profile{Code: "whois24", Name: "Whois24", Position: "Who is who", WebhookURL: "http://127.0.0.1:1/bitrix24/events"}
)

// site is a portal as somebody at the command line has it: there is no store, and no bot runs.
type site struct {
	*portal.Portal
	served *bot.Portal
}

func newSite(t *testing.T, o portal.Options) site {
	t.Helper()
	return newSiteAt(t, portaltest.New(t, o))
}

func newSiteAt(t *testing.T, p *portal.Portal) site {
	t.Helper()
	webhook, transport := webhookOf(t, p), bitrix.NewTransport()
	t.Cleanup(transport.CloseIdleConnections)
	o := bitrix.ClientOptions{Webhook: webhook, HTTP: &http.Client{Transport: transport}}
	return site{p, connect(t, webhook.Host(), o, nil)}
}

// with is the same portal for a program with other commands.
func (s site) with(t *testing.T, list ...commands.Command) site {
	t.Helper()
	set, err := commands.NewSet(list...)
	if err != nil {
		t.Fatal(err)
	}
	other := &bot.Portal{Name: s.served.Name, Client: s.served.Client, Commands: set, TemplateKey: s.served.TemplateKey}
	return site{s.Portal, other}
}

func (s site) inspect(t *testing.T, p bot.Profile, known *bot.Known) *bot.Plan {
	t.Helper()
	plan, err := bot.Inspect(t.Context(), s.served, p, known)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// register makes the portal as it should be and returns what is known of it then.
func (s site) register(t *testing.T, p bot.Profile, known *bot.Known) *bot.Known {
	t.Helper()
	plan := s.inspect(t, p, known)
	if _, err := plan.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := plan.Known()
	return &after
}

// register is what whois24 register does.
func register(ctx context.Context, p *bot.Portal, profile bot.Profile) (bitrix.Bot, error) {
	plan, err := bot.Inspect(ctx, p, profile, nil)
	if err != nil {
		return bitrix.Bot{}, err
	}
	return plan.Apply(ctx)
}

// unregister is what whois24 unregister does.
func unregister(ctx context.Context, p *bot.Portal, code string) error {
	plan, err := bot.InspectRemoval(ctx, p, code)
	if err != nil {
		return err
	}
	_, err = plan.Apply(ctx)
	return err
}

// writes are the calls that may have changed the portal.
func (s site) writes() []string {
	var list []string
	for _, c := range s.Calls() {
		name := strings.ToLower(c.Method)
		if strings.HasSuffix(name, "register") || strings.HasSuffix(name, "update") {
			list = append(list, c.Method)
		}
	}
	return list
}

// names are the commands on the portal, as often as each is there.
func (s site) names() []string {
	var list []string
	for _, c := range s.Commands() {
		list = append(list, c.Name)
	}
	slices.Sort(list)
	return list
}

// TestPlan is what has to change, by what is on the portal.
func TestPlan(t *testing.T) {
	birthday := commands.New("birthday", func(context.Context, commands.Call, struct{}) (commands.Reply, error) {
		return commands.Reply{}, nil
	}, titled("birthday"))
	for name, c := range map[string]struct {
		before         func(*testing.T, site) *bot.Known // what happened on the portal, and what is known of it
		want           bot.Profile
		changes, blind []string
	}{
		"nothing is there": {
			before:  func(*testing.T, site) *bot.Known { return nil },
			want:    fetched,
			changes: []string{`make the bot "whois24"`, "add the command /whois", "add the command /help"},
		},
		"all is there": {
			before: func(t *testing.T, s site) *bot.Known { return s.register(t, posted, nil) },
			want:   posted,
		},
		"all is there and nobody remembers": {
			before: func(t *testing.T, s site) *bot.Known { s.register(t, posted, nil); return nil },
			want:   posted,
			blind: []string{
				"the address events are posted to", "the texts of /whois in all languages", "the texts of /help in all languages",
			},
		},
		"a command came and one went": {
			before: func(t *testing.T, s site) *bot.Known {
				return s.with(t, birthday, commands.Help()).register(t, fetched, nil)
			},
			want:    fetched,
			changes: []string{"add the command /whois", "remove the command /birthday"},
		},
		"the bot has another name and place": {
			before: func(t *testing.T, s site) *bot.Known {
				return s.register(t, bot.Profile{Code: "whois24", Name: "Who", Position: "Bot"}, nil)
			},
			want: fetched,
			changes: []string{
				`change the bot's name from "Who" to "Whois24"`, `change the bot's position from "Bot" to "Who is who"`,
			},
		},
		"somebody changed a command": {
			before: func(t *testing.T, s site) *bot.Known {
				known := s.register(t, fetched, nil)
				whois := s.Commands()[0]
				err := s.served.Client.UpdateCommand(t.Context(), whois.Bot, whois.ID, bitrix.CommandFields{
					Command: whois.Name, Title: map[string]string{"ru": "Чужое", "en": "Strange"}, Common: true,
				})
				if err != nil {
					t.Fatal(err)
				}
				return known
			},
			want:    fetched,
			changes: []string{"change the texts of /whois"},
		},
		"events were posted and are to be fetched": {
			before:  func(t *testing.T, s site) *bot.Known { return s.register(t, posted, nil) },
			want:    fetched,
			changes: []string{`change the bot's way of getting events from "webhook" to "fetch"`},
		},
		"events are to be posted elsewhere": {
			before: func(t *testing.T, s site) *bot.Known { return s.register(t, posted, nil) },
			want: bot.Profile{
				Code: "whois24", Name: "Whois24", Position: "Who is who", WebhookURL: "http://127.0.0.1:2/bitrix24/events",
			},
			changes: []string{"change the bot's settings"},
		},
		"the bot was removed and is made again": {
			before: func(t *testing.T, s site) *bot.Known {
				known := s.register(t, fetched, nil)
				if err := unregister(t.Context(), s.served, "whois24"); err != nil {
					t.Fatal(err)
				}
				return known
			},
			want:    fetched,
			changes: []string{`make the bot "whois24"`, "add the command /whois", "add the command /help"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, portal.Options{})
			plan := s.inspect(t, c.want, c.before(t, s))
			if diff := cmp.Diff(c.changes, plan.Changes); diff != "" {
				t.Errorf("changes: -want +got\n%s", diff)
			}
			if diff := cmp.Diff(c.blind, plan.Blind); diff != "" {
				t.Errorf("blind: -want +got\n%s", diff)
			}
			if _, err := plan.Apply(t.Context()); err != nil {
				t.Fatal(err)
			}
			known, before := plan.Known(), len(s.writes())
			if again := s.inspect(t, c.want, &known); !again.Empty() {
				t.Errorf("after it was applied there is still to do: %q %q", again.Changes, again.Blind)
			}
			if n := len(s.writes()); n != before {
				t.Errorf("looking wrote %d times", n-before)
			}
			if diff := cmp.Diff([]string{"help", "whois"}, s.names()); diff != "" {
				t.Errorf("commands: -want +got\n%s", diff)
			}
		})
	}
}

// TestFiveRegisterAtOnce: one bot, each command once, and whoever comes later writes nothing.
func TestFiveRegisterAtOnce(t *testing.T) {
	for name, o := range map[string]portal.Options{"v2": {}, "v1": {V1Only: true}} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, o)
			known := make([]*bot.Known, 5)
			var all sync.WaitGroup
			for i := range known {
				all.Go(func() { known[i] = s.register(t, posted, nil) })
			}
			all.Wait()
			if diff := cmp.Diff([]string{"help", "whois"}, s.names()); diff != "" {
				t.Errorf("commands: -want +got\n%s", diff)
			}
			bots, err := s.served.Client.Bots(t.Context())
			if err != nil || len(bots) != 1 {
				t.Errorf("bots: %+v %v", bots, err)
			}
			before := len(s.writes())
			for _, k := range known {
				s.register(t, posted, k)
			}
			if list := s.writes()[before:]; len(list) > 0 {
				t.Errorf("the second time something was written: %q", list)
			}
		})
	}
}

// TestOldPortalsForgetNoCommand: bot API v1 lists no commands, so what is to be removed is remembered.
func TestOldPortalsForgetNoCommand(t *testing.T) {
	s := newSite(t, portal.Options{V1Only: true})
	known := s.register(t, posted, nil)
	s = s.with(t, commands.Help())
	plan := s.inspect(t, posted, known)
	if diff := cmp.Diff([]string{"remove the command /whois"}, plan.Changes); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	s.register(t, posted, known)
	if diff := cmp.Diff([]string{"help"}, s.names()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestSwitchWithoutAStore is refused while events wait, which it would erase.
func TestSwitchWithoutAStore(t *testing.T) {
	s := newSite(t, portal.Options{})
	s.register(t, fetched, nil)
	id := s.Commands()[0].Bot
	if _, err := s.Say(anna, bitrix.PrivateDialog(bitrix.UserID(id)), "/whois 5"); err != nil {
		t.Fatal(err)
	}
	patience, cancel := context.WithTimeout(t.Context(), 400*time.Millisecond)
	defer cancel()
	if _, err := register(patience, s.served, posted); !errors.Is(err, bot.ErrEventsWait) {
		t.Fatalf("error %v, want ErrEventsWait", err)
	}
	if plan := s.inspect(t, fetched, nil); plan.Bot.EventMode != bitrix.EventsFetched {
		t.Errorf("the bot gets its events by %s", plan.Bot.EventMode)
	}
	page, err := s.served.Client.FetchEvents(t.Context(), bitrix.EventQuery{Bot: id})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.served.Client.FetchEvents(t.Context(), bitrix.EventQuery{Bot: id, Offset: page.NextOffset}); err != nil {
		t.Fatal(err)
	}
	if _, err := register(t.Context(), s.served, posted); err != nil {
		t.Errorf("nothing waits any more: %v", err)
	}
	if lost := s.Lost(); len(lost) > 0 {
		t.Errorf("the portal erased %+v", lost)
	}
}

func TestUnregisterPlansToo(t *testing.T) {
	s := newSite(t, portal.Options{})
	s.register(t, fetched, nil)
	plan, err := bot.InspectRemoval(t.Context(), s.served, "whois24")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`remove the bot "whois24", id 456, with its commands and chats`}
	if diff := cmp.Diff(want, plan.Changes); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if len(s.names()) == 0 {
		t.Fatal("planning removed it")
	}
	if _, err := plan.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := plan.Apply(t.Context()); err != nil {
		t.Errorf("a second time: %v", err)
	}
	if left := s.names(); len(left) > 0 {
		t.Errorf("left are %q", left)
	}
}

// TestRefusalsNameTheSetting: what a person reads says what to change.
func TestRefusalsNameTheSetting(t *testing.T) {
	for name, c := range map[string]struct {
		o       portal.Options
		fault   portal.Fault
		profile bot.Profile
		want    string
	}{
		"somebody else's code": {
			fault: portal.Fault{Method: "imbot.v2.Bot.register", Kind: portal.Refused, Code: "BOT_CODE_ALREADY_TAKEN"}, want: "--bot-code",
		},
		"another token": {
			fault: portal.Fault{Method: "imbot.v2.Bot.update", Kind: portal.Refused, Code: "BOT_OWNERSHIP_ERROR"}, want: "--bot-token",
		},
		"a webhook without imbot": {
			fault: portal.Fault{Kind: portal.Refused, Status: http.StatusForbidden, Code: "insufficient_scope"}, want: "imbot",
		},
		"a revoked webhook": {
			fault: portal.Fault{Kind: portal.Refused, Status: http.StatusUnauthorized, Code: "INVALID_CREDENTIALS"}, want: "--portal",
		},
		"an address the portal cannot reach": {
			profile: bot.Profile{Code: "whois24", Name: "Whois24", WebhookURL: "http://localhost:1/"}, want: "--public-url",
		},
		"an old portal, which cannot be asked for events": {o: portal.Options{V1Only: true}, want: "--public-url"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, c.o)
			if c.fault.Code != "" {
				s.Fail(c.fault)
			}
			if c.profile.Code == "" {
				c.profile = fetched
			}
			_, err := register(t.Context(), s.served, c.profile)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want it to name %s", err, c.want)
			}
		})
	}
}
