package portal_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func ids(f fetched) []int64 {
	var all []int64
	for _, e := range f.Events {
		all = append(all, e.EventID)
	}
	return all
}

func TestFetchDeletesBelowTheOffset(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	if f := fetch(t, p, bot); f.NextOffset != 0 || f.HasMore || f.Events == nil {
		t.Errorf("at first: %+v", f)
	}
	for range 4 {
		say(t, p, anna, botChat, "x")
	}
	all := fetch(t, p, bot)
	if len(all.Events) != 5 || all.HasMore || all.NextOffset != all.Events[4].EventID+1 {
		t.Fatalf("all: %v, next %d", ids(all), all.NextOffset)
	}
	gap := false
	for i := range all.Events[1:] {
		gap = gap || all.Events[i+1].EventID > all.Events[i].EventID+1
	}
	if !gap {
		t.Errorf("no gaps in %v", ids(all))
	}
	if again := fetch(t, p, bot); len(again.Events) != 5 {
		t.Errorf("without an offset %d are left, want all", len(again.Events))
	}
	third := all.Events[2].EventID
	if f := fetch(t, p, bot, params{"offset": third, "limit": 1}); len(f.Events) != 1 || f.Events[0].EventID != third || !f.HasMore {
		t.Errorf("from the third: %+v", f)
	}
	if f := fetch(t, p, bot); len(f.Events) != 3 {
		t.Errorf("%d are left, want 3", len(f.Events))
	}
	for range 2 {
		if f := fetch(t, p, bot, params{"offset": 100_000}); f.NextOffset != 100_000 || len(f.Events) != 0 {
			t.Errorf("far ahead: %+v", f)
		}
	}
	if f := fetch(t, p, bot); len(f.Events) != 0 {
		t.Errorf("an offset far ahead left %v", ids(f))
	}
}

func TestFetchLimits(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	for range 1100 {
		say(t, p, anna, botChat, "x")
	}
	for _, c := range []struct {
		with params
		want int
	}{
		{params{}, 100},
		{params{"limit": 0}, 1},
		{params{"limit": -5}, 1},
		{params{"limit": 5000}, 1000},
	} {
		if f := fetch(t, p, bot, c.with); len(f.Events) != c.want || !f.HasMore {
			t.Errorf("%v: %d events, more %v", c.with, len(f.Events), f.HasMore)
		}
	}
}

func TestEventsAreKeptForADay(t *testing.T) {
	c := newClock()
	p := newPortal(t, withClock(c))
	bot := newBot(t, p)
	say(t, p, anna, botChat, "старое")
	c.set(start.Add(23 * time.Hour))
	say(t, p, anna, botChat, "новое")
	c.set(start.Add(24*time.Hour + time.Second))
	f := fetch(t, p, bot)
	if len(f.Events) != 1 || f.Events[0].Data.Message.Text != "новое" {
		t.Errorf("got %+v", f.Events)
	}
}

func TestQueuesAreApart(t *testing.T) {
	p := newPortal(t)
	first := newBot(t, p)
	second := newBotWith(t, p, params{"code": "second", "botToken": token})
	say(t, p, anna, "457", "второму")
	if f := fetch(t, p, first); len(f.Events) != 0 {
		t.Errorf("the first got %v", ids(f))
	}
	if f := fetch(t, p, second); len(f.Events) != 2 {
		t.Errorf("the second got %v", ids(f))
	}
	wantError(t, call(t, p, "imbot.v2.Event.get", params{
		"botId": first, "botToken": token, "withUserEvents": true,
	}), 400, "USER_NOT_SUBSCRIBED")
}

func TestLeavingFetchErasesWhatWaits(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p)
	say(t, p, anna, botChat, "x")
	for _, fields := range []params{
		{"eventMode": "webhook", "webhookUrl": "http://127.0.0.1:1/x"}, {"eventMode": "fetch"},
	} {
		get[any](t, p, "imbot.v2.Bot.update", params{"botId": bot, "botToken": token, "fields": fields})
	}
	if f := fetch(t, p, bot); len(f.Events) != 0 {
		t.Errorf("left are %v", ids(f))
	}
	say(t, p, anna, botChat, "y")
	if f := fetch(t, p, bot); len(f.Events) != 1 {
		t.Errorf("after coming back: %v", ids(f))
	}
}

func TestFetchedEventsHaveTheKeysOfExamples(t *testing.T) {
	p := newPortal(t)
	bot := newBot(t, p, whois)
	say(t, p, anna, botChat, "Подскажи, /whois 5")
	say(t, p, anna, botChat, "/whois 5")
	want := byType(t, fixture(t, "rest/imbot-v2-event-get.page.json"))
	got := byType(t, []byte(call(t, p, "imbot.v2.Event.get", params{"botId": bot, "botToken": token}).Raw))
	for _, name := range []string{"ONIMBOTV2MESSAGEADD", "ONIMBOTV2COMMANDADD"} {
		if diff := cmp.Diff(keyPaths(t, want[name]), keyPaths(t, got[name])); diff != "" {
			t.Errorf("%s (-fixture +portal):\n%s", name, diff)
		}
	}
}

// byType finds the first event of each type in an answer of Event.get.
func byType(t *testing.T, raw []byte) map[string]json.RawMessage {
	t.Helper()
	var a struct {
		Result struct{ Events []json.RawMessage }
	}
	if err := json.Unmarshal(raw, &a); err != nil {
		t.Fatal(err)
	}
	first := map[string]json.RawMessage{}
	for _, e := range a.Result.Events {
		var head struct{ Type string }
		if err := json.Unmarshal(e, &head); err != nil {
			t.Fatal(err)
		}
		if first[head.Type] == nil {
			first[head.Type] = e
		}
	}
	return first
}

// keyPaths lists the keys of an object and of those in it, as written; phones differ from person to person.
func keyPaths(t *testing.T, raw []byte) []string {
	t.Helper()
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return nil
	}
	var all []string
	for _, key := range keysOf(t, raw) {
		all = append(all, key)
		if key == "phones" {
			continue
		}
		for _, below := range keyPaths(t, fields[key]) {
			all = append(all, key+"."+below)
		}
	}
	return all
}
