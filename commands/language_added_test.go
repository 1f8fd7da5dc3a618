package commands_test

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// ukrainian is what a translator hands in on the first day.
const ukrainian = `
[lang]
names = "Українська, українською"
now = "Я відповідаю українською. Також можу:"
chosen = "Добре, відтепер відповідаю українською."

[word]
tomorrow = "завтра"
monday = "понеділок, пн"

[ago.minutes]
one = "{{.N}} хвилину тому"
few = "{{.N}} хвилини тому"
many = "{{.N}} хвилин тому"
`

// TestOneFileIsALanguage: a file more in locales, and the bot speaks a language more. What is not translated yet is in English.
func TestOneFileIsALanguage(t *testing.T) {
	files := fstest.MapFS{"uk.toml": {Data: []byte(ukrainian)}}
	for _, lang := range commands.Languages() {
		data, err := os.ReadFile("locales/" + string(lang) + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		files[string(lang)+".toml"] = &fstest.MapFile{Data: data}
	}
	commands.SpeakFrom(t, files)
	const uk = commands.Language("uk")

	if diff := cmp.Diff([]commands.Language{en, "de", ru, uk}, commands.Languages()); diff != "" {
		t.Errorf("languages (-want +got)\n%s", diff)
	}
	if got := commands.Match("uk-UA"); got != uk {
		t.Errorf("a person from Ukraine is answered in %s", got)
	}
	for n, want := range map[int]string{1: "1 хвилину тому", 22: "22 хвилини тому", 25: "25 хвилин тому"} {
		if got := in(uk).Text("ago.minutes", commands.Data{"N": n}); got != want {
			t.Errorf("%d minutes: %q, want %q", n, got, want)
		}
	}
	if got := in(uk).Text("ago.hours", commands.Data{"N": 2}); got != "2 hours ago" {
		t.Errorf("what is not translated is %q", got)
	}

	set := setOf(t, commands.Lang())
	chosen := run(t, set, commands.Request{Name: "lang", Args: "українською", Lang: ru})
	if chosen.Speak != uk || chosen.Text != "Добре, відтепер відповідаю українською." {
		t.Errorf("who wants Ukrainian gets %q in %q", chosen.Text, chosen.Speak)
	}
	buttons := run(t, set, commands.Request{Name: "lang", Lang: en}).Keyboard.Buttons
	want := bitrix.Button{Text: "Українська", Command: "lang", Params: "uk", Line: true}
	if diff := cmp.Diff(want, buttons[len(buttons)-1]); diff != "" {
		t.Errorf("the button (-want +got)\n%s", diff)
	}
	if title := set.Descriptions()[0].Title["uk"]; title != in(en).Text("lang.title", nil) {
		t.Errorf("the portal is told the title %q", title)
	}
}

// TestCommandsInTwoLanguages: a command from elsewhere brings English and Russian, and is spoken in English where those are not
// spoken. A language that only the command has is left out.
func TestCommandsInTwoLanguages(t *testing.T) {
	files := texts("a.title = 'А'", "a.title = 'A'")
	files["fr.toml"] = &fstest.MapFile{Data: []byte("a.title = 'À'")}
	got := setOf(t, bare("a", files)).Descriptions()[0].Title
	if diff := cmp.Diff(map[string]string{"en": "A", "de": "A", "ru": "А"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
