package bitrix_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// captured are the events in testdata/events, as a program sees them.
var captured = map[string][]string{
	"v2-message-add-private.form":               {`message_add, bot 456 whois_demo_bot, from 7, in 7, message 90001, "Подскажи, /whois 5"`},
	"v2-message-add-private-plain-command.form": {`message_add, bot 456 whois_demo_bot, from 7, in 7, message 90002, "/whois 5"`},
	"v2-message-add-group-mention.form":         {`message_add, bot 456 whois_demo_bot, from 7, in chat142, message 90003, "[USER=456]Справочник[/USER] /whois 5"`},
	"v2-message-add-group-mention-target.form":  {`message_add, bot 456 whois_demo_bot, from 7, in chat142, message 90004, "[USER=456 REPLACE]Справочник[/USER], /whois [USER=5]Евгений Шеленков[/USER]"`},
	"v2-message-add-quote.form":                 {`message_add, bot 456 whois_demo_bot, from 7, in 7, message 90005, "------------------------------------------------------\nАнна Тестова [сегодня, 12:40] #7:456/89990\n/whois 99\n------------------------------------------------------\nа /whois 5?"`},
	"v2-message-add-forward.form":               {`message_add, bot 456 whois_demo_bot, from 7, in 7, message 90006, forwarded, "/whois 5"`},
	"v2-message-add-file-only.form":             {`message_add, bot 456 whois_demo_bot, from 7, in 7, message 90007`},
	"v2-message-add-special-chars.form":         {`message_add, bot 456 whois_demo_bot, from 7, in 7, message 90008, "a=b&c=d + 100% [b]x[/b] <i>&amp;</i> «ёлка» 😀\nдва  пробела;"`},
	"v2-message-add-extranet.form":              {`message_add, bot 456 whois_demo_bot, from 31 (outsider), in 31, message 90009, "/whois 5"`},
	"v2-message-add-connector.form":             {`message_add, bot 456 whois_demo_bot, from 88 (outsider), in chat1500, message 90010, "[USER=456]Справочник[/USER] /whois 5"`},
	"v2-message-add-webhook-auth.form":          {`message_add, bot 456 whois_demo_bot, from 7, in 7, message 90011, "Подскажи, /whois 5"`},
	"v2-message-add-null-as-empty.form":         {`message_add, bot 456 whois_demo_bot, from 7, in 7, message 90012, "Подскажи, /whois 5"`},
	"v2-message-add-no-user.form":               {`message_add, bot 456 whois_demo_bot, in chat142, message 90013, "[USER=456]Справочник[/USER] добавлен в чат"`},
	"v2-message-add-own-bot.form":               {`message_add, bot 456 whois_demo_bot, from 456 (bot), in 7, message 90014, "Евгений Шеленков: в сети"`},
	"v2-command-add-private.form":               {`command_add, bot 456 whois_demo_bot, from 7, in 7, message 90101, command 42 /whois 5`},
	"v2-command-add-group.form":                 {`command_add, bot 456 whois_demo_bot, from 7, in chat142, message 90102, command 42 /whois [USER=5]Евгений Шеленков[/USER]`},
	"v2-command-add-no-params.form":             {`command_add, bot 456 whois_demo_bot, from 7, in 7, message 90103, command 42 /whois `},
	"v2-command-add-keyboard.form":              {`command_add, bot 456 whois_demo_bot, from 7, in 7, message 90090, button 42 /whois 5`},
	"v2-command-add-multi-1.form":               {`command_add, bot 456 whois_demo_bot, from 7, in 7, message 90104, command 42 /whois 5`},
	"v2-command-add-multi-2.form":               {`command_add, bot 456 whois_demo_bot, from 7, in 7, message 90104, command 42 /whois 6`},
	"v2-command-add-extranet.form":              {`command_add, bot 456 whois_demo_bot, from 31 (outsider), in 31, message 90105, command 42 /whois 5`},
	"v2-join-chat-private.form":                 {`join_chat, bot 456 whois_demo_bot, from 7, in 7`},
	"v2-join-chat-group.form":                   {`join_chat, bot 456 whois_demo_bot, from 7, in chat142`},
	"v2-message-update.form":                    {`message_update, bot 456 whois_demo_bot, from 7, in 7, message 90001, "/whois 6"`},
	"v2-message-delete.form":                    {`message_delete, bot 456 whois_demo_bot, from 7, in 7, message 90001`},
	"v2-context-get.form":                       {`context_get, bot 456 whois_demo_bot, from 7, in 7`},
	"v2-reaction-change.form":                   {`reaction_change, bot 456 whois_demo_bot, from 7, in 7, message 90020, "Евгений Шеленков: в сети"`},
	"v2-delete.form":                            {`bot_delete, bot 456 whois_demo_bot`},
	"v1-message-add-private.form":               {`message_add, bot 456 whois_demo_bot, from 7, in 7, message 80001, "Подскажи, /whois 5"`},
	"v1-message-add-group.form":                 {`message_add, bot 456 whois_demo_bot, from 7, in chat142, message 80002, "[USER=456]Справочник[/USER], /whois 5"`},
	"v1-message-add-group-target-lost.form":     {`message_add, bot 456 whois_demo_bot, from 7, in chat142, message 80003, "[USER=456]Справочник[/USER] /whois [USER=5]Евгений Шеленков[/USER]"`},
	"v1-message-add-two-bots.form":              {`message_add, bot 456 whois_demo_bot, from 7, in chat142, message 80004, "[USER=456]Справочник[/USER] [USER=457]Второй[/USER] всем привет"`, `message_add, bot 457 second_demo_bot, from 7, in chat142, message 80004, "[USER=456]Справочник[/USER] [USER=457]Второй[/USER] всем привет"`},
	"v1-command-add-private.form":               {`command_add, bot 456 whois_demo_bot, from 7 (unvouched), in 7, message 80101, command 103 /whois 5`},
	"v1-command-add-group.form":                 {`command_add, bot 456 whois_demo_bot, from 7 (unvouched), in chat142, message 80102, command 103 /whois 5`},
	"v1-command-add-two-commands.form":          {`command_add, bot 456 whois_demo_bot, from 7 (unvouched), in chat142, message 80103, command 103 /whois 5`, `command_add, bot 456 whois_demo_bot, from 7 (unvouched), in chat142, message 80103, command 104 /help `},
	"v1-command-add-keyboard.form":              {`command_add, bot 456 whois_demo_bot, from 7 (unvouched), in 7, message 80090, button 103 /whois 5`},
	"v1-join-chat-private.form":                 {`join_chat, bot 456 whois_demo_bot, from 7 (unvouched), in 7`},
	"v1-join-chat-group.form":                   {`join_chat, bot 456 whois_demo_bot, from 7 (unvouched), in chat142`},
	"v1-message-update-private.form":            {`message_update, bot 456 whois_demo_bot, from 7, in 7, message 80001, "/whois 6"`},
	"v1-message-update-group.form":              {`message_update, bot 456 whois_demo_bot, from 7 (unvouched), in chat142, message 80002, "[USER=456]Справочник[/USER], /whois 6"`},
	"v1-message-delete-private.form":            {`message_delete, bot 456 whois_demo_bot, from 7, in 7, message 80001, "Сообщение от 21.09.2026 15:06:40 было удалено"`},
	"v1-message-delete-group.form":              {`message_delete, bot 456 whois_demo_bot, from 7 (unvouched), in chat142, message 80001, "Сообщение от 21.09.2026 15:06:40 было удалено"`},
	"v1-context-get.form":                       {`context_get, bot 456 whois_demo_bot, from 7 (unvouched), in 7`},
	"v1-delete.form":                            {`bot_delete, bot 456 whois_demo_bot`},
	"app-install.form":                          {`app_install`},
	"app-uninstall.form":                        {`app_uninstall`},
	"app-update.form":                           {`app_update`},
	"app-test.form":                             {`app_test`},
	"x-wrong-application-token.form":            {`message_add, bot 456 whois_demo_bot, from 7, in 7, message 90301, "/whois 5"`},
	"x-no-application-token.form":               {`message_add, bot 456 whois_demo_bot, from 7, in 7, message 90302, "/whois 5"`},
	"x-hostile-endpoints.form":                  {`message_add, bot 456 whois_demo_bot, from 7, in 7, message 90303, "/whois 5"`},
	"x-foreign-event.form":                      {`foreign`},
	"x-unknown-bot.form":                        {`message_add, bot 999 someone_else, from 7, in 7, message 90304, "/whois 5"`},
}

// TestCapturedEvents reads every captured webhook body, of both versions of the bot API.
func TestCapturedEvents(t *testing.T) {
	got := map[string][]string{}
	for _, name := range capturedNames(t) {
		form, err := bitrix.ParseForm(capturedBody(t, name))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		list, err := form.Events()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, e := range list {
			got[name] = append(got[name], summary(e))
		}
	}
	if diff := cmp.Diff(captured, got); diff != "" {
		t.Errorf("captured events (-want +got):\n%s", diff)
	}
}

func TestEventTimeIsWhenThePortalQueuedIt(t *testing.T) {
	form, err := bitrix.ParseForm(capturedBody(t, "v2-command-add-private.form"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := form.Events()
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Unix(1790000000, 0); !list[0].Time.Equal(want) {
		t.Errorf("time is %v, want %v", list[0].Time, want)
	}
}

// TestEditSaysWhenTheMessageWasWritten, where the portal does.
func TestEditSaysWhenTheMessageWasWritten(t *testing.T) {
	for name, want := range map[string]time.Time{
		"v2-message-update.form":         time.Date(2026, 9, 21, 12, 6, 40, 0, time.UTC),
		"v1-message-update-private.form": {},
	} {
		form, err := bitrix.ParseForm(capturedBody(t, name))
		if err != nil {
			t.Fatal(err)
		}
		list, err := form.Events()
		if err != nil {
			t.Fatal(err)
		}
		if written := list[0].Message.Written; !written.Equal(want) {
			t.Errorf("%s: written %v, want %v", name, written, want)
		}
	}
}

// summary puts an event in a line: kind, bot, person, dialog, message, and what was asked.
func summary(e bitrix.Event) string {
	var s []string
	add := func(format string, a ...any) { s = append(s, fmt.Sprintf(format, a...)) }
	add("%s", e.Kind)
	if e.Bot.ID != 0 {
		add("bot %d %s", e.Bot.ID, e.Bot.Code)
	}
	if e.User.ID != 0 {
		add("from %d", e.User.ID)
	}
	for word, is := range map[string]bool{"outsider": e.User.Outsider, "bot": e.User.Bot, "unvouched": e.User.Unvouched} {
		if is {
			s[len(s)-1] += " (" + word + ")"
		}
	}
	if e.Chat.Dialog != "" {
		add("in %s", e.Chat.Dialog)
	}
	if e.Message.ID != 0 {
		add("message %d", e.Message.ID)
	}
	if e.Message.Forwarded {
		add("forwarded")
	}
	switch {
	case e.Command.Keyboard:
		add("button %d /%s %s", e.Command.ID, e.Command.Name, e.Command.Params)
	case e.Command.Name != "":
		add("command %d /%s %s", e.Command.ID, e.Command.Name, e.Command.Params)
	case e.Message.Text != "":
		add("%q", e.Message.Text)
	}
	return strings.Join(s, ", ")
}

func capturedNames(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "events", "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	var index []struct{ File string }
	if err := json.Unmarshal(data, &index); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range index {
		names = append(names, entry.File)
	}
	return names
}

func capturedBody(t testing.TB, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "events", name))
	if err != nil {
		t.Fatal(err)
	}
	return body
}
