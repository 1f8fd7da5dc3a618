package bot_test

import (
	"testing"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// TestPickingAPerson asks by a name that several have, and presses the button of one.
func TestPickingAPerson(t *testing.T) {
	o := open(t, portal.Options{})
	wantParts(t, o.say(t, anna, o.private(), "/whois шелен").Text, "[b]Евгений Шеленков[/b]", "В сети")
	list := o.say(t, anna, o.private(), "/whois разработчик")
	wantParts(t, list.Text, "нашлось несколько человек", "Евгений Шеленков, Ведущий разработчик (№ 5)")
	if err := o.Press(anna, list.ID, 0); err != nil {
		t.Fatal(err)
	}
	wantParts(t, portaltest.Reply(t, o.Portal, anna, o.private(), list.ID).Text, "Разработчик", "Подразделение")
}
