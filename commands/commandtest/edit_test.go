package commandtest_test

import (
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands/commandtest"
)

// TestEdit: the answer follows what was said, also when it comes twice.
func TestEdit(t *testing.T) {
	office := commandtest.New(t, hi(), order())
	anna, oleg := office.Hire(bitrix.User{Name: "Anna"}), office.Hire(bitrix.User{Name: "Oleg"})
	answer := office.Say(anna, "/hi").Reads("Hi, Anna!")
	answer = answer.Edit("/hi oleg").Reads("Hi, Oleg!").After("Hi, Anna!").Redeliver()
	answer = answer.Edit("/hi oleg\n/hi").Reads("Hi, Oleg!").Reads("Hi, Anna!").Redeliver()
	answer = answer.Edit("/hi").Reads("Hi, Anna!")
	answer = answer.Edit("/order").Asks("What shall I order?")
	answer.Delete().Nothing()
	office.Say(anna, "pizza").Contains("What /order does") // the question went with it

	group := office.Group(anna, oleg)
	said := group.Say(oleg, office.Mention(office.Bot())+" /hi").Reads("Hi, Oleg!")
	said.Edit(office.Mention(office.Bot()) + " /hi anna").Reads("Hi, Anna!").Delete().Nothing()
}

// TestEditFails tells what was done.
func TestEditFails(t *testing.T) {
	told := recorded(t, func(t testing.TB) {
		office := commandtest.New(t, hi())
		anna := office.Hire(bitrix.User{Name: "Anna"})
		office.Say(anna, "/hi").Reads("Hi, Anna!").Edit("/hi 1").Reads("Hi, Anna!")
	})
	for _, want := range []string{"Anna changed that to: /hi 1", "answered: Hi, !"} {
		if !strings.Contains(told, want) {
			t.Errorf("no %q in:\n%s", want, told)
		}
	}
}
