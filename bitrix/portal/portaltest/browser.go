package portaltest

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

const browserTime = 3 * time.Minute // for all that a test does in its browser

// Browser starts Chromium, in Russian, and ends it with the test. Without one the test is skipped, but fails where
// CI=true: there it must be.
func Browser(t testing.TB) context.Context {
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
		chromedp.WindowSize(1280, 800), chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "ru-RU"),
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
