package portaltest_test

import (
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func call(t *testing.T, p *portal.Portal, method, body string) {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Post(p.WebhookURL()+method, "application/json", strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", method, answer.Status)
	}
}

func TestReplyWaits(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	call(t, p, "imbot.v2.Bot.register", `{"fields":{"code":"x","botToken":"t","properties":{"name":"Бот"}}}`)
	asked, err := p.Say(7, "456", "?")
	if err != nil {
		t.Fatal(err)
	}
	const answer = `{"botId":456,"botToken":"t","dialogId":"7","fields":{"message":"!"}}`
	done := make(chan struct{})
	go func() {
		defer close(done)
		call(t, p, "imbot.v2.Chat.Message.send", answer)
	}()
	first := portaltest.Reply(t, p, 7, "456", asked)
	<-done
	if first.Text != "!" || first.Author != 456 || first.ID <= asked {
		t.Errorf("got %+v", first)
	}
	if again := portaltest.Reply(t, p, 7, "456", asked); again.ID != first.ID {
		t.Errorf("of an answer there already: got %d, want %d", again.ID, first.ID)
	}
}
