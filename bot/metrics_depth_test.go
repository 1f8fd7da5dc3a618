package bot_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/events/stream"
)

func TestDepthIsMeasured(t *testing.T) {
	o := open(t, portal.Options{})
	o.refuseReplies()
	o.ask(t, "/whois 5", 1)
	_, text := get(t, o.admin+"/metrics")
	wantParts(t, text, "\nwhois24_dead_events 1\n", "\nwhois24_waiting_events 0\n", "\nwhois24_in_hand_events ")
}

// TestMetricsWithoutAStore has NATS away: what is known without it is still told, and nothing is made up.
func TestMetricsWithoutAStore(t *testing.T) {
	away, err := stream.Open(stream.Options{Servers: "nats://127.0.0.1:1", Name: "test", Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(away.Close)
	admin := listen(t)
	run(t, &bot.Bot{Store: away, Metrics: bot.NewMetrics(), Admin: admin})
	status, text := get(t, "http://"+admin.Addr().String()+"/metrics")
	if status != http.StatusOK || strings.Contains(text, "whois24_dead_events ") {
		t.Errorf("status %d, metrics:\n%s", status, text)
	}
	wantParts(t, text, "go_goroutines")
}
