package commands

import (
	"context"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// Reply is what the person who asked will read. It is a value: whoever runs the command posts it, within the portal's
// limits and once, however often the question is delivered.
type Reply struct {
	// Text is BB-code and complete without the rest: pushes and mail show nothing else.
	Text     string
	Keyboard *bitrix.Keyboard
	Attach   *bitrix.Attach
	// Then makes the reply that takes this one's place, where that takes longer than a moment; nil: this is all. It may be run
	// again, when the one who ran it died.
	Then func(context.Context) (Reply, error)
	// Asks is true of a question: what the person says next in this dialog comes to the same command, as [Call.Answer]. A reply
	// with a Then cannot be one, but the last that takes its place can.
	Asks bool
	// Sorry is true of the words of a [Sorry].
	Sorry bool
	// Private has it posted to the private chat with who asked, wherever that was.
	Private bool
	// Speak is the language the person wants to be answered in from now on; empty: no change. [Automatic] is as before.
	Speak Language
	// Wake has the command run again later; nil: no change. Of several steps it is that of the last.
	Wake *Wake
}

// Wake has the same command run again for who asked: [Request.Woken] is true then, and a reply without a text says nothing. What it
// says comes in the private chat with them, wherever they asked. It outlives restarts. One person has one Wake of a command under a
// Key: a later one takes its place, and one without a time ends it. One that says something and is the last should end itself too.
//
// The person is told, in place of the reply, when they wait for too much already.
type Wake struct {
	Key string
	At  time.Time
	// Args is what follows the command's name then, such as the Params of a [Call.Button]; empty: what does now.
	Args string
	// Note is for the command itself: [Request.Note].
	Note string
}
