package messenger_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// TestPage drives the page in a real browser. Each part has a portal and a tab of its own.
func TestPage(t *testing.T) {
	browser := portaltest.Browser(t)
	for name, part := range map[string]func(*testing.T, context.Context){
		"sends and receives":          testSendAndReceive,
		"suggests commands":           testCommandSuggestions,
		"mentions people":             testMention,
		"recalls what was written":    testHistory,
		"renders BB-code":             testBBCode,
		"keeps hostile text harmless": testHostileText,
		"shows cards and keyboards":   testCardsAndKeyboards,
		"changes people":              testPeople,
		"switches person":             testSwitchPerson,
		"counts what is unread":       testUnread,
		"comes back":                  testReconnect,
		"looks under the hood":        testHood,
		"is dark and light":           testTheme,
		"speaks two languages":        testLanguages,
		"fits a phone":                testPhone,
	} {
		t.Run(name, func(t *testing.T) { part(t, browser) })
	}
}

func testSendAndReceive(t *testing.T, browser context.Context) {
	p := newTab(t, browser, "/")
	if hello := p.eval(`document.getElementById("hello").innerText`); !strings.Contains(hello, "/whois 5") {
		t.Errorf("an empty chat suggests %q", hello)
	}
	p.keys("привет" + kb.Enter)
	p.says("привет")
	p.until(`document.getElementById("hello").hidden && !document.querySelector(".pending")`)
	if got := p.lastText(); got != "привет" {
		t.Errorf("the portal has %q", got)
	}
	p.reply("7", "[b]Здравствуйте[/b]", nil)
	p.says("Здравствуйте")
	if n := p.eval(`document.querySelectorAll(".message").length`); n != "2" {
		t.Errorf("%s messages on the page, want 2", n)
	}
}

func testCommandSuggestions(t *testing.T, browser context.Context) {
	p := newTab(t, browser, "/")
	p.keys("/")
	p.until(`document.querySelectorAll("#suggest [role=option]").length === 2`)
	p.keys(kb.ArrowDown)
	p.until(`document.querySelector("#suggest [aria-selected=true]").innerText.includes("/help")`)
	p.keys(kb.Escape)
	p.until(`document.getElementById("suggest").hidden`)

	p.keys("w")
	p.until(`document.querySelector("#suggest [aria-selected=true]").innerText.includes("Кто это")`)
	p.keys(kb.Tab)
	p.until(`document.getElementById("input").value === "/whois "`)
	p.keys("5" + kb.Enter)
	p.says("/whois 5")
	if form := p.told("ONIMBOTV2COMMANDADD"); form.Get("data[command][params]") != "5" {
		t.Errorf("the bot was told %v", form)
	}
}

func testMention(t *testing.T, browser context.Context) {
	p := newTab(t, browser, "/")
	p.keys("/whois @шел")
	p.until(`document.querySelector("#suggest [aria-selected=true]")?.innerText.includes("Евгений Шеленков")`)
	p.keys(kb.Enter)
	p.until(`document.getElementById("input").value === "/whois @Евгений Шеленков "`)
	p.keys(kb.Enter)
	p.until(`document.querySelector("#log button.mention")?.textContent === "Евгений Шеленков"`)
	if want := "/whois [USER=5]Евгений Шеленков[/USER]"; p.lastText() != want {
		t.Errorf("the portal has %q, want %q", p.lastText(), want)
	}
	p.click("#log button.mention")
	p.until(`document.querySelector("#people h3").textContent === "Евгений Шеленков"`)
}

func testHistory(t *testing.T, browser context.Context) {
	p := newTab(t, browser, "/")
	p.keys("один" + kb.Enter + "два" + kb.Enter)
	p.says("два")
	for _, step := range []struct{ key, want string }{
		{kb.ArrowUp, "два"}, {kb.ArrowUp, "один"}, {kb.ArrowUp, "один"}, {kb.ArrowDown, "два"}, {kb.ArrowDown, ""},
	} {
		p.keys(step.key)
		p.until(`document.getElementById("input").value === ` + quoted(step.want))
	}
}

func testUnread(t *testing.T, browser context.Context) {
	p := newTab(t, browser, "/")
	for _, text := range []string{"раз", "два"} {
		if _, err := p.Say(eve, "chat142", text); err != nil {
			t.Fatal(err)
		}
	}
	p.until(`document.querySelector("#chats .badge")?.textContent === "2" && document.title.startsWith("(2)")`)
	p.click("#chats li:has(.badge) button")
	p.says("два")
	p.until(`!document.querySelector("#chats .badge")`)
}

// What is written while the connection is lost arrives once, and so does what came meanwhile.
func testReconnect(t *testing.T, browser context.Context) {
	p := newTab(t, browser, "/")
	p.keys("до" + kb.Enter)
	p.says("до")
	p.eval(`sockets.at(-1).close()`)
	p.keys("без связи" + kb.Enter)
	p.reply("7", "пока вас не было", nil)
	p.says("пока вас не было")
	p.until(`!document.querySelector(".pending") && document.getElementById("banner").hidden`)
	var texts []string
	for _, m := range p.Messages(anna, p.dialog) {
		texts = append(texts, m.Text)
	}
	if len(texts) != 3 {
		t.Errorf("the portal has %q, want each of three once", texts)
	}
	if n := p.eval(`document.querySelectorAll(".message").length`); n != "3" {
		t.Errorf("%s messages on the page, want 3", n)
	}
}
