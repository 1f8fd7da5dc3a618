package main

import (
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands/commandtest"
)

func TestBirthday(t *testing.T) {
	office := commandtest.New(t, Birthday())
	anna := office.Hire(bitrix.User{Name: "Anna", Birthday: "14-02"})
	oleg := office.Hire(bitrix.User{Name: "Oleg"})
	office.Say(oleg, "/birthday anna").Reads("Anna has a birthday on 14 February.")
	office.Say(anna, "/birthday").Reads("Anna has a birthday on 14 February.")
	office.Say(oleg, "/birthday").Reads("I cannot tell the birthday.")
}

func TestBirthdayBearsEverything(t *testing.T) { commandtest.Check(t, Birthday()) }
