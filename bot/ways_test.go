package bot_test

import (
	"testing"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
)

// TestEveryWay: the bot answers whichever way it calls the portal and hears of events.
func TestEveryWay(t *testing.T) {
	t.Parallel()
	for _, w := range ways {
		t.Run(w.String(), func(t *testing.T) {
			t.Parallel()
			o := openAs(t, w, portal.Options{}, func(*bot.Bot) {})
			wantParts(t, o.say(t, anna, o.private(), "/whois 5").Text, "Евгений Шеленков", "Ведущий разработчик")
			outside := o.NewGroup("Without the bot", anna, 5)
			wantParts(t, o.say(t, anna, outside, "/whois 5").Text, "Евгений Шеленков")
			o.stop()
			if lost := o.Lost(); len(lost) > 0 {
				t.Errorf("the portal erased %+v", lost)
			}
		})
	}
}
