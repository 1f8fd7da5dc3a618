package events_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fetch runs a process that fetches for a while, and may die in it. The time of synctest is virtual.
func fetch(t *testing.T, f *events.Fetcher, during time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), during)
	defer cancel()
	var process sync.WaitGroup
	process.Go(func() {
		if err := f.Run(ctx); err != nil {
			t.Errorf("run: %v", err)
		}
	})
	process.Wait()
}

// wantAllStored wants each of the events once, and none that the portal forgot unread.
func wantAllStored(t *testing.T, town *town, n int) {
	t.Helper()
	keys := map[string]int{}
	for _, e := range town.store.stored {
		keys[e.Key()]++
	}
	if len(keys) != n || len(town.queue.lost) > 0 {
		t.Errorf("%d questions are stored, want %d; the portal was told to forget %v unread", len(keys), n, town.queue.lost)
	}
}

func TestFetchedEventsAreStored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		town.queue.sayAll(3)
		fetch(t, town.fetcher(), 8*time.Second)
		wantAllStored(t, town, 3)
		e := town.store.stored[0]
		got := fmt.Sprint(e.Portal, " ", e.Bot.Code, " ", e.User.ID, " ", e.Asked())
		if want := "a.example whois_demo_bot 7 /whois 5"; got != want {
			t.Errorf("stored is %q, want %q", got, want)
		}
		if left := len(town.queue.waiting); left > 0 {
			t.Errorf("%d events are still with the portal, though they are stored", left)
		}
	})
}

// steps counts what a fetcher does, and can end its process at one of the steps: nothing of the fetcher's runs after that.
func (town *town) steps(dieAt int) (taken *int) {
	taken = new(int)
	town.step = func(string) error {
		if *taken++; *taken == dieAt {
			runtime.Goexit()
		}
		return nil
	}
	return taken
}

// TestProcessThatDiesLosesNothing has it die before and after each step of fetching three pages, and another go on.
func TestProcessThatDiesLosesNothing(t *testing.T) {
	const waiting, during = 25, time.Minute
	fetching := func(t *testing.T, dieAt int) (steps int) {
		synctest.Test(t, func(t *testing.T) {
			town := newTown(t)
			town.queue.page = 10
			town.queue.sayAll(waiting)
			taken := town.steps(dieAt)
			fetch(t, town.fetcher(), during)
			if steps = *taken; dieAt > 0 {
				town.steps(0)
				fetch(t, town.fetcher(), during)
			}
			wantAllStored(t, town, waiting)
		})
		return steps
	}
	undisturbed := fetching(t, 0)
	for dieAt := 1; dieAt <= undisturbed; dieAt++ {
		fetching(t, dieAt)
	}
	t.Logf("died at each of %d steps", undisturbed)
}

// TestFailedStepLosesNothing has each kind of step fail three times, some without and some with its effect.
func TestFailedStepLosesNothing(t *testing.T) {
	for _, failing := range []string{
		"before the portal is asked", "the page has come", "before the page is stored", "the page is stored",
		"before the offset is remembered", "the offset is remembered", "nothing is remembered",
	} {
		t.Run(failing, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				town := newTown(t)
				town.queue.page = 10
				town.queue.sayAll(25)
				failures := 0
				town.step = func(what string) error {
					if what == failing && failures < 3 {
						failures++
						return errors.New("away")
					}
					return nil
				}
				fetch(t, town.fetcher(), time.Minute)
				wantAllStored(t, town, 25)
				if failures != 3 {
					t.Errorf("the step failed %d times, want 3", failures)
				}
			})
		})
	}
}

// TestOffsetIsRememberedBeforeItIsSent: otherwise the next process would go on from an offset whose events are gone, which is
// harmless, or from one that nobody stored, which is not.
func TestOffsetIsRememberedBeforeItIsSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		town.queue.page = 10
		town.queue.sayAll(25)
		town.step = func(what string) error {
			if n := len(town.queue.asked); what == "the page has come" && n > 1 {
				offset := fmt.Sprintf(`"offset":%d,`, town.queue.asked[n-1].Offset)
				if got := fmt.Sprint(town.memory); !strings.Contains(got, offset) {
					t.Errorf("sent is %s remembered is %s", offset, got)
				}
			}
			return nil
		}
		fetch(t, town.fetcher(), time.Minute)
		wantAllStored(t, town, 25)
	})
}

// TestOffsetNeverRunsAhead has a portal answer with an offset beyond what it gave.
func TestOffsetNeverRunsAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		town.queue.sayAll(3)
		o := events.FetcherOptions{Bot: 456, Memory: town, Queue: hasty{town}}
		o.Intake = events.Intake{BotCode: "whois_demo_bot", Store: town}
		fetch(t, events.NewFetcher(o), 3*time.Second)
		town.queue.sayAll(3)
		fetch(t, events.NewFetcher(o), 3*time.Second)
		wantAllStored(t, town, 6)
	})
}

type hasty struct{ *town }

func (h hasty) FetchEvents(ctx context.Context, q bitrix.EventQuery) (bitrix.EventPage, error) {
	page, err := h.town.FetchEvents(ctx, q)
	page.NextOffset += 1000
	return page, err
}

// TestBotsHaveBookmarksOfTheirOwn: an offset in another bot's queue would delete what nobody has read.
func TestBotsHaveBookmarksOfTheirOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		for _, of := range []struct {
			portal string
			bot    bitrix.BotID
		}{{"a.example", 456}, {"a.example", 457}, {"b.example", 456}} {
			town.queue.sayAll(3)
			asked := len(town.queue.asked)
			fetch(t, events.NewFetcher(events.FetcherOptions{
				Portal: of.portal, Bot: of.bot, Queue: town, Memory: town, Intake: events.Intake{Store: town},
			}), 6*time.Second)
			if first := town.queue.asked[asked]; first.Offset != 0 || first.Bot != of.bot {
				t.Errorf("bot %d of %s begins with %+v", of.bot, of.portal, first.EventQuery)
			}
		}
	})
}

func TestEventThatCannotBeReadIsLeftOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		town.queue.sayAll(3)
		town.queue.waiting[1].Data = []byte(strings.Repeat("[", 100) + "1" + strings.Repeat("]", 100))
		told := map[events.Outcome]int{}
		f := events.NewFetcher(events.FetcherOptions{
			Bot: 456, Queue: town, Memory: town,
			Intake: events.Intake{
				BotCode: "whois_demo_bot", Store: town, Observe: func(_ events.Event, o events.Outcome) { told[o]++ },
			},
		})
		fetch(t, f, 8*time.Second)
		if diff := cmp.Diff(map[events.Outcome]int{events.Stored: 2, events.Refused: 1}, told); diff != "" {
			t.Errorf("outcomes (-want +got):\n%s", diff)
		}
		if left := len(town.queue.waiting); left > 0 {
			t.Errorf("%d events are still in the queue", left)
		}
	})
}

// TestPageTooLongToReadIsAskedForInParts: somebody who sends a bot the longest messages there are must not stop it.
func TestPageTooLongToReadIsAskedForInParts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		town.queue.sayAll(100)
		town.step = func(what string) error {
			asked := town.queue.asked
			if what == "the page has come" && asked[len(asked)-1].Limit > 20 && len(town.queue.waiting) > 20 {
				return &bitrix.Error{Method: "imbot.v2.Event.get", Status: 200, Code: string(bitrix.ErrWrongEncoding)}
			}
			return nil
		}
		fetch(t, town.fetcher(), 3*time.Minute)
		wantAllStored(t, town, 100)
		if last := town.queue.asked[len(town.queue.asked)-1]; last.Limit < 100 {
			t.Errorf("in the end it asks for %d", last.Limit)
		}
	})
}

// TestBotThatIsGoneEndsFetching: its queue went with it, and whoever runs the fetcher has to find another bot.
func TestBotThatIsGoneEndsFetching(t *testing.T) {
	for _, code := range []bitrix.ErrorCode{bitrix.ErrBotNotFound, bitrix.ErrBotOwnership} {
		town := newTown(t)
		town.step = func(string) error { return &bitrix.Error{Status: 400, Code: string(code)} }
		town.memory["offset of bot 456 of a.example"] = `{"offset":7}`
		if err := town.fetcher().Run(t.Context()); !errors.Is(err, code) {
			t.Errorf("run: %v, want %v", err, code)
		}
	}
}

func TestDrainStoresWhatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		town.queue.page = 10
		town.queue.sayAll(30) // full pages to the last
		offset, err := town.fetcher().Drain(t.Context())
		if err != nil || offset != town.queue.next+1 {
			t.Errorf("drained to %d, %v; the last event is %d", offset, err, town.queue.next)
		}
		wantAllStored(t, town, 30)

		town.queue.sayAll(5)
		town.step = func(what string) error { return errors.New(what) }
		if _, err := town.fetcher().Drain(t.Context()); err == nil {
			t.Error("what is not drained is no error")
		}
	})
}

// TestOlderPortal answers as portals did before 25 March 2026: with the id of the last event.
func TestOlderPortal(t *testing.T) {
	answer, err := os.ReadFile("../bitrix/testdata/rest/imbot-v2-event-get.legacy-last-event-id.json")
	if err != nil {
		t.Fatal(err)
	}
	hook, err := bitrix.ParseWebhook("https://demo-portal.bitrix24.example/rest/1/fakecode/")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var second string
	portal := roundTripper(func(r *http.Request) (*http.Response, error) {
		asked, _ := io.ReadAll(r.Body)
		if strings.Contains(string(asked), "offset") {
			second = string(asked)
			cancel()
		}
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(answer))}, nil
	})
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		client := bitrix.NewClient(bitrix.ClientOptions{Webhook: hook, HTTP: &http.Client{Transport: portal}, API: bitrix.APIv2})
		f := events.NewFetcher(events.FetcherOptions{Bot: 456, Queue: client, Memory: town, Intake: events.Intake{Store: town}})
		if err := f.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	if !strings.Contains(second, `"offset":1002`) {
		t.Errorf("the last event was 1001, and then it asked %s", second)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// logged is a context whose log a test reads.
func logged(t *testing.T) (context.Context, *strings.Builder) {
	t.Helper()
	var log strings.Builder
	return zerolog.New(&log).WithContext(t.Context()), &log
}
