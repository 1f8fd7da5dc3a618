package commands_test

import (
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

// TestGreeting: who opens the chat with the bot reads in one screen what it can do.
func TestGreeting(t *testing.T) {
	office := commandtest.With(t, defaults(t))
	anna := office.Hire(bitrix.User{Name: "Anna"})
	office.Open(anna).
		Contains("Hello! I know who is who here.", "Or just ask").
		Offers("Who am I?", "Who is out today?", "Birthdays", "What can you do?").
		Redeliver()
	office.Open(anna).Nothing()

	office.Speak(ru)
	oleg := office.Hire(bitrix.User{Name: "Олег"})
	opened := office.Open(oleg).Contains("Здравствуйте!").Offers("Кто я?", "Кто сегодня в отпуске?", "Дни рождения", "Что ты умеешь?")
	opened.Press(oleg, "Кто я?").Contains("Олег")
}

// TestGreetingInGroups: the bot greets whoever is there, and tells what it holds back where outsiders are.
func TestGreetingInGroups(t *testing.T) {
	office := commandtest.With(t, defaults(t))
	anna, guest := office.Hire(bitrix.User{Name: "Anna"}), office.Hire(bitrix.User{Name: "Guest", Extranet: true})
	office.Invite(anna).Reads("[b]Hello! I know who is who in the company.[/b]\n"+
		"Mention me and say a name, or type [put=/whois ]/whois[/put] and the name: I will tell you who that is and whether they are in.").
		Offers("Who am I?", "Who is out today?", "Birthdays", "What can you do?")
	office.Invite(anna, guest).Contains("People from outside the company read along here.").
		Offers("Who am I?", "Who is out today?", "What can you do?")
	office.Invite(guest, anna).Contains("Hello!").Offers("What can you do?")
}

// TestNoGreetingForOutsiders: they learn that the bot is not for them.
func TestNoGreetingForOutsiders(t *testing.T) {
	office := commandtest.With(t, defaults(t))
	office.Open(office.Hire(bitrix.User{Name: "Guest", Extranet: true})).
		Reads("Sorry, I answer only people of the company. Please ask whoever you work with here.")
}

// TestGreetingOfAnotherBot: one without /whois tells what it has.
func TestGreetingOfAnotherBot(t *testing.T) {
	office := commandtest.New(t, commands.Help())
	office.Open(office.Hire(bitrix.User{Name: "Anna"})).Contains("/help")
}

// TestPlainInGroups: the bot answers who mentions it, and nobody else.
func TestPlainInGroups(t *testing.T) {
	office := commandtest.With(t, defaults(t))
	anna, oleg := office.Hire(bitrix.User{Name: "Anna"}), office.Hire(bitrix.User{Name: "Oleg"})
	group := office.Group(anna, oleg)
	group.Say(anna, "who is Oleg?").Nothing()
	group.Say(anna, "Oleg").Nothing()
	group.Say(anna, "I asked "+office.Mention(office.Bot())+" who is Oleg").Nothing()
	group.Say(anna, office.Mention(office.Bot())+" who is Oleg?").Contains("[b]Oleg[/b]")
}
