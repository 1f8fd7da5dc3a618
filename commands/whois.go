package commands

import "context"

// Whois tells who somebody is and whether they are there: /whois 5, /whois and a mention or a name, /whois for oneself.
func Whois() Command {
	return New("whois", func(_ context.Context, c Call, a struct{ Who Person }) (Reply, error) {
		return newCard(c, a.Who.User).reply(), nil
	})
}
