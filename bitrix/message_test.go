package bitrix_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

func TestSendMessage(t *testing.T) {
	const sent = `{"result":{"id":90500,"uuidMap":[]}}`
	const bot = `"botId":456,"botToken":"fake-bot-token","dialogId":"chat142"`
	for _, row := range []struct {
		name string
		m    bitrix.Message
		want string
	}{
		{"text", bitrix.Message{Text: "[b]да[/b]"}, `{` + bot + `,"fields":{"message":"[b]да[/b]"}}`},
		{
			"safe to repeat",
			bitrix.Message{Text: "да", ReplyTo: 90601, TemplateID: "0d9e6bd2-6f1e-4c3a-9a1b-2d3c4e5f6a7b", NoURLPreview: true},
			`{` + bot + `,"fields":{"message":"да","replyId":90601,
			 "templateId":"0d9e6bd2-6f1e-4c3a-9a1b-2d3c4e5f6a7b","urlPreview":false}}`,
		},
		{
			"keyboard",
			bitrix.Message{Text: "Кого?", Keyboard: &bitrix.Keyboard{Buttons: []bitrix.Button{
				{Text: "5", Command: "whois", Params: "5", Color: "primary", Once: true, Line: true},
				{NewLine: true},
				{Text: "сайт", Link: "https://example.com", Disabled: true},
				{Text: "позвонить", Action: bitrix.ActionCall, Value: "+7"},
			}}},
			`{` + bot + `,"fields":{"message":"Кого?","keyboard":{"BOT_ID":456,"BUTTONS":[
			 {"TEXT":"5","COMMAND":"whois","COMMAND_PARAMS":"5","BG_COLOR_TOKEN":"primary","BLOCK":"Y","DISPLAY":"LINE"},
			 {"TYPE":"NEWLINE"},
			 {"TEXT":"сайт","LINK":"https://example.com","DISABLED":"Y"},
			 {"TEXT":"позвонить","ACTION":"CALL","ACTION_VALUE":"+7"}]}}}`,
		},
		{
			"attach",
			bitrix.Message{Text: "карточка", Attach: &bitrix.Attach{Color: "primary", Blocks: []bitrix.Block{
				{User: &bitrix.UserBlock{Name: "Евгений", Avatar: "/5.png", User: 5}},
				{Delimiter: true},
				{Grid: []bitrix.GridCell{{Display: "ROW", Name: "Телефон", Value: "105", Width: 90}, {Name: "Начальник", Value: "Мария", User: 6}}},
				{Link: &bitrix.LinkBlock{Link: "/company/5/", Name: "профиль"}},
				{Image: &bitrix.ImageBlock{Link: "/5.png"}},
				{Message: "в отпуске"},
			}}},
			`{` + bot + `,"fields":{"message":"карточка","attach":{"COLOR_TOKEN":"primary","BLOCKS":[
			 {"USER":[{"NAME":"Евгений","AVATAR":"/5.png","USER_ID":5}]},
			 {"DELIMITER":{"SIZE":200,"COLOR":"#c6c6c6"}},
			 {"GRID":[{"DISPLAY":"ROW","NAME":"Телефон","VALUE":"105","WIDTH":90},{"NAME":"Начальник","VALUE":"Мария","USER_ID":6}]},
			 {"LINK":{"LINK":"/company/5/","NAME":"профиль"}},
			 {"IMAGE":{"LINK":"/5.png"}},
			 {"MESSAGE":"в отпуске"}]}}}`,
		},
		{
			"nothing in them",
			bitrix.Message{Text: "да", Keyboard: &bitrix.Keyboard{}, Attach: &bitrix.Attach{Color: "base"}},
			`{` + bot + `,"fields":{"message":"да"}}`,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, last := recording(t, sent)
			row.m.Bot, row.m.Dialog = 456, "chat142"
			if _, err := c.SendMessage(t.Context(), row.m); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff("imbot.v2.Chat.Message.send "+sorted(t, row.want), last.Method+" "+last.Params); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSendMessageOfNothing: a card with an empty block is a mistake that shows before it is sent.
func TestSendMessageOfNothing(t *testing.T) {
	c, last := recording(t, `{"result":{"id":1}}`)
	_, err := c.SendMessage(t.Context(), bitrix.Message{Attach: &bitrix.Attach{Blocks: []bitrix.Block{{}}}})
	if err == nil || last.Method != "" {
		t.Errorf("sent by %q, %v", last.Method, err)
	}
}

// TestUnconfirmed: an answer that confirms nothing is an error; what was asked for may have happened.
func TestUnconfirmed(t *testing.T) {
	for _, body := range []string{`{"result":[]}`, `{"result":{"result":false,"id":0}}`, `{"result":{}}`, `{"result":"x"}`} {
		c := answering(t, http.StatusOK, body)
		_, sending := c.SendMessage(t.Context(), bitrix.Message{Text: "да"})
		_, registering := c.RegisterBot(t.Context(), bitrix.BotFields{Code: "x"})
		_, adding := c.RegisterCommand(t.Context(), 456, bitrix.CommandFields{Command: "x"})
		for name, err := range map[string]error{
			"send": sending, "register": registering, "add": adding,
			"answer":     c.AnswerCommand(t.Context(), bitrix.CommandAnswer{}),
			"unregister": c.UnregisterBot(t.Context(), 456),
		} {
			failure, ok := errors.AsType[*bitrix.Error](err)
			if !ok || failure.Temporary() || !failure.MayHaveRun() {
				t.Errorf("%s after %s: %v", name, body, err)
			}
		}
	}
}

func TestAnswerCommand(t *testing.T) {
	c, last := recording(t, `{"result":{"result":true}}`)
	err := c.AnswerCommand(t.Context(), bitrix.CommandAnswer{
		Bot: 456, Command: 42, MessageID: 90602, Dialog: "7", Text: "да",
		Keyboard: &bitrix.Keyboard{Buttons: []bitrix.Button{{Text: "5", Command: "whois", Params: "5"}}},
		Attach:   &bitrix.Attach{Blocks: []bitrix.Block{{Message: "да"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := sorted(t, `{"botId":456,"botToken":"fake-bot-token","commandId":42,"messageId":90602,"dialogId":"7",
		"fields":{"message":"да","attach":{"BLOCKS":[{"MESSAGE":"да"}]},
		"keyboard":{"BOT_ID":456,"BUTTONS":[{"TEXT":"5","COMMAND":"whois","COMMAND_PARAMS":"5"}]}}}`)
	if diff := cmp.Diff("imbot.v2.Command.answer "+want, last.Method+" "+last.Params); diff != "" {
		t.Error(diff)
	}
}
