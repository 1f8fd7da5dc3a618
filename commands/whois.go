package commands

import (
	"context"

	"github.com/whois24/whois24/bitrix"
)

// someone are the arguments of a command about one person.
type someone struct{ Who Person }

// Whois tells who somebody is and whether they are there: /whois 5, /whois and a mention or a name, /whois for oneself.
func Whois() Command {
	return New("whois", func(ctx context.Context, c Call, a someone) (Reply, error) {
		var units []bitrix.Unit
		if c.Shows(FieldDepartment) {
			var err error
			if units, err = unitsOf(ctx, c, a.Who.User); err != nil {
				return Reply{}, err
			}
		}
		return newCard(c, a.Who.User, units).reply(), nil
	}).withUnits()
}
