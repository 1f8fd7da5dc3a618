package main

import (
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// converse asks the bot something in private, and wants an answer.
func converse(t *testing.T, p *portal.Portal) {
	t.Helper()
	const anna = 7
	dialog := bitrix.PrivateDialog(bitrix.UserID(p.Commands()[0].Bot))
	asked, err := p.Say(anna, dialog, "/whois 5")
	if err != nil {
		t.Fatal(err)
	}
	if reply := portaltest.Reply(t, p, anna, dialog, asked); !strings.Contains(reply.Text, "Евгений Шеленков") {
		t.Errorf("reply is %q", reply.Text)
	}
}

// here keeps processes of a test apart from others on this machine; nothing of it is needed to run the bot.
func here(t *testing.T) []string {
	return []string{"XDG_STATE_HOME=" + t.TempDir(), "WHOIS24_LISTEN=127.0.0.1:0", "WHOIS24_ADMIN_LISTEN=127.0.0.1:0"}
}

// TestServeWithAPortalAndNothingElse is the README's promise: one link, and the bot talks.
func TestServeWithAPortalAndNothingElse(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	bot := start(t, here(t), "serve", "--portal", p.WebhookURL())
	bot.waitFor(t, "while people talk") // how fast it answers
	converse(t, p)
	bot.terminate(t)
	if len(p.Deliveries()) > 0 {
		t.Errorf("the portal posted events: %v", p.Deliveries())
	}
}

// TestServeAsAnApplication has a portal join by installing, and nobody register anything.
func TestServeAsAnApplication(t *testing.T) {
	cloud := portaltest.NewCloud(t, portal.AuthServerOptions{})
	p := portaltest.New(t, portal.Options{Auth: cloud.Auth})
	for name, posted := range map[string]bool{"fetched": false, "posted": true} {
		t.Run(name, func(t *testing.T) {
			listen := freeAddress(t)
			args := append([]string{"serve", "--listen", listen}, applicationOf(cloud.Auth)...)
			if posted {
				args = append(args, "--public-url", "http://"+listen)
			}
			bot := start(t, here(t), args...)
			if err := p.Install("http://" + listen + "/bitrix24/events"); err != nil {
				t.Fatal(err)
			}
			bot.waitFor(t, "bot is registered")
			converse(t, p)
			bot.terminate(t)
			if err := p.Uninstall(true); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestReceiverOfAnApplicationRegistersItsBots is the same on several processes: the worker is told of the portal by the store.
func TestReceiverOfAnApplicationRegistersItsBots(t *testing.T) {
	cloud := portaltest.NewCloud(t, portal.AuthServerOptions{})
	p := portaltest.New(t, portal.Options{Auth: cloud.Auth})
	listen, settings := freeAddress(t), append(here(t), "WHOIS24_NATS="+natsServer(t))
	receiver := start(t, settings, append([]string{"receiver", "--listen", listen}, applicationOf(cloud.Auth)...)...)
	worker := start(t, settings, append([]string{"worker"}, applicationOf(cloud.Auth)...)...)
	if err := p.Install("http://" + listen + "/bitrix24/events"); err != nil {
		t.Fatal(err)
	}
	receiver.waitFor(t, "bot is registered")
	converse(t, p)
	receiver.terminate(t)
	worker.terminate(t)
}
