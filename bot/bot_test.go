package bot_test

import (
	"context"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/bot"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// run runs a bot until the test ends or stop is called, which waits for its end.
func run(t *testing.T, b *bot.Bot) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(zerolog.New(zerolog.NewTestWriter(t)).WithContext(context.Background()))
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("bot: %v", err)
		}
	}
	t.Cleanup(stop)
	return stop
}

// registered waits for n commands on the portal and returns their bot.
func registered(t *testing.T, p *portal.Portal, n int) bitrix.BotID {
	t.Helper()
	changes, cancel := p.Subscribe(1024)
	defer cancel()
	for late := time.After(20 * time.Second); ; {
		if all := p.Commands(); len(all) == n {
			return all[0].Bot
		}
		select {
		case <-changes:
		case <-late:
			t.Fatal("the bot does not register")
		}
	}
}

// say types a line and returns the bot's answer.
func (o *office) say(t *testing.T, as bitrix.UserID, dialog bitrix.DialogID, line string) portal.Message {
	t.Helper()
	id, err := o.Say(as, dialog, line)
	if err != nil {
		t.Fatal(err)
	}
	return portaltest.Reply(t, o.Portal, as, dialog, id)
}

// await waits until something on the portal has made it so.
func (o *office) await(t *testing.T, what string, so func() bool) {
	t.Helper()
	timeout := time.After(time.Minute)
	for {
		changes, cancel := o.Subscribe(1024)
		defer cancel()
		for open := true; open; {
			if so() {
				return
			}
			select {
			case _, open = <-changes:
			case <-timeout:
				t.Fatalf("waited in vain: %s", what)
			}
		}
	}
}

// private is a person's chat with the bot.
func (o *office) private() bitrix.DialogID { return bitrix.PrivateDialog(bitrix.UserID(o.bot)) }

func (o *office) post(t *testing.T, form string) int {
	t.Helper()
	resp, err := http.Post(o.webhooks, "application/x-www-form-urlencoded", strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return send(t, r)
}

func send(t *testing.T, r *http.Request) (int, string) {
	t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer http.DefaultClient.CloseIdleConnections()
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

func wantParts(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in:\n%s", part, text)
		}
	}
}

const (
	anna     bitrix.UserID   = 7
	training bitrix.DialogID = "chat142" // a group the bot is not in
)

// TestCapturedWebhookIsAnswered is the first test to read: a captured body goes in, the reply is seen at the portal.
func TestCapturedWebhookIsAnswered(t *testing.T) {
	o := open(t, portal.Options{})
	body, err := os.ReadFile("../bitrix/testdata/events/v2-command-add-private.form")
	if err != nil {
		t.Fatal(err)
	}
	// The captured body is of another portal's bot and token.
	form := strings.NewReplacer(
		"fakeapptoken00000000000000000001", o.token.Reveal(),
		"whois_demo_bot", "whois24",
	).Replace(string(body))
	if status := o.post(t, form); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	reply := portaltest.Reply(t, o.Portal, anna, o.private(), 0)
	wantParts(t, reply.Text, "Евгений Шеленков", "Ведущий разработчик", "В сети", "[timestamp=")
}
