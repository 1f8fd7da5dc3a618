package bot_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/events/stream"
)

// brittle is a vault that can be made to take nothing.
type brittle struct {
	*stream.Vault
	broken atomic.Bool
}

func (b *brittle) Put(ctx context.Context, e stream.Entry) (uint64, error) {
	if b.broken.Load() {
		return 0, errors.New("the disk is full")
	}
	return b.Vault.Put(ctx, e)
}

// newBrittle starts an agency on such a vault.
func newBrittle(t *testing.T, c *portaltest.Cloud) (*agency, *brittle) {
	t.Helper()
	b := &brittle{}
	return newAgency(t, c, way{}, unhurried, func(p *bot.Bot, o *bot.ApplicationsOptions) {
		p.Store = store(t)
		b.Vault = vault(t, p.Store, "test key")
		o.Vault = b
	}), b
}

// TestRenewalThatCannotBeStored is used all the same, and stored as soon as that can be done.
func TestRenewalThatCannotBeStored(t *testing.T) {
	t.Parallel()
	a, disk := newBrittle(t, newCloud(t))
	o := a.join(t, "portal", portal.Options{})
	disk.broken.Store(true)
	for range 2 { // the second token follows from one that is not stored either
		o.ExpireTokens()
		wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, "Шеленков")
	}
	disk.broken.Store(false)
	a.stop()
	next := a.restarted(t, "test key")
	next.served(t, o.name)
	if n := next.callers(t, o.name, 1); n != 1 {
		t.Error("the next process has not got the new token")
	}
}

// TestProcessThatDiesWithTheNewToken: the vault has the old one. If the authorization server still takes that, nobody
// notices. Else the portal is listed, and the next question somebody asks there brings the access back.
func TestProcessThatDiesWithTheNewToken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		server portal.AuthServerOptions
		lost   bool
	}{
		"the old one works":         {portal.AuthServerOptions{KeepOld: true}, false},
		"the old one does not work": {portal.AuthServerOptions{}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, disk := newBrittle(t, portaltest.NewCloud(t, c.server))
			o := a.join(t, "portal", portal.Options{})
			disk.broken.Store(true)
			o.ExpireTokens()
			a.callers(t, o.name, 1)
			a.stop() // without having stored it, as if killed
			o.ExpireTokens()
			next := a.restarted(t, "test key")
			next.served(t, o.name)
			o.admin = "http://" + next.bot.Admin.Addr().String()
			if n := next.callers(t, o.name, 1); (n == 0) != c.lost {
				t.Errorf("%d of 1 calls was answered", n)
			}
			if c.lost {
				o.unwell(t, "install the application there again")
			}
			wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, "Шеленков")
			o.well(t)
		})
	}
}

// restarted is another process in the place of one that stopped.
func (a *agency) restarted(t *testing.T, keys ...bitrix.Secret) *agency {
	t.Helper()
	return newAgency(t, a.Cloud, way{}, unhurried, func(b *bot.Bot, o *bot.ApplicationsOptions) {
		l, err := net.Listen("tcp", a.bot.Webhooks.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		b.Webhooks, b.Store, b.Profile = l, a.bot.Store, a.bot.Profile
		o.Vault = vault(t, b.Store, keys...)
	})
}

// impatient tries to answer again at once.
func impatient(b *bot.Bot, _ *bot.ApplicationsOptions) { b.SetDelay(50 * time.Millisecond) }

// TestAuthServerThatIsAway: questions wait for it. It is asked once in a while, not once for each.
func TestAuthServerThatIsAway(t *testing.T) {
	t.Parallel()
	a := newAgency(t, newCloud(t), way{}, unhurried, impatient)
	o := a.join(t, "portal", portal.Options{})
	a.Auth.Fail(portal.Fault{Kind: portal.Gateway502})
	o.ExpireTokens()
	before := a.asked.Load()
	for range 2 {
		if n := a.callers(t, o.name, 10); n != 0 {
			t.Errorf("%d calls were answered", n)
		}
	}
	if n := a.asked.Load() - before; n != 1 {
		t.Errorf("the authorization server was asked %d times for 20 calls", n)
	}
	if _, err := o.Say(anna, o.private(), "/whois 5"); err != nil {
		t.Fatal(err)
	}
	o.wantMetric(t, `whois24_events_settled_total{outcome="retry"}`)
	a.Auth.Recover()
	o.await(t, "the answer", func() bool { return len(o.answers(anna, o.private())) == 1 })
	wantParts(t, o.answers(anna, o.private())[0].Text, "Шеленков")
}

// TestWrongClientSecret: what people asked waits until the operator has put it right.
func TestWrongClientSecret(t *testing.T) {
	t.Parallel()
	a := newAgency(t, newCloud(t), way{}, unhurried, impatient)
	o := a.join(t, "portal", portal.Options{})
	a.Auth.Fail(portal.Fault{Kind: portal.Refused, Status: 401, Code: "invalid_client"})
	o.ExpireTokens()
	_, err := a.bot.Portals.Get(o.name).Client.Scopes(t.Context())
	if err == nil || !strings.Contains(err.Error(), "--client-secret") {
		t.Errorf("error is %v, want it to name --client-secret", err)
	}
	if _, err := o.Say(anna, o.private(), "/whois 5"); err != nil {
		t.Fatal(err)
	}
	o.wantMetric(t, `whois24_events_settled_total{outcome="retry"}`)
	a.Auth.Recover()
	o.await(t, "the answer", func() bool { return len(o.answers(anna, o.private())) == 1 })
}
