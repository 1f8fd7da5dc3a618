package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/bot"
)

// forgetful is an office whose bot never gets to know who works there, so that each card is asked for.
func forgetful(t *testing.T, o portal.Options) *office {
	t.Helper()
	p := portaltest.New(t, o)
	p.Fail(portal.Fault{Method: everybody, Kind: portal.Refused, Status: 403, Code: string(bitrix.ErrDepartmentAccess)})
	office := openAt(t, way{}, p, bitrix.ClientOptions{Rate: o.Rate, Burst: o.Burst}, func(*bot.Bot) {})
	office.bot = registered(t, p, 2)
	return office
}

// everybody is the method that tells who works on a portal.
const everybody = "im.department.employees.get"

// requests are those that the portal got after the first so many, but for the bot's trying to know everybody.
func (o *office) requests(after int) []string {
	var all []string
	for _, c := range o.Calls()[after:] {
		if !strings.Contains(string(c.Params), everybody) {
			all = append(all, fmt.Sprintf("%s of %d", c.Method, c.Batch))
		}
	}
	return all
}

// meet has people open their chats with the bot, which greets them there.
func (o *office) meet(t *testing.T, people ...bitrix.UserID) {
	t.Helper()
	for _, id := range people {
		o.told(t, id, "/help", "/whois")
	}
	if err := o.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// told has somebody say a line and waits for a further answer with these words in it.
func (o *office) told(t *testing.T, who bitrix.UserID, line, words string) {
	t.Helper()
	before := o.telling(who, words)
	if _, err := o.Say(who, o.private(), line); err != nil {
		t.Fatal(err)
	}
	o.await(t, line, func() bool { return o.telling(who, words) > before })
	o.quiet(t)
}

func (o *office) telling(who bitrix.UserID, words string) int {
	n := 0
	for _, m := range o.answers(who, o.private()) {
		if strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}

// TestCardCost: a card of somebody nobody asked for before is one look-up and one message. The departments and who heads them come
// with the person.
func TestCardCost(t *testing.T) {
	o := forgetful(t, portal.Options{})
	o.meet(t, anna)
	before := len(o.Calls())
	o.told(t, anna, "/whois 5", "Отдел разработки / Демо\nРуководитель: Дмитрий Ковалёв")
	if diff := cmp.Diff([]string{"batch of 2", "imbot.v2.Chat.Message.send of 0"}, o.requests(before)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestFiftyCards: where the portal takes two requests a second and no more, fifty people who ask at once are answered with four, and
// with all that is on a card.
func TestFiftyCards(t *testing.T) {
	const cards = 50
	o := forgetful(t, portal.Options{Rate: 2, Burst: 70})
	var askers []bitrix.UserID
	for _, p := range o.People() {
		if p.Active && !p.Bot && !p.Extranet && len(askers) < cards {
			askers = append(askers, p.ID)
		}
	}
	o.meet(t, askers...)
	before := len(o.Calls())
	for _, id := range askers {
		if _, err := o.Say(id, o.private(), fmt.Sprintf("/whois %d", id)); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range askers {
		o.await(t, fmt.Sprintf("the card of %d", id), func() bool { return o.telling(id, " / Демо") > 0 })
	}
	if got := o.requests(before); len(askers) != cards || len(got) > 4 {
		t.Errorf("%d cards: %v", len(askers), got)
	}
}
