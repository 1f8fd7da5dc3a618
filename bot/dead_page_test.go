package bot_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// TestConsoleListsTheDead presses the buttons in a real browser.
func TestConsoleListsTheDead(t *testing.T) {
	browser := portaltest.Browser(t)
	o := open(t, portal.Options{})
	o.refuseReplies()
	o.ask(t, "/whois <b>5</b>", 1)
	asked, _ := o.ask(t, "/whois 5", 2)
	if err := chromedp.Do(browser, chromedp.Navigate(o.admin)); err != nil {
		t.Fatal(err)
	}
	until := func(expression string) {
		t.Helper()
		poll := chromedp.Poll[any](expression, chromedp.WithPollingTimeout(20*time.Second))
		if _, err := chromedp.Run(browser, poll); err != nil {
			t.Fatalf("%s: %v", expression, err)
		}
	}
	press := func(button string) {
		t.Helper()
		if err := chromedp.Do(browser, chromedp.Click(chromedp.CSS("#letters tbody tr:first-child button:"+button))); err != nil {
			t.Fatal(err)
		}
	}
	const rows = `document.querySelectorAll("#letters tbody tr")`
	until(rows + `.length === 2`)
	until(rows + `[1].innerText.includes("/whois <b>5</b>")`)
	until(rows + `[0].innerText.includes("BOT_NOT_FOUND")`)
	o.Recover()
	press("first-child") // replay the newest
	wantParts(t, portaltest.Reply(t, o.Portal, anna, o.private(), asked).Text, "Евгений Шеленков")
	until(rows + `.length === 1`)
	if _, err := chromedp.Run(browser, chromedp.Evaluate[any](`window.confirm = () => true`)); err != nil {
		t.Fatal(err)
	}
	press("last-child") // drop the other
	until(`document.getElementById("letters").hidden`)
	o.dead(t, 0)
}
