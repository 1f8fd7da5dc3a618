package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bot"
)

// portalDoctor looks at the portal of a webhook. A check leaves what it learnt to those that come after it.
type portalDoctor struct {
	settings settings
	portal   *bot.Portal
	ahead    time.Duration // the portal's clock, of ours
	plan     *bot.Plan
}

func portalChecks(s settings) ([]*check, error) {
	portal, err := portalCalls{s, bitrix.NewTransport()}.withWebhook()
	if err != nil {
		return nil, err
	}
	d := &portalDoctor{settings: s, portal: portal}
	reach := &check{name: "portal", run: d.reach}
	api := &check{name: "API", after: []*check{reach}, run: d.api}
	scopes := &check{name: "scopes", after: []*check{reach}, run: d.scopes}
	registered := &check{name: "bot", after: []*check{api, scopes}, run: d.bot}
	return []*check{
		reach,
		{name: "clock", after: []*check{reach}, run: d.clock},
		api, scopes, registered,
		{name: "commands", after: []*check{registered}, run: d.drift},
		{name: "delivery", after: []*check{registered}, run: d.delivery},
	}, nil
}

func (d *portalDoctor) reach(ctx context.Context) finding {
	asked := time.Now()
	there, err := d.portal.Client.ServerTime(ctx)
	if err != nil {
		return refused(err, d.settings)
	}
	took := time.Since(asked)
	d.ahead = there.Sub(asked.Add(took / 2))
	return good("%s answers the webhook in %d ms", d.portal.Name, took.Milliseconds())
}

// clockSkew is how far two clocks may be apart: a portal forgets commands after ten minutes, and people read times.
const clockSkew = time.Minute

func (d *portalDoctor) clock(context.Context) finding {
	apart := d.ahead.Round(time.Second)
	if apart.Abs() <= clockSkew {
		return good("this machine and the portal agree within %v", max(apart.Abs(), time.Second))
	}
	what := fmt.Sprintf("this machine's clock is %v behind the portal's", apart)
	if apart < 0 {
		what = fmt.Sprintf("this machine's clock is %v ahead of the portal's", -apart)
	}
	return wrong(what, "set it, and have it kept by NTP")
}

func (d *portalDoctor) api(ctx context.Context) finding {
	if d.settings.botAPI == bitrix.APIv1 {
		return good("v1, as --bot-api says")
	}
	revision, err := d.portal.Client.Revision(ctx)
	switch old := errors.Is(err, bitrix.ErrMethodNotFound); {
	case err == nil:
		return good("v2, revision %d", revision.Rest)
	case !old || d.settings.botAPI == bitrix.APIv2:
		return refused(err, d.settings)
	case d.settings.publicURL == "":
		return wrong("the portal has v1 alone, which only posts events", "give --public-url, where Bitrix24 can reach the receiver")
	}
	return good("v1: the portal has no v2 yet")
}

// needed are the permissions of the bot, and how Bitrix24 shows them.
var needed = map[string]string{"im": "Chat and Notifications (im)", "imbot": "Chat bots (imbot)"}

// zonesBy are the permissions by which a portal tells people's time zones, the least first: it has no contacts.
var zonesBy = []string{"user_brief", "user_basic", "user"}

func (d *portalDoctor) scopes(ctx context.Context) finding {
	granted, err := d.portal.Client.Scopes(ctx)
	if err != nil {
		return refused(err, d.settings)
	}
	var missing []string
	for _, scope := range slices.Sorted(maps.Keys(needed)) {
		if !slices.Contains(granted, scope) {
			missing = append(missing, needed[scope])
		}
	}
	if len(missing) > 0 {
		return wrong("the webhook lacks "+strings.Join(missing, " and "),
			"open it in Bitrix24 under Developer resources → Integrations, tick what is missing, and save (--portal)")
	}
	return good("%s", permitted(granted))
}

// permitted is what permissions are good for that let the bot work: one more would let it tell the time where people are.
func permitted(granted []string) string {
	zones := slices.IndexFunc(zonesBy, func(scope string) bool { return slices.Contains(granted, scope) })
	used, said := "", ""
	switch {
	case zones < 0:
		said = "im and imbot are there; tick Users (minimal) (user_brief) too, and cards can tell people's local time"
	case zones == 0:
		used, said = zonesBy[0], "im, imbot and user_brief are there; no other would add anything"
	default:
		used = zonesBy[zones]
		said = fmt.Sprintf("im, imbot and %s are there; for people's local time Users (minimal) (user_brief) is enough in place of %s", used, used)
	}
	extra := slices.DeleteFunc(slices.Clone(granted), func(scope string) bool { return needed[scope] != "" || scope == used })
	if len(extra) > 0 {
		said += "; the bot never uses the others the webhook has: " + visible(strings.Join(extra, ", "))
	}
	return said
}

func (d *portalDoctor) bot(ctx context.Context) (f finding) {
	plan, err := bot.Inspect(ctx, d.portal, profileOf(d.settings), nil)
	if err != nil {
		return refused(err, d.settings)
	}
	if plan.Bot.ID == 0 {
		return wrong(fmt.Sprintf("the portal has no bot %s of ours", d.settings.botCode), "start whois24 serve, or run whois24 register")
	}
	d.plan = plan
	return good("%s is there with id %d", d.settings.botCode, plan.Bot.ID)
}

// drift is what registering would change, where the portal tells. A command the bot does not have itself may run in a process
// of its own.
func (d *portalDoctor) drift(context.Context) finding {
	foreign := d.plan.Foreign
	switch {
	case len(d.plan.Changes) > len(foreign):
		return wrong("not as they should be: "+visible(strings.Join(d.plan.Changes, "; ")), "start whois24 serve, or run whois24 register")
	case len(foreign) > 0:
		return good("bot and commands are as they should be, if /%s run in processes of their own", visible(strings.Join(foreign, ", /")))
	}
	return good("bot and commands are as they should be")
}

func (d *portalDoctor) delivery(context.Context) finding {
	posted, wanted := d.plan.Bot.EventMode == bitrix.EventsPosted, d.settings.publicURL != ""
	switch {
	case posted && !wanted:
		return wrong("the portal posts the bot's events, and no --public-url is given",
			"give it, or start whois24 serve without it: the bot then fetches its events")
	case wanted && !posted:
		return wrong("the bot fetches its events, and --public-url is given", "start whois24 serve with it: the portal then posts them")
	case posted:
		return good("the portal posts events; it does not tell where to")
	}
	return good("the bot fetches its events; it needs no public address")
}
