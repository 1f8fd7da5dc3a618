package bot_test

import (
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// TestReplyThatCannotBeSaidInTheGroup goes to the asker alone.
func TestReplyThatCannotBeSaidInTheGroup(t *testing.T) {
	for name, fault := range map[string]portal.Fault{
		"the group is gone":     {Method: sendMethod, Kind: portal.Refused, Code: "CHAT_NOT_FOUND", Times: 1},
		"the bot was taken out": {Method: sendMethod, Kind: portal.Refused, Code: "ACCESS_DENIED", Times: 1},
	} {
		t.Run(name, func(t *testing.T) {
			o, _ := hasty(t)
			group := o.NewGroup("With the bot", anna, bitrix.UserID(o.bot))
			o.Fail(fault)
			if _, err := o.Say(anna, group, "[USER=456]Whois24[/USER] whois 5"); err != nil { // no command: a message
				t.Fatal(err)
			}
			o.await(t, "an answer in private", func() bool { return len(o.answers(anna, o.private())) == 1 })
			wantParts(t, o.answers(anna, o.private())[0].Text, "Евгений Шеленков")
		})
	}
}
