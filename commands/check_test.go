package commands_test

import (
	"testing"

	"github.com/whois24/whois24/commands/commandtest"
)

// TestCommandsBearEverything tries each command of the bot in the ways that every command should bear.
func TestCommandsBearEverything(t *testing.T) { commandtest.CheckSet(t, defaults(t)) }
