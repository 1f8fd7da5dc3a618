package messenger_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func testSwitchPerson(t *testing.T, browser context.Context) {
	p := newTab(t, browser, "/?as=5")
	p.until(`document.querySelector("#me .name").textContent === "Евгений Шеленков"`)
	p.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	p.until(`document.getElementById("who").open`)
	p.keys("тестова" + kb.Enter)
	p.until(`document.querySelector("#me .name").textContent === "Анна Тестова" && location.search === "?as=7"`)
	p.keys("это Анна" + kb.Enter)
	p.says("это Анна")
	if got := p.lastText(); got != "это Анна" {
		t.Errorf("Anna's chat has %q", got)
	}
}

func testHood(t *testing.T, browser context.Context) {
	p := newTab(t, browser, "/")
	p.click("#hood-toggle")
	p.until(`document.querySelector(".entries .method")`)
	p.keys("/whois 5" + kb.Enter)
	p.until(`document.querySelector(".entries").innerText.includes("ONIMBOTV2COMMANDADD")`)
	if shown := p.eval(`document.querySelector(".entries").textContent`); strings.Contains(shown, botToken) {
		t.Error("the bot's token is shown")
	}
	p.click("#hood-filter")
	p.keys("bot.register")
	p.until(`document.querySelectorAll(".entries li").length === 1`)
}

func testPeople(t *testing.T, browser context.Context) {
	p := newTab(t, browser, "/")
	p.click("#people-search")
	p.keys("шел вед")
	p.until(`document.querySelectorAll(".person").length === 1`)
	p.keys(kb.ArrowDown + kb.Enter)
	p.click("#choose-ago3h")
	p.until(`document.querySelector(".presence").textContent.includes("3 часа назад")`)
	if who, _ := p.Person(eve); who.Online || !about(who.LastSeen, 3*time.Hour) {
		t.Errorf("the portal has %+v", who)
	}
	p.click("#leave-set")
	p.until(`document.querySelector(".presence.leave")`)
	if who, _ := p.Person(eve); !who.AbsentUntil.After(time.Now().AddDate(0, 0, 12)) {
		t.Errorf("on leave until %s", who.AbsentUntil)
	}
	p.click("#employ")
	p.until(`document.querySelector(".presence.gone")`)
	p.click("#card-ask")
	p.says("/whois 5")
}

func testTheme(t *testing.T, browser context.Context) {
	background := `getComputedStyle(document.body).backgroundColor`
	p := newTabLike(t, browser, "/", look{dark: true})
	dark := p.eval(background)
	p.click("#theme")
	p.until(background + ` !== ` + quoted(dark))
	light := p.eval(background)
	p.do(chromedp.Reload())
	p.until(`document.querySelector("#me .name")`)
	if got := p.eval(background); got != light || light != "rgb(255, 255, 255)" {
		t.Errorf("after a reload %s, chosen was %s, the system wants %s", got, light, dark)
	}
}

func testLanguages(t *testing.T, browser context.Context) {
	p := newTabLike(t, browser, "/", look{language: "en-US"})
	p.until(`document.documentElement.lang === "en" && document.getElementById("input").placeholder.includes("Message")`)
	p.click("#lang")
	p.until(`document.documentElement.lang === "ru" && document.getElementById("input").placeholder.includes("Сообщение")`)
	missing := p.eval(`import("/messenger/texts.js").then(({ texts: { ru, en } }) =>
		[...Object.keys(ru).filter((k) => !(k in en)), ...Object.keys(en).filter((k) => !(k in ru))].join(" "))`)
	if missing != "" {
		t.Errorf("only in one language: %s", missing)
	}
}

func testPhone(t *testing.T, browser context.Context) {
	p := newTabLike(t, browser, "/", look{width: 390, height: 800})
	fits := `document.documentElement.scrollWidth <= innerWidth`
	p.until(fits + ` && document.getElementById("side").offsetWidth === 0`)
	p.click("#back")
	p.until(fits + ` && document.getElementById("chat").offsetWidth === 0`)
	p.click("#chats button")
	p.click("#people-toggle")
	p.until(fits + ` && document.getElementById("panel").offsetWidth === innerWidth`)
	p.click("#panel-close")
	p.until(`document.getElementById("panel").hidden`)
}
