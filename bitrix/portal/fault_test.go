package portal_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// request calls a portal over the network, where connections can die.
func request(ctx context.Context, p *portal.Portal, method, body string) (status int, raw string, err error) {
	r, err := http.NewRequestWithContext(ctx, "POST", p.WebhookURL()+method, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	r.Header.Set("Content-Type", "application/json")
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	all, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(all), err
}

const toAnna = `{"botId":456,"botToken":"` + token + `","dialogId":"7","fields":{"message":"x","templateId":"` + template + `"}}`

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		fault  portal.Fault
		status int    // 0: the connection dies
		want   string // in the answer
		ran    bool
	}{
		{"none", portal.Fault{Method: "other", Kind: portal.Error500}, 200, `"id":90001`, true},
		{"503", portal.Fault{Kind: portal.Unavailable503}, 503, "QUERY_LIMIT_EXCEEDED", false},
		{"500", portal.Fault{Kind: portal.Error500}, 500, "INTERNAL_SERVER_ERROR", false},
		{"502", portal.Fault{Kind: portal.Gateway502}, 502, "<center>nginx</center>", false},
		{"reset before", portal.Fault{Kind: portal.ResetBefore}, 0, "", false},
		{"reset after", portal.Fault{Kind: portal.ResetAfter}, 0, "", true},
		{"slow", portal.Fault{Kind: portal.Slow, Delay: time.Millisecond}, 200, `"id":90001`, true},
		{"invalid JSON", portal.Fault{Kind: portal.InvalidJSON}, 200, "<b>Fatal error</b>", true},
		{"truncated", portal.Fault{Kind: portal.Truncated}, 0, `{"result":{"id":90001`, true},
		{"operating limit", portal.Fault{Kind: portal.OperationLimit}, 429, "OPERATION_TIME_LIMIT", false},
		{"refused", portal.Fault{Kind: portal.Refused, Status: 401, Code: "expired_token"}, 401, `"expired_token"`, false},
		{"refused by default", portal.Fault{Kind: portal.Refused, Code: "ERROR_CORE"}, 400, `"ERROR_CORE"`, false},
		{
			"by method",
			portal.Fault{Method: "IMBOT.v2.chat.message.SEND", Kind: portal.Error500},
			500, "INTERNAL_SERVER_ERROR", false,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := portaltest.New(t, portal.Options{})
			newBot(t, p)
			c.fault.Times = 1
			p.Fail(c.fault)
			status, raw, err := request(t.Context(), p, "imbot.v2.Chat.Message.send", toAnna)
			if died := c.status == 0; died != (err != nil) || !died && status != c.status || !strings.Contains(raw, c.want) {
				t.Errorf("got %d %q, %v", status, raw, err)
			}
			if ran := len(p.Messages(anna, botChat)) == 1; ran != c.ran {
				t.Errorf("ran: %v, want %v", ran, c.ran)
			}
			if _, raw, err := request(t.Context(), p, "imbot.v2.Chat.Message.send", toAnna); err != nil || !strings.Contains(raw, `"id":90001`) {
				t.Errorf("again: %q, %v", raw, err)
			}
			if n := len(p.Messages(anna, botChat)); n != 1 {
				t.Errorf("%d messages after the repeat", n)
			}
		})
	}
}

func TestFaultsInABatch(t *testing.T) {
	const cmd = `{"cmd":{"t":"server.time","u":"im.user.get?ID=5"}}`
	for _, c := range []struct {
		kind   portal.FaultKind
		status int
		want   string
	}{
		{portal.Unavailable503, 503, "QUERY_LIMIT_EXCEEDED"},
		{portal.OperationLimit, 200, `"result_error":{"u":{"error":"OPERATION_TIME_LIMIT"`},
		{portal.Refused, 200, `"result_error":{"u":{"error":"X"`},
		{portal.ResetAfter, 0, ""},
	} {
		p := portaltest.New(t, portal.Options{})
		p.Fail(portal.Fault{Method: "im.user.get", Kind: c.kind, Code: "X"})
		status, raw, _ := request(t.Context(), p, "batch", cmd)
		if status != c.status || !strings.Contains(raw, c.want) {
			t.Errorf("%d: got %d %s", c.kind, status, raw)
		}
	}
}

func TestFaultsLastUntilRecovery(t *testing.T) {
	p := newPortal(t)
	p.Fail(portal.Fault{Kind: portal.Error500, Times: 2})
	p.Fail(portal.Fault{Kind: portal.Unavailable503})
	for i, want := range []int{500, 500, 503, 503} {
		if a := call(t, p, "scope", nil); a.Status != want {
			t.Errorf("call %d: %d, want %d", i, a.Status, want)
		}
	}
	p.Recover()
	if a := call(t, p, "scope", nil); a.Status != 200 {
		t.Errorf("recovered: %d", a.Status)
	}
}

func TestDyingWhileSending(t *testing.T) {
	c := newClock()
	p := portaltest.New(t, portal.Options{Now: c.now})
	newBot(t, p)
	p.Fail(portal.Fault{Kind: portal.ResetSending, Times: 1})
	if status, _, err := request(t.Context(), p, "imbot.v2.Chat.Message.send", toAnna); err == nil {
		t.Errorf("got %d, want a dead connection", status)
	}
	for _, later := range []time.Duration{0, time.Hour - time.Second} {
		c.set(start.Add(later))
		if status, raw, _ := request(t.Context(), p, "imbot.v2.Chat.Message.send", toAnna); status != 400 || !strings.Contains(raw, "SENDING_FAILED") {
			t.Errorf("after %s: %d %s", later, status, raw)
		}
	}
	if n := len(p.Messages(anna, botChat)); n != 0 {
		t.Errorf("%d messages were written", n)
	}
	c.set(start.Add(time.Hour))
	if status, raw, _ := request(t.Context(), p, "imbot.v2.Chat.Message.send", toAnna); status != 200 {
		t.Errorf("after an hour: %d %s", status, raw)
	}
}

func TestSlowCallsEndWithTheirCaller(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	p.Fail(portal.Fault{Kind: portal.Slow, Delay: time.Hour})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, _, err := request(ctx, p, "scope", ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
