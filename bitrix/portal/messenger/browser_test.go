package messenger_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	browserTime = 3 * time.Minute  // for all tests of the page together
	pageTime    = 15 * time.Second // for anything to appear on the page
)

// TestPage drives the page in a real browser. Each part has a portal and a tab of its own.
func TestPage(t *testing.T) {
	browser := newBrowser(t)
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

// newBrowser starts Chromium. Without one the tests are skipped, but fail where CI=true: there it must be.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	path := findChromium()
	if path == "" && os.Getenv("CI") == "true" {
		t.Fatal("no Chromium: install one, the page is not tested without it")
	}
	if path == "" {
		t.Skip("no Chromium found (chromium, chromium-browser, google-chrome): the page is not tested")
	}
	options := append(
		chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "ru-RU"),
	)
	ctx, cancel := context.WithTimeout(t.Context(), browserTime)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx
}

func findChromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// tab is the page open in the browser.
type tab struct {
	*site
	t   *testing.T
	ctx context.Context
}

// look is how a tab is set up before the page loads.
type look struct {
	width, height int64
	language      string
	dark          bool
}

func newTab(t *testing.T, browser context.Context, path string) *tab {
	t.Helper()
	return newTabLike(t, browser, path, look{})
}

// newTabLike opens the page in a fresh profile: nothing is remembered from other tabs.
func newTabLike(t *testing.T, browser context.Context, path string, l look) *tab {
	t.Helper()
	s := newSite(t)
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &tab{site: s, t: t, ctx: ctx}
	if l.width == 0 {
		l.width, l.height = 1280, 800
	}
	if l.language == "" {
		l.language = "ru-RU"
	}
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	p.do(
		command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: l.width, Height: l.height, DeviceScaleFactor: 1, Mobile: l.width < 600,
		}),
		command(emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
			UserAgent: "Chromium test", AcceptLanguage: l.language,
		}),
		command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		}),
		command(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Asia/Yekaterinburg"}),
		chromedp.Navigate(s.url+path),
	)
	p.until(`document.querySelector("#me .name")`)
	return p
}

func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, c, params)
		return chromedp.Void{}, err
	}
}

func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// until waits until an expression becomes true; when it does not, the test fails with what the page shows.
func (p *tab) until(expression string) {
	p.t.Helper()
	poll := chromedp.Poll[any]("Boolean("+expression+")", chromedp.WithPollingTimeout(pageTime))
	if _, err := chromedp.Run(p.ctx, poll); err != nil {
		p.t.Fatalf("%s: %v; the log says:\n%s", expression, err, p.eval(`document.getElementById("log")?.innerText`))
	}
}

// eval returns what an expression comes to, a promise awaited, as text.
func (p *tab) eval(expression string) string {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[any](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return fmt.Sprint(v)
}

// keys types into whatever has the focus.
func (p *tab) keys(text string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(text))
}

func (p *tab) click(selector string) {
	p.t.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// says waits until the log shows a text.
func (p *tab) says(text string) {
	p.t.Helper()
	p.until(`document.getElementById("log").innerText.includes(` + quoted(text) + `)`)
}

// quoted is a text as JavaScript writes it.
func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(b)
}

// lastText is what the newest message says in the portal.
func (p *tab) lastText() string {
	all := p.Messages(anna, p.dialog)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].Text
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
	if form := <-p.events; form.Get("data[command][params]") != "5" {
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
	p.eval(`import("/messenger/ws.js").then((ws) => ws.drop())`)
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
