package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

func portalError(status int, code string) error {
	return fmt.Errorf("look up: %w", &bitrix.Error{Method: "im.user.get", Status: status, Code: code})
}

// TestWorthWaiting is when a question waits for another try of its command, and when the asker gets an apology instead.
func TestWorthWaiting(t *testing.T) {
	for name, c := range map[string]struct {
		err     error
		attempt int
		want    bool
		reason  commands.Reason // of the apology
	}{
		"too many requests":             {portalError(503, "QUERY_LIMIT_EXCEEDED"), 1, true, 0},
		"too many requests, long":       {portalError(503, "QUERY_LIMIT_EXCEEDED"), 1000, true, 0},
		"gateway without a code":        {portalError(502, ""), 1000, true, 0},
		"broken there":                  {portalError(500, "INTERNAL_SERVER_ERROR"), maxRefusedAttempts - 1, true, 0},
		"broken there for a while":      {portalError(500, "INTERNAL_SERVER_ERROR"), maxRefusedAttempts, false, commands.PortalTrouble},
		"a right is missing":            {portalError(403, "insufficient_scope"), 1, false, commands.PortalRefuses},
		"the webhook was revoked":       {portalError(401, "INVALID_CREDENTIALS"), 1, false, commands.PortalRefuses},
		"the time for it was too short": {context.DeadlineExceeded, 1, true, 0},
		"our own fault":                 {errors.New("nil pointer"), 1, false, commands.Broken},
	} {
		t.Run(name, func(t *testing.T) {
			if got := worthWaiting(c.err, c.attempt); got != c.want {
				t.Errorf("worth waiting: %v, want %v", got, c.want)
			}
			if got := reason(c.err); !c.want && got != c.reason {
				t.Errorf("reason is %v, want %v", got, c.reason)
			}
		})
	}
}

func TestVerdict(t *testing.T) {
	refused := errors.New("refused")
	if got := verdict(nil, 1); got != stream.Done() {
		t.Errorf("without an error: %+v", got)
	}
	if got := verdict(refused, 1); got != stream.Bury("refused") {
		t.Errorf("with a final error: %+v", got)
	}
	got := verdict(retryLater{refused}, 1)
	if got == stream.Done() || got == stream.Bury("refused") {
		t.Errorf("with an error that may pass: %+v", got)
	}
}

// TestDelay grows and stays within bounds, however often an event failed.
func TestDelay(t *testing.T) {
	for attempt, least := range map[int]time.Duration{
		1: time.Second, 2: 2 * time.Second, 4: 8 * time.Second, 7: time.Minute, 1000: time.Minute,
	} {
		if got := delay(errors.New("x"), attempt); got < least || got > least*5/4 {
			t.Errorf("attempt %d waits %v, want %v and up to a quarter more", attempt, got, least)
		}
	}
	patient := &bitrix.Error{Status: 429, Code: "OPERATION_TIME_LIMIT", RetryAfter: 10 * time.Minute}
	if got := delay(patient, 1); got < patient.RetryAfter {
		t.Errorf("waits %v, though the portal asked for %v", got, patient.RetryAfter)
	}
}

// TestTemplateID is a UUID v4 in lower case, the same for the same reply and no other.
func TestTemplateID(t *testing.T) {
	p, q := &Portal{TemplateKey: "k1"}, &Portal{TemplateKey: "k2"}
	first := p.templateID("key", 0)
	if len(first) != 36 || first[14] != '4' || !strings.ContainsRune("89ab", rune(first[19])) || first != strings.ToLower(first) {
		t.Errorf("%s is no UUID v4", first)
	}
	if p.templateID("key", 0) != first {
		t.Error("the same reply has two ids")
	}
	for _, other := range []string{p.templateID("key", 1), p.templateID("other", 0), q.templateID("key", 0)} {
		if other == first {
			t.Error("two replies have one id")
		}
	}
}
