package events_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// TestPaceOfADay has people talk for an hour of a day, three times a minute, and counts the requests.
func TestPaceOfADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		begun := time.Now()
		from, to := begun.Add(9*time.Hour), begun.Add(10*time.Hour)
		time.AfterFunc(9*time.Hour, func() {
			for time.Now().Before(to) {
				town.queue.say()
				time.Sleep(20 * time.Second)
			}
		})
		fetch(t, town.fetcher(), 24*time.Hour)
		wantAllStored(t, town, 3*60)
		talking, quiet, longest := 0, 0, time.Duration(0)
		gaps := town.queue.gaps()
		for i, gap := range gaps {
			at := town.queue.asked[i].at
			switch {
			case at.After(from.Add(5*time.Second)) && at.Before(to):
				talking, longest = talking+1, max(longest, gap)
			case at.Before(from) || at.After(to.Add(6*time.Minute)):
				quiet++
			}
		}
		t.Logf("%d requests in the hour of talking, %d in the %d hours of silence", talking, quiet, 22)
		if longest > time.Second || talking > 3600 {
			t.Errorf("while people talk it asks %d times an hour, with up to %v in between", talking, longest)
		}
		if every := 23 * time.Hour / time.Duration(quiet); every < 4*time.Second || every > 6*time.Second {
			t.Errorf("while nobody does it asks every %v", every)
		}
	})
}

// TestPaceGrowsSlower follows one event into silence.
func TestPaceGrowsSlower(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		town.queue.say()
		fetch(t, town.fetcher(), 10*time.Minute+time.Second)
		var want []time.Duration
		for elapsed := time.Duration(0); elapsed < 10*time.Minute; elapsed += want[len(want)-1] {
			switch {
			case elapsed < 30*time.Second:
				want = append(want, time.Second)
			case elapsed < 5*time.Minute:
				want = append(want, 2500*time.Millisecond)
			default:
				want = append(want, 5*time.Second)
			}
		}
		if diff := cmp.Diff(want, town.queue.gaps()); diff != "" {
			t.Errorf("gaps (-want +got):\n%s", diff)
		}
	})
}

func TestFullPagesAreTwoSecondsApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		town.queue.page = 10
		town.queue.sayAll(25)
		fetch(t, town.fetcher(), 5500*time.Millisecond)
		want := []time.Duration{2 * time.Second, 2 * time.Second, time.Second}
		if diff := cmp.Diff(want, town.queue.gaps()); diff != "" {
			t.Errorf("gaps (-want +got):\n%s", diff)
		}
	})
}

// TestSlowPortalIsAskedLess has the portal work on an answer for three seconds: it then rests for as long.
func TestSlowPortalIsAskedLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		town.queue.say()
		town.step = func(what string) error {
			if what == "before the portal is asked" {
				time.Sleep(3 * time.Second)
			}
			return nil
		}
		fetch(t, town.fetcher(), 16*time.Second)
		want := []time.Duration{6 * time.Second, 6 * time.Second}
		if diff := cmp.Diff(want, town.queue.gaps()); diff != "" {
			t.Errorf("gaps (-want +got):\n%s", diff)
		}
	})
}

// TestPortalAway asks a portal that is away more and more rarely, and says so once.
func TestPortalAway(t *testing.T) {
	for name, c := range map[string]struct {
		failure error
		want    []time.Duration
	}{
		"for a minute":            {errors.New("away"), seconds(1, 2, 4, 8, 16, 30, 30)},
		"and says for how long":   {&bitrix.Error{Status: 429, RetryAfter: 45 * time.Second}, seconds(45, 45, 45)},
		"and says it is a moment": {&bitrix.Error{Status: 503, RetryAfter: 3 * time.Second}, seconds(3, 3, 4, 8, 16, 30, 30)},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, log := logged(t)
				town := newTown(t)
				town.queue.say()
				var tries []time.Time
				town.step = func(what string) error {
					if what != "before the portal is asked" || len(tries) > len(c.want) {
						return nil
					}
					if tries = append(tries, time.Now()); len(tries) > len(c.want) {
						return nil
					}
					return c.failure
				}
				ctx, cancel := context.WithTimeout(ctx, 4*time.Minute)
				defer cancel()
				if err := town.fetcher().Run(ctx); err != nil {
					t.Error(err)
				}
				var waits []time.Duration
				for i := range tries[1:] {
					waits = append(waits, tries[i+1].Sub(tries[i]))
				}
				if diff := cmp.Diff(c.want, waits); diff != "" {
					t.Errorf("waits (-want +got):\n%s", diff)
				}
				wantAllStored(t, town, 1)
				for _, line := range []string{"cannot be fetched", "fetched again"} {
					if n := strings.Count(log.String(), line); n != 1 {
						t.Errorf("%q is logged %d times, want once: %s", line, n, log)
					}
				}
			})
		})
	}
}

func seconds(list ...int) []time.Duration {
	var d []time.Duration
	for _, n := range list {
		d = append(d, time.Duration(n)*time.Second)
	}
	return d
}

// TestSilenceOfADayIsTold: Bitrix24 keeps events for 24 hours, so what came before is gone, and nothing else would say so.
func TestSilenceOfADayIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		away time.Duration
		told bool
	}{
		"an hour": {time.Hour, false},
		"a day":   {23 * time.Hour, false},
		"longer":  {25 * time.Hour, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				town := newTown(t)
				fetch(t, town.fetcher(), time.Hour)
				time.Sleep(c.away)
				ctx, log := logged(t)
				ctx, cancel := context.WithTimeout(ctx, time.Minute)
				defer cancel()
				if err := town.fetcher().Run(ctx); err != nil {
					t.Error(err)
				}
				if told := strings.Contains(log.String(), "24 hours"); told != c.told {
					t.Errorf("told: %v, want %v: %s", told, c.told, log)
				}
			})
		})
	}
}

// TestBookmarkThatStandsStillIsRarelyWritten counts what a quiet hour costs the store.
func TestBookmarkThatStandsStillIsRarelyWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		town := newTown(t)
		written := 0
		town.step = func(what string) error {
			if what == "the offset is remembered" {
				written++
			}
			return nil
		}
		fetch(t, town.fetcher(), time.Hour)
		if written < 5 || written > 7 {
			t.Errorf("written %d times in an hour, want each 10 minutes", written)
		}
	})
}

// TestSpeedIsTold: whoever starts the bot should know why it takes seconds to answer.
func TestSpeedIsTold(t *testing.T) {
	ctx, log := logged(t)
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if err := newTown(t).fetcher().Run(ctx); err != nil {
		t.Error(err)
	}
	for _, words := range []string{"every second", "every 2.5 s", "every 5 s", "public URL"} {
		if !strings.Contains(log.String(), words) {
			t.Errorf("the log does not say %q: %s", words, log)
		}
	}
}
