package commands

import "github.com/whois24/whois24/bitrix"

// Reply is what the person who asked will read. It is a value: whoever runs the command posts it, within the portal's
// limits and once, however often the question is delivered.
type Reply struct {
	// Text is BB-code and complete without the rest: pushes and mail show nothing else.
	Text     string
	Keyboard *bitrix.Keyboard
	Attach   *bitrix.Attach
}
