package commands_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// TestNames asks for people by name: one match is the answer, several are a question back.
func TestNames(t *testing.T) {
	card := func(name, position string) string {
		return "[b]" + name + "[/b]\n" + position + "\n⚪ Входов на портал ещё не было\nПоследняя активность: ещё не было"
	}
	portal := people{
		5:  {ID: 5, Active: true, Name: "Анна Смирнова", WorkPosition: "Бухгалтер"},
		6:  {ID: 6, Active: true, Name: "Анна Смирнова", WorkPosition: "[b]Юрист"},
		7:  {ID: 7, Active: true, Name: "Олег Петров", WorkPosition: "Юрист"},
		8:  {ID: 8, Name: "Семён Уволенный"},
		9:  {ID: 9, Active: true, Name: "Олег-бот", Bot: true},
		10: {ID: 10, Active: true, Name: "Анна"},
	}
	whom := "По запросу «анна» нашлось несколько человек. Кого вы имеете в виду?" +
		"\n• Анна (№ 10)\n• Анна Смирнова, Бухгалтер (№ 5)\n• Анна Смирнова, ［b]Юрист (№ 6)"
	none := func(query string) string {
		return "По запросу «" + query + "» никого не нашлось. Проверьте, как пишется имя, сократите его или упомяните человека: [put=/whois ]/whois @имя[/put]."
	}
	talk(t, portal, employee, []conversation{
		{"/whois петр", ru, card("Олег Петров", "Юрист")},
		{"/whois Олег Петров?", ru, card("Олег Петров", "Юрист")},
		{"/whois «олег»", ru, card("Олег Петров", "Юрист")},
		{"whois бухг", ru, card("Анна Смирнова", "Бухгалтер")},
		{"/whois анна", ru, whom},
		{"/whois анна", en, "Several people match “анна”. Whom do you mean?\n• Анна (No. 10)\n• Анна Смирнова, Бухгалтер (No. 5)\n• Анна Смирнова, ［b]Юрист (No. 6)"},
		{"/whois анна 5", ru, none("анна 5")},
		{"/whois семён", ru, none("семён")},
		{"/whois [b]анна[/b] [USER=7]Анна[/USER]", ru, card("Олег Петров", "Юрист")},
	})
}

// TestPickList: each button gives the same command with a number for the name and the rest of it as it was.
func TestPickList(t *testing.T) {
	type arguments struct {
		Who  commands.Person
		Day  commands.Day    `arg:"optional"`
		Boss commands.Person `arg:"optional"`
		Why  string          `arg:"rest,optional"`
	}
	var got arguments
	set := setOf(t, heard(&got))
	tests := []struct{ line, want string }{
		{"смирнова", "5"},
		{"Смирнова завтра", "5 завтра"},
		{`Смирнова - "олег" a "b" \c`, `5 - "олег" a "b" \c`},
		{`завтра "смирнова" so "it" is`, `- завтра 5 so "it" is`},
	}
	for _, tt := range tests {
		reply := run(t, set, ask(tt.line))
		if reply.Keyboard == nil {
			t.Errorf("%s: %s", tt.line, reply.Text)
			continue
		}
		want := bitrix.Button{Text: "Анна Смирнова · Бухгалтер", Command: "a", Params: tt.want}
		if diff := cmp.Diff(want, reply.Keyboard.Buttons[0]); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.line, diff)
		}
		if reply := run(t, set, ask(tt.want)); reply.Text != "done" {
			t.Errorf("pressing it says %s", reply.Text)
		}
	}
}

// TestLongPickList: ten are offered, with a button to the next, and the rest is counted. The portal tells of fifty and no more.
func TestLongPickList(t *testing.T) {
	tests := []struct {
		people int
		ru, en string
	}{
		{10, "", ""},
		{11, "И ещё 1 человек: уточните, пожалуйста, имя.", "And one more: please be more precise."},
		{13, "И ещё 3 человека: уточните, пожалуйста, имя.", "And 3 more: please be more precise."},
		{60, "И ещё не меньше 40 человек: уточните, пожалуйста, имя.", "And at least 40 more: please be more precise."},
	}
	for _, tt := range tests {
		portal := people{}
		for id := range bitrix.UserID(tt.people) {
			portal[id+1] = bitrix.User{ID: id + 1, Active: true, Name: fmt.Sprint("Иван ", id)}
		}
		for lang, want := range map[commands.Language]string{ru: tt.ru, en: tt.en} {
			reply := run(t, setOf(t), commands.Request{Name: "whois", Args: "иван", Lang: lang, People: portal})
			lines := strings.Split(reply.Text, "\n")
			if len(reply.Keyboard.Buttons) != min(11, tt.people) || len(lines) < 11 || strings.Join(lines[11:], "") != want {
				t.Errorf("%d people: %d buttons, %s", tt.people, len(reply.Keyboard.Buttons), reply.Text)
			}
		}
	}
}

// TestPickListWithoutButtons: what a button would have to repeat is too long for ten of them.
func TestPickListWithoutButtons(t *testing.T) {
	type arguments struct {
		Who commands.Person `arg:"required"`
		Why string          `arg:"rest"`
	}
	reply := run(t, setOf(t, with[arguments]()), ask("Смирнова "+strings.Repeat("почему ", 1000)))
	if reply.Keyboard != nil || !strings.Contains(reply.Text, "(No. 7)") {
		t.Errorf("%+v", reply)
	}
}

// TestNamelessIsOffered by number.
func TestNamelessIsOffered(t *testing.T) {
	portal := people{5: {ID: 5, Active: true, WorkPosition: "Юрист"}, 6: {ID: 6, Active: true, Name: "Юрист"}}
	reply := run(t, setOf(t), commands.Request{Name: "whois", Args: "юрист", Lang: ru, People: portal})
	if got := reply.Keyboard.Buttons[1].Text; got != "№ 5 · Юрист" {
		t.Errorf("got %q", got)
	}
}

// vanished is a portal that finds somebody it then says something else about.
type vanished struct {
	people
	err error
}

func (v vanished) User(ctx context.Context, id bitrix.UserID) (bitrix.User, error) {
	if v.err != nil {
		return bitrix.User{}, v.err
	}
	return v.people.User(ctx, id)
}

func (v vanished) Profile(ctx context.Context, id bitrix.UserID) (bitrix.Profile, error) {
	u, err := v.User(ctx, id)
	return bitrix.Profile{User: u}, err
}

func (v vanished) SearchUsers(context.Context, string, int) ([]bitrix.FoundUser, error) {
	return []bitrix.FoundUser{{ID: 5, Name: "Анна"}}, nil
}

// TestFoundIsReadAgain: the search knows too little of whom it found.
func TestFoundIsReadAgain(t *testing.T) {
	tests := []struct {
		name   string
		portal vanished
		want   string
	}{
		{"gone", vanished{}, "I found nobody for “анна”."},
		{"dismissed", vanished{people: people{5: {ID: 5, Name: "Анна"}}}, "I found nobody for “анна”."},
		{"a bot", vanished{people: people{5: {ID: 5, Name: "Анна", Active: true, Bot: true}}}, "I found nobody for “анна”."},
		{"hidden", vanished{err: bitrix.ErrAccessDenied}, "The portal does not let me see this profile."},
	}
	for _, tt := range tests {
		r := commands.Request{Name: "whois", Args: "анна", Lang: en, People: tt.portal}
		if got := run(t, setOf(t), r).Text; !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: %s", tt.name, got)
		}
	}
}

func TestSearchFails(t *testing.T) {
	for _, portal := range []commands.People{failing{context.DeadlineExceeded}, vanished{err: context.DeadlineExceeded}} {
		_, err := setOf(t).Run(t.Context(), commands.Request{Name: "whois", Args: "анна", People: portal})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	}
	short := failing{bitrix.ErrFindShort} // the portal may count letters its own way
	if got := run(t, setOf(t), commands.Request{Name: "whois", Args: "анна", Lang: en, People: short}).Text; !strings.HasPrefix(got, "I found nobody") {
		t.Errorf("got %s", got)
	}
}
