package bitrix_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// found is a person as im.search.user.list tells it: less than im.user.get, and two dates swapped.
func found(id bitrix.UserID, name, first, last, position string) bitrix.User {
	return bitrix.User{
		ID: id, Active: true, Name: name, FirstName: first, LastName: last, WorkPosition: position,
		Color: "#4ba984", Gender: "M", ExternalAuthID: "default", Departments: []int64{50},
		MobileLast: at("2026-09-21T17:05:31+03:00"),
	}
}

func irina() *bitrix.User {
	u := eugene()
	u.ID, u.Name = 12, "Ирина Отпускова"
	return &u
}

type department struct {
	ID      int64  `json:"id"`
	Name    string `json:"name"`
	Path    string `json:"full_name"`
	Manager int64  `json:"manager_user_id"`
}

var lists = map[string]expectation{
	"im-user-list-get.object.json": gives("im.user.list.get", map[bitrix.UserID]*bitrix.User{
		5: new(eugene()), 12: irina(), 999999: nil,
	}),
	"im-user-list-get.array.json": gives("im.user.list.get", []*bitrix.User{new(eugene()), nil}),
	"im-search-user-list.found.json": gives("im.search.user.list", map[bitrix.UserID]bitrix.User{
		5:   found(5, "Евгений Шеленков", "Евгений", "Шеленков", "Ведущий разработчик"),
		105: found(105, "Евгения Примерова", "Евгения", "Примерова", "Юрист"),
	}),
	"im-search-user-list.page.json": gives("im.search.user.list", map[bitrix.UserID]bitrix.User{
		5: found(5, "Евгений Шеленков", "Евгений", "Шеленков", "Ведущий разработчик"),
	}),
	"im-search-user-list.empty.json": gives("im.search.user.list", []bitrix.User{}),
	"im-department-get.json": gives("im.department.get", []department{
		{50, "Отдел разработки", "Отдел разработки / Демо", 6},
	}),
	"im-department-managers-get.json": gives("im.department.managers.get", map[string][]bitrix.UserID{"50": {6}}),
	"user-search.json": gives("user.search", []map[string]any{{
		"ID": "5", "ACTIVE": true, "NAME": "Евгений", "LAST_NAME": "Шеленков", "LAST_ACTIVITY_DATE": []any{},
		"PERSONAL_GENDER": "M", "WORK_POSITION": "Ведущий разработчик", "UF_DEPARTMENT": []any{50.0},
		"USER_TYPE": "employee",
	}}),
}

func whoisBot(mode bitrix.EventMode) bitrix.Bot {
	return bitrix.Bot{
		ID: 456, Code: "whois_demo_bot", Name: "Справочник", WorkPosition: "Чат-бот", Color: "#4ba984", Gender: "M",
		Type: bitrix.BotOrdinary, EventMode: mode, ReactionsEnabled: true, Language: "ru",
	}
}

var registration = map[string]expectation{
	"imbot-v2-bot-register.json": returns(whoisBot(bitrix.EventsPosted),
		func(t *testing.T, c *bitrix.Client) (bitrix.Bot, error) {
			return c.RegisterBot(t.Context(), bitrix.BotFields{Code: "whois_demo_bot", Name: "Справочник"})
		}),
	"imbot-v2-bot-list.json": returns([]bitrix.Bot{whoisBot(bitrix.EventsFetched)},
		listBots),
	"imbot-v2-bot-unregister.json": succeeds(func(t *testing.T, c *bitrix.Client) error {
		return c.UnregisterBot(t.Context(), 456)
	}),
	"imbot-v2-command-register.json": returns(bitrix.RegisteredCommand{ID: 42, Bot: 456, Command: "whois"},
		func(t *testing.T, c *bitrix.Client) (bitrix.RegisteredCommand, error) {
			return c.RegisterCommand(t.Context(), 456, bitrix.CommandFields{Command: "whois"})
		}),
	"imbot-v2-command-list.json": returns(
		[]bitrix.RegisteredCommand{{ID: 42, Bot: 456, Command: "whois", Title: "Кто это", Params: "номер или имя"}},
		func(t *testing.T, c *bitrix.Client) ([]bitrix.RegisteredCommand, error) {
			return c.BotCommands(t.Context(), 456)
		}),
	"imbot-v2-revision-get.json": returns(bitrix.Revision{Rest: 36, Web: 130, Mobile: 23, Desktop: 6},
		func(t *testing.T, c *bitrix.Client) (bitrix.Revision, error) { return c.Revision(t.Context()) }),
}

var conversation = map[string]expectation{
	"imbot-v2-chat-message-send.json": returns(90500,
		func(t *testing.T, c *bitrix.Client) (bitrix.MessageID, error) {
			return c.SendMessage(t.Context(), bitrix.Message{Bot: 456, Dialog: "7", Text: "да"})
		}),
	"imbot-v2-command-answer.json": succeeds(func(t *testing.T, c *bitrix.Client) error {
		return c.AnswerCommand(t.Context(), bitrix.CommandAnswer{Bot: 456, Command: 42, MessageID: 90602, Text: "да"})
	}),
	"imbot-v2-chat-message-update.json": succeeds(func(t *testing.T, c *bitrix.Client) error {
		return c.UpdateMessage(t.Context(), bitrix.MessageChange{Bot: 456, ID: 90500, Dialog: "7", Text: "да"})
	}),
	"imbot-v2-input-action-notify.json":            gives("imbot.v2.Chat.InputAction.notify", map[string]any{"result": true}),
	"imbot-v2-event-get.empty.json":                isPage(1007, nil, 1007, false),
	"imbot-v2-event-get.empty-first.json":          isPage(0, nil, 0, false),
	"imbot-v2-event-get.more.json":                 isPage(1001, []string{"1001 ONIMBOTV2MESSAGEADD"}, 1002, true),
	"imbot-v2-event-get.legacy-last-event-id.json": isPage(0, []string{"1001 ONIMBOTV2MESSAGEADD"}, 1002, false),
	"imbot-v2-event-get.page.json": isPage(0, []string{
		"1001 ONIMBOTV2MESSAGEADD", "1004 ONIMBOTV2COMMANDADD", "1005 ONIMBOTV2COMMANDADD", "1006 ONIMBOTV2FUTUREEVENT",
	}, 1007, false),
}

var batches = map[string]expectation{
	"batch.ok.json":                   isBatch([]string{"user", "dept"}, "", ""),
	"batch.mixed.json":                isBatch([]string{"u5", "u999", "u0"}, "", bitrix.ErrUserNotExists, bitrix.ErrIDEmpty),
	"batch.all-failed.json":           isBatch([]string{"u999"}, bitrix.ErrUserNotExists),
	"batch.numeric-keys-mixed.json":   isBatch([]string{"0", "1", "2"}, "", bitrix.ErrUserNotExists, ""),
	"batch.too-long.json":             isBatch([]string{"c1", "c51"}, "", bitrix.ErrBatchLength),
	"batch.operation-time-limit.json": isBatch([]string{"u5"}, bitrix.ErrOperationTimeLimit),
	"batch.numeric-keys.json": func(t *testing.T, c *bitrix.Client) {
		var sections map[string]json.RawMessage
		if err := c.Call(t.Context(), "im.user.get", nil, &sections); err != nil {
			t.Fatal(err)
		}
		for name, keys := range map[string][]string{"result": {"0", "1"}, "result_error": {}} {
			got, err := bitrix.BatchSection(sections[name])
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(keys) {
				t.Errorf("%s has %d entries, want %d", name, len(got), len(keys))
			}
			for _, key := range keys {
				if got[key] == nil {
					t.Errorf("%s has nothing under %q", name, key)
				}
			}
		}
	},
}

// firstGeneration are answers of imbot.*, which mostly are plain numbers.
var firstGeneration = map[string]expectation{
	"imbot-register.json": returns(bitrix.Bot{ID: 456, Code: "whois_demo_bot", EventMode: bitrix.EventsPosted},
		func(t *testing.T, c *bitrix.Client) (bitrix.Bot, error) {
			return c.RegisterBot(t.Context(), bitrix.BotFields{Code: "whois_demo_bot", WebhookURL: "https://bot.example/events"})
		}),
	"imbot-command-register.json": returns(bitrix.RegisteredCommand{ID: 103, Bot: 456, Command: "whois"},
		func(t *testing.T, c *bitrix.Client) (bitrix.RegisteredCommand, error) {
			return c.RegisterCommand(t.Context(), 456, bitrix.CommandFields{Command: "whois", Handler: "https://bot.example/events"})
		}),
	"imbot-command-answer.json": succeeds(answerInV1),
	"imbot-command-answer.expired.json": func(t *testing.T, c *bitrix.Client) {
		failure, ok := errors.AsType[*bitrix.Error](answerInV1(t, c))
		if !ok || !errors.Is(failure, bitrix.ErrCommandAnswer) || failure.Temporary() || failure.MayHaveRun() {
			t.Errorf("nothing was said, and the error is %v", failure)
		}
	},
	"imbot-message-add.json": returns(90502, func(t *testing.T, c *bitrix.Client) (bitrix.MessageID, error) {
		return c.SendMessage(t.Context(), bitrix.Message{Bot: 456, Dialog: "7", Text: "да"})
	}),
	"imbot-chat-send-typing.json": gives("imbot.chat.sendTyping", true),
	"imbot-bot-list.empty.json":   returns([]bitrix.Bot(nil), listBots),
	"imbot-bot-list.json": returns([]bitrix.Bot{
		{ID: 456, Name: "Справочник", Code: "whois_demo_bot", EventMode: bitrix.EventsPosted},
	}, listBots),
}

func answerInV1(t *testing.T, c *bitrix.Client) error {
	t.Helper()
	return c.AnswerCommand(t.Context(), bitrix.CommandAnswer{Bot: 456, Command: 103, MessageID: 80101, Text: "да"})
}

func listBots(t *testing.T, c *bitrix.Client) ([]bitrix.Bot, error) {
	t.Helper()
	return c.Bots(t.Context())
}

func isPage(offset bitrix.EventOffset, events []string, next bitrix.EventOffset, more bool) expectation {
	return func(t *testing.T, c *bitrix.Client) {
		t.Helper()
		page, err := c.FetchEvents(t.Context(), bitrix.EventQuery{Bot: 456, Offset: offset})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range page.Events {
			got = append(got, jsonText(t, e.ID)+" "+e.Type)
			if e.Date.IsZero() || !json.Valid(e.Data) {
				t.Errorf("event %d has date %v and data %.40q", e.ID, e.Date, e.Data)
			}
		}
		if diff := cmp.Diff(events, got); diff != "" {
			t.Error(diff)
		}
		if page.NextOffset != next || page.HasMore != more {
			t.Errorf("next %d, more %v; want %d, %v", page.NextOffset, page.HasMore, next, more)
		}
	}
}

// isBatch expects each call, named as in the fixture, to end with its code; "" is success.
func isBatch(names []string, codes ...bitrix.ErrorCode) expectation {
	return func(t *testing.T, c *bitrix.Client) {
		t.Helper()
		var calls []bitrix.BatchCall
		for _, name := range names {
			calls = append(calls, bitrix.BatchCall{Method: "im.user.get", Params: map[string]string{"named": name}})
		}
		results, err := c.Batch(t.Context(), calls)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range results {
			var any json.RawMessage
			err := r.Decode(&any)
			if codes[i] == "" && (err != nil || len(any) == 0) || codes[i] != "" && !errors.Is(err, codes[i]) {
				t.Errorf("%s: %v with %.40q, want %q", names[i], err, any, codes[i])
			}
		}
		if len(results) != len(names) {
			t.Errorf("%d results for %d calls", len(results), len(names))
		}
	}
}

func jsonText(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
