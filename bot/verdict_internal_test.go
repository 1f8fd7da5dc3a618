package bot

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events/stream"
)

var errNobody = fmt.Errorf("command birthday: %w", commands.ErrAway)

func portalError(status int, code string) error {
	return fmt.Errorf("look up: %w", &bitrix.Error{Method: "im.user.get", Status: status, Code: code})
}

// TestVerdict is when a question waits for another try, and when it does not.
func TestVerdict(t *testing.T) {
	const patience = time.Minute
	day := tried{age: 24 * time.Hour}
	for name, c := range map[string]struct {
		err   error
		tried tried
		want  fate
	}{
		"answered":                        {nil, tried{}, done},
		"answered at last":                {nil, tried{age: stream.GiveUp}, done},
		"too many requests":               {portalError(503, "QUERY_LIMIT_EXCEEDED"), day, again},
		"a method blocked for a while":    {portalError(429, "OPERATION_TIME_LIMIT"), day, again},
		"a gateway without the portal":    {portalError(502, ""), day, again},
		"away too long":                   {portalError(502, ""), tried{age: stream.GiveUp}, over},
		"broken there":                    {portalError(500, "INTERNAL_SERVER_ERROR"), tried{refused: patience - 1}, again},
		"broken there for a while":        {portalError(500, "INTERNAL_SERVER_ERROR"), tried{refused: patience}, over},
		"broken there before, away now":   {portalError(502, ""), tried{refused: patience}, again},
		"the first one is being written":  {portalError(400, "SENDING_FAILED"), tried{}, again},
		"a right is missing":              {portalError(403, "insufficient_scope"), tried{}, over},
		"the webhook was revoked":         {portalError(401, "INVALID_CREDENTIALS"), tried{}, over},
		"the time for the try ran out":    {fmt.Errorf("wait: %w", context.DeadlineExceeded), day, again},
		"and it is too late":              {context.DeadlineExceeded, tried{age: stream.GiveUp}, over},
		"no record of what was posted":    {fmt.Errorf("%w: no answer", errNoRecord), day, again},
		"another worker's portal":         {errForeignPortal, day, again},
		"nobody's portal":                 {errForeignPortal, tried{age: stream.GiveUp}, over},
		"our own fault":                   {errors.New("nil pointer"), tried{}, over},
		"nobody runs the command":         {errNobody, tried{age: day.age, away: awayPatience - 1}, again},
		"nobody has for a while":          {errNobody, tried{away: awayPatience}, over},
		"somebody runs it, for another":   {portalError(502, ""), tried{away: awayPatience}, again},
		"our own fault, and the portal's": {errors.Join(errors.New("x"), portalError(502, "")), tried{}, again},
	} {
		t.Run(name, func(t *testing.T) {
			if got := verdict(c.err, c.tried, patience); got != c.want {
				t.Errorf("fate %d, want %d", got, c.want)
			}
		})
	}
}

// TestTrial counts the time a portal is up and fails at an event, without a break.
func TestTrial(t *testing.T) {
	broken, away, busy := portalError(500, "ERROR_CORE"), portalError(502, ""), portalError(503, "QUERY_LIMIT_EXCEEDED")
	for name, c := range map[string]struct {
		errs []error // a minute apart
		want time.Duration
	}{
		"never":                    {[]error{nil, away, busy}, 0},
		"from the first on":        {[]error{broken, broken, broken}, 2 * time.Minute},
		"its look-ups succeed":     {[]error{broken, nil, broken}, 2 * time.Minute},
		"busy is up":               {[]error{broken, busy, broken}, 2 * time.Minute},
		"anew after it was away":   {[]error{broken, away, broken}, 0},
		"not while it is away":     {[]error{broken, broken, away}, 0},
		"the rate limit is no row": {[]error{broken, context.DeadlineExceeded, broken}, 2 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			var tr trial
			now := time.Now()
			for i, err := range c.errs {
				tr.note(err, now.Add(time.Duration(i)*time.Minute))
			}
			if got := tr.refused(now.Add(time.Duration(len(c.errs)-1) * time.Minute)); got != c.want {
				t.Errorf("refused for %v, want %v", got, c.want)
			}
		})
	}
}

// TestTrialOfACommandThatIsAway counts the time nobody runs it. What came between, while the portal was away, does not count.
func TestTrialOfACommandThatIsAway(t *testing.T) {
	for name, c := range map[string]struct {
		errs []error // a second apart
		want time.Duration
	}{
		"never":                     {[]error{nil, portalError(500, "ERROR_CORE")}, 0},
		"from the first on":         {[]error{errNobody, errNobody, errNobody}, 2 * time.Second},
		"its first reply came":      {[]error{errNobody, nil, errNobody}, 2 * time.Second},
		"anew after the portal's":   {[]error{errNobody, portalError(502, ""), errNobody}, 0},
		"not if the portal is full": {[]error{errNobody, portalError(503, "QUERY_LIMIT_EXCEEDED"), errNobody}, 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			var tr trial
			now := time.Now()
			for i, err := range c.errs {
				tr.note(err, now.Add(time.Duration(i)*time.Second))
			}
			if got := tr.away(now.Add(time.Duration(len(c.errs)-1) * time.Second)); got != c.want {
				t.Errorf("away for %v, want %v", got, c.want)
			}
		})
	}
}

// TestReason is what the asker is told.
func TestReason(t *testing.T) {
	for _, c := range []struct {
		err  error
		age  time.Duration
		want commands.Reason
	}{
		{portalError(500, "INTERNAL_SERVER_ERROR"), 0, commands.PortalTrouble},
		{portalError(403, "insufficient_scope"), 0, commands.PortalRefuses},
		{errors.New("nil pointer"), 0, commands.Broken},
		{portalError(502, ""), stream.GiveUp, commands.TooLate},
		{errNobody, 0, commands.Away},
	} {
		if got := reason(c.err, c.age); got != c.want {
			t.Errorf("%v after %v: %v, want %v", c.err, c.age, got, c.want)
		}
	}
}

// TestDelay grows and stays within bounds, however often an event failed.
func TestDelay(t *testing.T) {
	for failures, least := range map[int]time.Duration{
		1: time.Second, 2: 2 * time.Second, 4: 8 * time.Second, 7: time.Minute, 1000: time.Minute,
	} {
		if got := delay(errors.New("x"), failures); got < least || got > least*5/4 {
			t.Errorf("after %d failures it waits %v, want %v and up to a quarter more", failures, got, least)
		}
	}
	if got := delay(errNobody, 1000); got > 5*firstDelay/4 {
		t.Errorf("waits %v for a process that may just be starting", got)
	}
	patient := &bitrix.Error{Status: 429, Code: "OPERATION_TIME_LIMIT", RetryAfter: 10 * time.Minute}
	if got := delay(patient, 1); got < patient.RetryAfter {
		t.Errorf("waits %v, though the portal asked for %v", got, patient.RetryAfter)
	}
}
