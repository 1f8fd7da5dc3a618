package commands_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/whois24/whois24/commands"
)

func TestSorry(t *testing.T) {
	err := fmt.Errorf("run whois: %w", commands.Sorry("person.nobody", map[string]any{"ID": 5, "Command": "whois"}))
	for lang, want := range map[commands.Language]string{
		ru: "Человека с номером 5 на портале нет.",
		en: "There is nobody with the number 5 on the portal.",
		"": "There is nobody with the number 5 on the portal.",
	} {
		reply, ok := commands.Words(err, lang)
		if !ok || !strings.HasPrefix(reply.Text, want) {
			t.Errorf("in %q: %v %q", lang, ok, reply.Text)
		}
	}
	if got := err.Error(); got != "run whois: sorry: person.nobody" {
		t.Errorf("the log reads %q", got)
	}
}

func TestWordsOfOthers(t *testing.T) {
	for _, err := range []error{nil, context.Canceled, errors.New("person.nobody")} {
		if reply, ok := commands.Words(err, en); ok {
			t.Errorf("%v has words: %q", err, reply.Text)
		}
	}
}

// TestSorryKeepsPeoplesWordsOutOfTheLog: the error is logged, what was typed is not.
func TestSorryKeepsPeoplesWordsOutOfTheLog(t *testing.T) {
	_, err := setOf(t).Run(t.Context(), commands.Request{Name: "whois", Args: "my secret", People: people{}})
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}

func TestApology(t *testing.T) {
	tests := []struct {
		reason commands.Reason
		log    string
		ru, en string
	}{
		{commands.Broken, "broken", "ошибка у меня", "the fault is mine"},
		{commands.PortalRefuses, "portal refuses", "не дал мне права", "no right"},
		{commands.PortalTrouble, "portal trouble", "не отвечает", "does not answer"},
		{commands.TooLate, "too late", "спросили об этом давно", "asked this long ago"},
		{commands.Reason(9), "reason 9", "ошибка у меня", "the fault is mine"},
	}
	for _, tt := range tests {
		if got := commands.Apology(ru, tt.reason, "").Text; !strings.Contains(got, tt.ru) {
			t.Errorf("%s: %s", tt.reason, got)
		}
		if got := commands.Apology(en, tt.reason, "").Text; !strings.Contains(got, tt.en) {
			t.Errorf("%s: %s", tt.reason, got)
		}
		if got := tt.reason.String(); got != tt.log {
			t.Errorf("got %q, want %q", got, tt.log)
		}
	}
}

// TestApologyHasAReference: what the asker passes on is what the log holds.
func TestApologyHasAReference(t *testing.T) {
	for lang, want := range map[commands.Language]string{ru: "укажите номер: 1a2b3c4d.", en: "add this number: 1a2b3c4d."} {
		if got := commands.Apology(lang, commands.Broken, "1a2b3c4d").Text; !strings.HasSuffix(got, want) {
			t.Errorf("in %s: %s", lang, got)
		}
	}
}

func TestSlowDown(t *testing.T) {
	for lang, want := range map[commands.Language]string{ru: "Ни один вопрос не потеряется", en: "None of your questions is lost"} {
		if got := commands.SlowDown(lang).Text; !strings.Contains(got, want) {
			t.Errorf("in %s: %s", lang, got)
		}
	}
}
