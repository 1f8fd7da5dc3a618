package bitrix_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// TestFetchedTwins: an event reads the same whether the portal posts it or keeps it to be fetched.
func TestFetchedTwins(t *testing.T) {
	for _, name := range capturedNames(t) {
		if !strings.HasPrefix(name, "v2-") {
			continue // API v1 keeps no events
		}
		t.Run(name, func(t *testing.T) {
			form := parsed(t, name)
			posted, err := form.Events()
			if err != nil {
				t.Fatal(err)
			}
			fetched, err := twin(t, form).Events()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(posted, fetched); diff != "" {
				t.Errorf("fetched it is another event (-posted +fetched):\n%s", diff)
			}
		})
	}
}

func parsed(t testing.TB, name string) bitrix.Form {
	t.Helper()
	form, err := bitrix.ParseForm(capturedBody(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return form
}

// twin is a posted event as the portal would have kept it: with real types, null and [] where the form says nothing, and
// without tokens.
func twin(t testing.TB, form bitrix.Form) bitrix.QueuedEvent {
	t.Helper()
	var tree struct {
		TS   string         `json:"ts"`
		Data map[string]any `json:"data"`
	}
	nested, err := json.Marshal(unflatten(form))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(nested, &tree); err != nil {
		t.Fatal(err)
	}
	delete(tree.Data["bot"].(map[string]any), "auth")
	for _, block := range []string{"message", "chat", "user"} {
		if _, there := tree.Data[block]; !there {
			tree.Data[block] = []any{}
		}
	}
	data, err := json.Marshal(typed("data", tree.Data))
	if err != nil {
		t.Fatal(err)
	}
	unix, err := strconv.ParseInt(tree.TS, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	date := bitrix.OptTime{Time: time.Unix(unix, 0)}
	return bitrix.QueuedEvent{ID: 1001, Type: form.Name(), Date: date, Data: data}
}

// unflatten makes a tree of data[bot][id]=456.
func unflatten(form bitrix.Form) map[string]any {
	tree := map[string]any{}
	for key, value := range bitrix.FormValues(form) {
		at := tree
		path := strings.Split(strings.ReplaceAll(key, "]", ""), "[")
		for _, name := range path[:len(path)-1] {
			inner, ok := at[name].(map[string]any)
			if !ok {
				inner = map[string]any{}
				at[name] = inner
			}
			at = inner
		}
		at[path[len(path)-1]] = value
	}
	return tree
}

// typed gives texts the types they have in JSON: what reads as a number is one, unless people wrote it, and 0 and 1 in
// places for yes and no are false and true. Empty texts are null.
func typed(name string, value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			v[key] = typed(key, inner)
		}
		return listed(v)
	case string:
		switch name {
		case "isSystem", "viewedByOthers", "extranet", "containsCollaber", "active", "bot", "connector", "phones", "isNew":
			return v == "1"
		case "text", "params", "dialogId", "code":
			return v
		}
		if n := json.Number(v); v != "" && json.Valid([]byte(v)) {
			return n
		}
		if v == "" {
			return nil
		}
	}
	return value
}

// listed makes a list of a map with the keys 0, 1, 2…, as PHP does.
func listed(tree map[string]any) any {
	list := make([]any, len(tree))
	for i := range list {
		value, ok := tree[strconv.Itoa(i)]
		if !ok {
			return tree
		}
		list[i] = value
	}
	return list
}

// TestFetchedPage reads a recorded answer. The second command is a button pressed in a private chat, for which the portal
// writes "chat":[].
func TestFetchedPage(t *testing.T) {
	c := answering(t, 200, fixture(t, "imbot-v2-event-get.page.json"))
	page, err := c.FetchEvents(t.Context(), bitrix.EventQuery{Bot: 456})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, queued := range page.Events {
		list, err := queued.Events()
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			got = append(got, e.Time.Format("15:04:05 ")+summary(e))
		}
	}
	want := []string{
		`14:12:00 message_add, bot 456 whois_demo_bot, from 7, in 7, message 90601, "Подскажи, /whois 5"`,
		`14:12:05 command_add, bot 456 whois_demo_bot, from 7, in 7, message 90602, command 42 /whois 5`,
		`14:12:09 command_add, bot 456 whois_demo_bot, from 7, in 7, message 90590, button 42 /whois 6`,
		`00:00:00 foreign`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestFetchedBlanks: the values that PHP leaves out of a form say nothing in JSON either.
func TestFetchedBlanks(t *testing.T) {
	for _, blank := range []string{`null`, `false`, `[]`, `""`, `0`} {
		e := bitrix.QueuedEvent{Type: "ONIMBOTV2MESSAGEADD", Data: json.RawMessage(
			`{"bot":{"id":456,"code":"whois"},"message":{"id":9007199254740993,"text":"x","forward":` + blank + `},
			"chat":` + blank + `,"user":{"id":"7","type":"user","extranet":` + blank + `},"language":` + blank + `}`)}
		list, err := e.Events()
		if err != nil {
			t.Fatal(err)
		}
		want := `message_add, bot 456 whois, from 7, in 7, message 9007199254740993, "x"`
		if got := summary(list[0]); got != want {
			t.Errorf("with %s: %s", blank, got)
		}
	}
}

func TestFetchedEventsAreBounded(t *testing.T) {
	for name, data := range map[string]string{
		"10,001 fields":      `[` + strings.Repeat(`1,`, 10_000) + `1]`,
		"17 levels":          strings.Repeat(`[`, 17) + `1` + strings.Repeat(`]`, 17),
		"5000 levels":        strings.Repeat(`{"a":`, 5000) + `1` + strings.Repeat(`}`, 5000),
		"a key of 1 kB":      `{"` + strings.Repeat("k", 1024) + `":1}`,
		"brackets in a key":  `{"user":{"id":7},"user][id":8}`,
		"no JSON":            `{"user":`,
		"no JSON, many open": strings.Repeat(`[`, 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			e := bitrix.QueuedEvent{Type: "ONIMBOTV2MESSAGEADD", Data: json.RawMessage(data)}
			if list, err := e.Events(); !errors.Is(err, bitrix.ErrForm) {
				t.Errorf("%d events, error is %v, want ErrForm", len(list), err)
			}
		})
	}
}

func TestFetchedWithoutTypeIsNoEvent(t *testing.T) {
	if _, err := (bitrix.QueuedEvent{}).Events(); !errors.Is(err, bitrix.ErrNotEvent) {
		t.Errorf("error is %v, want ErrNotEvent", err)
	}
}

// FuzzQueuedEvent: whatever a portal keeps is refused or becomes one plausible event.
func FuzzQueuedEvent(f *testing.F) {
	for _, name := range []string{"v2-command-add-keyboard.form", "v2-message-add-forward.form", "v2-context-get.form", "v2-delete.form"} {
		e := twin(f, parsed(f, name))
		f.Add(e.Type, []byte(e.Data))
	}
	f.Add("ONIMCOMMANDADD", []byte(`{"COMMAND":{"103":{"COMMAND":"whois"}},"PARAMS":{"DIALOG_ID":"7"}}`))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		list, err := bitrix.QueuedEvent{Type: name, Data: data}.Events()
		if err != nil && !errors.Is(err, bitrix.ErrForm) && !errors.Is(err, bitrix.ErrNotEvent) {
			t.Errorf("error is %v", err)
		}
		if len(list) > 10 {
			t.Errorf("%d events in one", len(list))
		}
		for _, e := range list {
			if e.User.ID < 0 || e.Bot.ID < 0 || e.Message.ID < 0 || !utf8.ValidString(e.Message.Text) {
				t.Errorf("implausible event %+v", e)
			}
		}
	})
}
