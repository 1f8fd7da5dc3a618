package bot_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
)

func TestPortalsComeAndGo(t *testing.T) {
	first, again := &bot.Portal{Name: "a"}, &bot.Portal{Name: "a"}
	p := bot.NewPortals(&bot.Portal{Name: "c"}, first)
	p.Add(&bot.Portal{Name: "b"})
	p.Remove("c")
	p.Remove("never there")
	if diff := cmp.Diff([]string{"a", "b"}, p.Names()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	p.Add(again)
	if p.Get("a") != again || p.Get("c") != nil || len(p.All()) != 2 {
		t.Errorf("portals are %+v", p.All())
	}
}

// TestQuestionsOfAPortalThatIsNotServed wait until it is.
func TestQuestionsOfAPortalThatIsNotServed(t *testing.T) {
	t.Parallel()
	var portals *bot.Portals
	o := openWith(t, portal.Options{}, func(b *bot.Bot) { portals = b.Portals })
	o.say(t, anna, o.private(), "/whois 5")
	o.quiet(t)
	served := portals.Get(o.name)
	portals.Remove(o.name)
	if _, err := o.Say(anna, o.private(), "/whois 7"); err != nil {
		t.Fatal(err)
	}
	if err := o.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := o.waiting(t); n != 1 {
		t.Errorf("%d questions wait, want 1", n)
	}
	portals.Add(served)
	o.await(t, "the answer", func() bool { return len(o.answers(anna, o.private())) == 2 })
}
