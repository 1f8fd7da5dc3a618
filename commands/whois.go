package commands

import "context"

// Whois tells who somebody is and whether they are there: /whois 5, /whois and a mention, /whois for oneself.
func Whois(users Users) Command {
	return Command{
		Name:   "whois",
		Title:  "whois.title",
		Params: "person.params",
		Run: func(ctx context.Context, r Request) (Reply, error) {
			user, err := Person(ctx, users, r)
			if err != nil {
				return Reply{}, err
			}
			return newCard(r, user).reply(), nil
		},
	}
}
