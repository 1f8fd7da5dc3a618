package bot

import (
	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
)

// standing is where a reply to a pressed button goes if it is to take the place of the message the button is under, and that to
// an edited line: in the place of what was answered before. What is not the command's own answer, or is for one person alone, takes
// the place of nothing that others can read; and what is for all does not stay with one person.
func standing(e events.Event, p part, reply commands.Reply, err error) steps {
	if p.at.id != 0 {
		alone := bitrix.PrivateDialog(e.User.ID)
		if !e.Chat.Private && reply.Private != (p.at.dialog == alone) {
			return steps{}
		}
		return steps{at: p.at, begun: true}
	}
	_, inPlace := commands.CutInPlace(e.Command.Params)
	if !inPlace || !e.Command.Keyboard || err != nil || reply.Sorry || reply.Private {
		return steps{}
	}
	return steps{at: place{e.Chat.Dialog, e.Message.ID}, begun: true}
}
