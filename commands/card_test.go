package commands_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// whois is the card of somebody, asked for by person 7.
func whois(t testing.TB, portal commands.People, args string, change func(*commands.Request)) commands.Reply {
	t.Helper()
	r := commands.Request{Name: "whois", Args: args, Asker: commands.Asker{ID: 7}, Lang: en, Now: now, People: portal}
	if change != nil {
		change(&r)
	}
	return run(t, setOf(t, commands.Whois(), commands.Manager(), commands.Team(), commands.Notify()), r)
}

func inRussian(r *commands.Request) { r.Lang = ru }

func outsidersRead(r *commands.Request) { r.Chat.Outsiders = true }

// TestCardButtons: the next step, for whoever there is a next step with.
func TestCardButtons(t *testing.T) {
	write := func(id string) bitrix.Button {
		return bitrix.Button{Text: "Message", Action: bitrix.ActionDialog, Value: id, Color: "primary", Line: true}
	}
	gives := func(text, command, params string) bitrix.Button {
		return bitrix.Button{Text: text, Command: command, Params: params, Line: true}
	}
	row := bitrix.Button{NewLine: true}
	tests := []struct {
		who    string
		change func(*commands.Request)
		want   []bitrix.Button
	}{
		{"5", nil, []bitrix.Button{
			write("5"),
			{Text: "Call", Action: bitrix.ActionCall, Value: "+79990000005", Line: true},
			{Text: "Copy number", Action: bitrix.ActionCopy, Value: "+79990000005", Line: true},
			row, gives("Manager", "whois", "6"), gives("Team", "team", "5"), gives("Refresh", "whois", "↻ 5"),
		}},
		{"9", nil, []bitrix.Button{
			write("9"), row, gives("Tell me when they are back", "notify", "on 9"), gives("Team", "team", "9"), gives("Refresh", "whois", "↻ 9"),
		}},
		{"5", outsidersRead, []bitrix.Button{
			write("5"), row, gives("Manager", "whois", "6"), gives("Team", "team", "5"), gives("Refresh", "whois", "↻ 5"),
			gives("Send it to me privately", "whois", "5 privately"),
		}},
		{"6", nil, []bitrix.Button{write("6"), row, gives("Team", "team", "6"), gives("Refresh", "whois", "↻ 6")}},
		{"7", nil, []bitrix.Button{gives("Managers", "manager", "7"), gives("Team", "team", "7"), gives("Refresh", "whois", "↻ 7")}},
		{"31", nil, []bitrix.Button{write("31"), row, gives("Refresh", "whois", "↻ 31")}},
		{"13", nil, nil},
		{"88", nil, nil},
		{"456", nil, nil},
	}
	for _, tt := range tests {
		reply := whois(t, newFirm(), tt.who, tt.change)
		var got []bitrix.Button
		if reply.Keyboard != nil {
			got = reply.Keyboard.Buttons
		}
		if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("number %s (-want +got)\n%s", tt.who, diff)
		}
	}
}

// TestCardNumbers: what a telephone cannot dial is no button.
func TestCardNumbers(t *testing.T) {
	for _, tt := range []struct {
		phones bitrix.Phones
		want   string // empty: no button
	}{
		{bitrix.Phones{Mobile: "8 999 000-00-05"}, "89990000005"},
		{bitrix.Phones{Work: "+49 (0)30 1234/56"}, "+49030123456"},
		{bitrix.Phones{Mobile: "ask Vera", Work: "74950000005"}, "74950000005"},
		{bitrix.Phones{Mobile: "12"}, ""},
		{bitrix.Phones{Mobile: "[call=112]112"}, ""},
		{bitrix.Phones{Inner: "105", Personal: "79990000005"}, ""},
		{bitrix.Phones{}, ""},
	} {
		reply := whois(t, people{5: {ID: 5, Active: true, Phones: tt.phones}}, "5", nil)
		var got []string
		for _, b := range reply.Keyboard.Buttons {
			if b.Action == bitrix.ActionCall || b.Action == bitrix.ActionCopy {
				got = append(got, b.Value)
			}
		}
		var want []string
		if tt.want != "" {
			want = []string{tt.want, tt.want}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%+v: %q", tt.phones, got)
		}
	}
}

// TestCardPhoto: the attachment is the photo and nothing the text says, but for the name beside it.
func TestCardPhoto(t *testing.T) {
	const face = "https://demo.example/5.png"
	for _, tt := range []struct {
		user bitrix.User
		want *bitrix.UserBlock
	}{
		{bitrix.User{Name: "Anna [b]", Avatar: face}, &bitrix.UserBlock{Name: "Anna ［b]", Avatar: face, User: 5}},
		{bitrix.User{Name: "Anna"}, nil},
		{bitrix.User{Name: "\u200b", Avatar: face}, nil},
		{bitrix.User{Name: "Anna", Avatar: "javascript:alert(1)"}, nil},
	} {
		tt.user.ID, tt.user.Active = 5, true
		want := &bitrix.Attach{Color: "base", Blocks: []bitrix.Block{{User: tt.want}}}
		if tt.want == nil {
			want = nil
		}
		reply := whois(t, people{5: tt.user}, "5", nil)
		if diff := cmp.Diff(want, reply.Attach); diff != "" {
			t.Errorf("%+v (-want +got)\n%s", tt.user, diff)
		}
	}
	hidden := func(r *commands.Request) { r.Privacy = commands.Only(commands.FieldName) }
	if reply := whois(t, people{5: {ID: 5, Active: true, Name: "Anna", Avatar: face}}, "5", hidden); reply.Attach != nil {
		t.Errorf("a photo that may not be shown: %+v", reply.Attach)
	}
}

// TestNearBirthday: it stands with the person for two weeks, and with the contacts for the rest of the year. Today is 21 September.
func TestNearBirthday(t *testing.T) {
	for birthday, want := range map[string][2]string{
		"21-09": {"🎂 День рождения сегодня!", "🎂 Birthday today!"},
		"22-09": {"🎂 День рождения завтра, 22 сентября", "🎂 Birthday tomorrow, 22 September"},
		"23-09": {"🎂 День рождения через 2 дня, 23 сентября", "🎂 Birthday in 2 days, on 23 September"},
		"05-10": {"🎂 День рождения через 14 дней, 5 октября", "🎂 Birthday in 14 days, on 5 October"},
		"06-10": {"", ""},
		"20-09": {"", ""},
	} {
		portal := people{5: {ID: 5, Active: true, Birthday: birthday, LastActivity: before(0)}}
		for i, change := range []func(*commands.Request){inRussian, nil} {
			text := whois(t, portal, "5", change).Text
			about, work, _ := strings.Cut(text, "\n\n")
			if near := strings.Contains(about, "🎂"); near != (want[i] != "") || !strings.HasSuffix(about, want[i]) {
				t.Errorf("%s: %s", birthday, text)
			}
			if again := work != ""; again != (want[i] == "") {
				t.Errorf("%s, again: %s", birthday, work)
			}
		}
	}
	leap := func(r *commands.Request) { r.Now = time.Date(2027, time.March, 1, 12, 0, 0, 0, time.UTC) }
	if text := whois(t, people{5: {ID: 5, Active: true, Birthday: "29-02"}}, "5", leap).Text; !strings.Contains(text, "🎂 Birthday today!") {
		t.Errorf("of 29 February, where there is none: %s", text)
	}
}

// TestCardTellsWhatItMay: with a field goes everything that is about it.
func TestCardTellsWhatItMay(t *testing.T) {
	portal := newFirm()
	u := portal.people[5]
	u.WorkPosition, u.LastActivity, u.Birthday, u.Avatar = "Developer", before(0), "22-09", "https://demo.example/5.png"
	portal.people[5] = u
	for _, tt := range []struct {
		fields []commands.Field
		want   string
	}{
		{nil, "[b]Eugene[/b]"},
		{[]commands.Field{commands.FieldPosition}, "[b]Eugene[/b]\nDeveloper"},
		{[]commands.Field{commands.FieldPresence}, "[b]Eugene[/b]\n🟢 Online\nLast active just now " + exact(now)},
		{[]commands.Field{commands.FieldDepartment}, "[b]Eugene[/b]\n\nDepartment: Development / Firm\nManager: Dmitry"},
		{[]commands.Field{commands.FieldContacts}, "[b]Eugene[/b]\n\nMobile: +7 (999) 000-00-05\nWork: 7495000005"},
		{[]commands.Field{commands.FieldBirthday}, "[b]Eugene[/b]\n🎂 Birthday tomorrow, 22 September"},
	} {
		reply := whois(t, portal, "5", func(r *commands.Request) {
			r.Privacy = commands.Only(append(tt.fields, commands.FieldName)...)
		})
		if diff := cmp.Diff(tt.want, reply.Text); diff != "" {
			t.Errorf("%v (-want +got)\n%s", tt.fields, diff)
		}
	}
}
