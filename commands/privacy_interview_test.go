package commands_test

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// saidThere is one thing said to the bot and all that came of it.
type saidThere struct {
	by   commands.Audience
	line string
	got  string // everything in the reply that people or programs get to see
}

// interview asks everything there is to ask, and goes on with what is offered.
type interview struct {
	t       *testing.T
	set     *commands.Set
	sent    *[]string
	in      company
	privacy *commands.Privacy
	asked   map[string]bool
	said    []saidThere
}

// conduct is the whole interview of an audience.
func conduct(t *testing.T, in company, p *commands.Privacy, audience commands.Audience) []saidThere {
	t.Helper()
	var sent []string
	set := defaults(t)
	if err := set.Host(gossip(t), remotely(t, &sent)); err != nil {
		t.Fatal(err)
	}
	i := &interview{t: t, set: set, sent: &sent, in: in, privacy: p, asked: map[string]bool{}}
	for _, cmd := range set.Schemas() {
		for _, arguments := range topics() {
			i.ask(audience, cmd.Name, arguments, 2)
		}
	}
	for _, said := range sayings() {
		i.ask(audience, "", said, 2)
	}
	i.ask(audience, "nosuchcommand", "5", 1)
	return i.said
}

// topics are what may follow a command.
func topics() []string {
	all := []string{
		"", "5", "6", "8", "me", "7105", "5 7105", "[USER=5]x[/USER]", "qanna", "qchief", "today", "week", "team", "nobody at all", "99", "x",
		"5 privately", "help", "whois", "off",
	}
	for _, f := range []commands.Field{commands.FieldName, commands.FieldPosition, commands.FieldDepartment, commands.FieldContacts} {
		all = append(all, mark(f, 5, ""))
	}
	return append(all, mark(commands.FieldContacts, 5, "")+"@example.com", "+79001331005", "31005", now.Format("02.01"), now.AddDate(0, 0, 5).Format("02.01"))
}

func sayings() []string {
	return []string{
		"", "hello", "thanks", "who is qanna", "кто такой qanna", "who is " + mark(commands.FieldName, 5, ""), "5", "me", "who's out today", "кто в отпуске",
		"birthdays", "my manager", "my team", "who is the manager of 6", mark(commands.FieldPosition, 6, ""), "qchief", "31006", "what?",
	}
}

// ask asks once, reads all of the answer, and then asks what it offers, also as an outsider.
func (i *interview) ask(by commands.Audience, name, arguments string, deeper int) {
	key := string(by) + " /" + name + " " + arguments
	if i.asked[key] {
		return
	}
	i.asked[key] = true
	reply, ok := i.run(by, name, arguments, func(*commands.Request) {})
	if !ok || deeper == 0 {
		return
	}
	i.run(by, name, arguments, func(r *commands.Request) { r.Woken = true })
	i.run(by, name, "", func(r *commands.Request) { r.Answers = []string{arguments} })
	for _, next := range offered(reply) {
		i.ask(by, next.Name, next.Args, deeper-1)
		if by == commands.Mixed {
			i.ask(commands.Outsiders, next.Name, next.Args, deeper-1)
		}
	}
}

// run asks, in a way of its own. What a colleague is told in private is not read by the others: then it is not ok.
func (i *interview) run(
	by commands.Audience, name, arguments string, way func(*commands.Request),
) (reply commands.Reply, ok bool) {
	r := commands.Request{
		ID: "1", Name: name, Args: arguments, Asker: commands.Asker{ID: 7, Outsider: by == commands.Outsiders}, Lang: "en", Now: now,
		Chat:   commands.Chat{Outsiders: by != commands.Colleagues, Private: by == commands.Outsiders},
		People: i.in, Staff: i.in.staff, Privacy: i.privacy,
	}
	way(&r)
	before := len(*i.sent)
	reply, err := i.set.Run(i.t.Context(), r)
	var got []string
	for {
		if words, isWords := commands.Words(err, r.Lang); isWords {
			reply, err = words, nil
		}
		if err != nil {
			i.t.Fatalf("%s asks /%s %s: %v", by, name, arguments, err)
		}
		if reply.Private && by == commands.Mixed {
			return commands.Reply{}, false
		}
		got = append(got, everythingIn(i.t, reply))
		if reply.Then == nil {
			break
		}
		reply, err = reply.Then(i.t.Context())
	}
	got = append(got, (*i.sent)[before:]...)
	line := strings.TrimSpace(fmt.Sprintf("/%s %s %s", name, arguments, strings.Join(r.Answers, " ")))
	i.said = append(i.said, saidThere{by, line, strings.Join(got, "\n")})
	return reply, true
}

// everythingIn is all of a reply that goes to the portal.
func everythingIn(t testing.TB, r commands.Reply) string {
	t.Helper()
	data, err := json.Marshal(bitrix.Message{Text: r.Text, Keyboard: r.Keyboard, Attach: r.Attach})
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	if err := json.Unmarshal(data, &plain); err != nil { // without the escapes of JSON
		t.Fatal(err)
	}
	return html.UnescapeString(fmt.Sprint(plain))
}

var inText = regexp.MustCompile(`\[(?:send|put)=/?(\w*) ?([^\]]*)\]`)

// offered are the questions that a reply makes a tap of.
func offered(r commands.Reply) []commands.Line {
	var all []commands.Line
	for _, m := range inText.FindAllStringSubmatch(r.Text, -1) {
		all = append(all, commands.Line{Name: m[1], Args: m[2]})
	}
	if r.Keyboard == nil {
		return all
	}
	for _, b := range r.Keyboard.Buttons {
		switch {
		case b.Command != "":
			params, _ := commands.CutInPlace(b.Params)
			all = append(all, commands.Line{Name: b.Command, Args: params})
		case b.Action == bitrix.ActionSend || b.Action == bitrix.ActionPut:
			name, arguments, _ := strings.Cut(strings.TrimPrefix(b.Value, "/"), " ")
			all = append(all, commands.Line{Name: name, Args: arguments})
		}
	}
	return all
}
