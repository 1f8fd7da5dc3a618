package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// demo is `whois24 demo` at work in this process.
type demo struct {
	url   string
	admin string
	bus   string // where commands of one's own connect
}

// startDemo runs the command and reads the addresses it prints.
func startDemo(t *testing.T, flags ...string) demo {
	t.Helper()
	stdout, prints := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		args := []string{"whois24", "demo", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--log-level", "error"}
		err := run(ctx, append(args, flags...), func(string) string { return "" }, prints, os.Stderr)
		_ = prints.CloseWithError(err)
		ended <- err
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("demo: %v", err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	text := make([]byte, 4096)
	n, err := stdout.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	urls := regexp.MustCompile(`http://[0-9.:]+`).FindAllString(string(text[:n]), -1)
	if len(urls) != 2 {
		t.Fatalf("the demo printed %q, want two addresses", text[:n])
	}
	return demo{urls[0], urls[1], regexp.MustCompile(`nats://[0-9.:]+`).FindString(string(text[:n]))}
}

// tab is a page open in the browser.
type tab struct {
	t   *testing.T
	ctx context.Context
}

func openTab(t *testing.T, browser context.Context, url string) tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
	return tab{t, ctx}
}

// until waits for an expression to become true.
func (p tab) until(expression string) {
	p.t.Helper()
	poll := chromedp.Poll[any]("Boolean("+expression+")", chromedp.WithPollingTimeout(20*time.Second))
	if _, err := chromedp.Run(p.ctx, poll); err != nil {
		p.t.Fatalf("%s: %v; the page says:\n%s", expression, err, p.text("body"))
	}
}

func (p tab) text(selector string) string {
	p.t.Helper()
	text, err := chromedp.Run(p.ctx, chromedp.Evaluate[any](`document.querySelector(`+quoted(selector)+`)?.innerText`))
	if err != nil {
		p.t.Fatal(err)
	}
	return fmt.Sprint(text)
}

func quoted(text string) string {
	b, _ := json.Marshal(text) // strings always marshal
	return string(b)
}

func (p tab) click(selector string) {
	p.t.Helper()
	p.until(`document.querySelector(` + quoted(selector) + `)`)
	if err := chromedp.Do(p.ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		p.t.Fatal(err)
	}
}

func (p tab) keys(text string) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, chromedp.KeyEvent(text)); err != nil {
		p.t.Fatal(err)
	}
}

// ask types a line and waits for a new message of the bot that holds all of the words. It returns the message.
func (p tab) ask(line string, words ...string) string {
	p.t.Helper()
	const answers = `[...document.querySelectorAll("#log .message:not(.own)")]`
	before, err := chromedp.Run(p.ctx, chromedp.Evaluate[int](answers+`.length`))
	if err != nil {
		p.t.Fatal(err)
	}
	p.click("#input")
	p.keys(line + kb.Enter)
	p.until(fmt.Sprintf(`%s.length > %d`, answers, before))
	text, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](fmt.Sprintf(`%s[%d].innerText`, answers, before)))
	if err != nil {
		p.t.Fatal(err)
	}
	for _, word := range words {
		if !strings.Contains(text, word) {
			p.t.Errorf("%s: no %q in the reply:\n%s", line, word, text)
		}
	}
	return text
}

// TestDemoInABrowser does what a newcomer does: opens the page the demo prints and asks.
func TestDemoInABrowser(t *testing.T) {
	browser := portaltest.Browser(t)
	d := startDemo(t)
	page := openTab(t, browser, d.url)
	page.until(`document.querySelector("#me .name")?.innerText === "Анна Тестова"`)

	page.ask("/whois 5", "Евгений Шеленков", "Ведущий разработчик", "В сети", "Последняя активность")
	page.ask("/whois", "Анна Тестова", "Офис-менеджер")
	page.ask("/whois 999999", "999999")
	page.ask("/whois @Шеленков"+kb.Tab, "Евгений Шеленков")
	page.ask("/help", "/whois")
	page.ask("/whois 98") // a person whose name is BB-code
	if text := page.text("#log"); strings.Contains(text, "[b]") || strings.Contains(text, "[timestamp") {
		t.Errorf("markup is shown as text:\n%s", text)
	}

	console := openTab(t, browser, d.admin)
	console.until(`document.querySelector("#lines")?.innerText.includes("/whois 999999")`)
	console.until(`document.querySelector("#waiting").innerText === "0"`)
}

// TestDemoFollowsPresence changes a person on the page and asks again.
func TestDemoFollowsPresence(t *testing.T) {
	browser := portaltest.Browser(t)
	page := openTab(t, browser, startDemo(t).url)
	page.until(`document.querySelector("#me .name")`)
	page.ask("/whois 5", "В сети")
	page.click("#people-search")
	page.keys("шел вед" + kb.ArrowDown + kb.Enter)
	page.click("#choose-ago3h")
	page.until(`document.querySelector("#choose-ago3h").getAttribute("aria-pressed") === "true"`)
	page.ask("/whois 5", "Не в сети", "3 часа назад")
	page.click("#leave-set")
	page.until(`document.querySelector(".presence.leave")`)
	page.ask("/whois 5", "В отпуске, вернётся")
	page.click("#employ")
	page.until(`document.querySelector(".presence.gone")`)
	page.ask("/whois 5", "Больше не работает")
}
