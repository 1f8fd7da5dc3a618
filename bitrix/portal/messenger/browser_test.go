package messenger_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const pageTime = 15 * time.Second // for anything to appear on the page

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
		command(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: noteSockets}),
		chromedp.Navigate(s.url+path),
	)
	p.until(`document.querySelector("#me .name")`)
	return p
}

// noteSockets keeps the page's connections in sight, for a test that breaks one.
const noteSockets = `var sockets = []; WebSocket = class extends WebSocket {
	constructor(address) { super(address); sockets.push(this); }
}`

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
	for i, part := range strings.Split(text, kb.Enter) {
		if i > 0 {
			p.do(enter)
		}
		p.do(chromedp.KeyEvent(part))
	}
}

// enter presses Enter as a keyboard does: the line break comes only if the page lets it. KeyEvent breaks the line
// whatever the page says.
func enter(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	key := input.DispatchKeyEventParams{
		Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13,
	}
	if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, key); err != nil {
		return chromedp.Void{}, err
	}
	key.Type, key.Text = input.DispatchKeyEventTypeKeyUp, ""
	_, err := cdp.Call(ctx, t, input.DispatchKeyEvent, key)
	return chromedp.Void{}, err
}

// click presses what a selector finds. When the page draws it anew in between, the new one is pressed.
func (p *tab) click(selector string) {
	p.t.Helper()
	late := time.After(pageTime)
	for {
		err := chromedp.Do(p.ctx, chromedp.Click(chromedp.CSS(selector)))
		if err == nil {
			return
		}
		select {
		case <-late:
			p.t.Fatalf("click %s: %v", selector, err)
		default:
			if !strings.Contains(err.Error(), "Could not find node") {
				p.t.Fatalf("click %s: %v", selector, err)
			}
		}
	}
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
