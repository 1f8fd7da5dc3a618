package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// runVouched executes a command for somebody of whom it is known whether they belong to the company. Where the event does
// not say, they are looked up: the bot reads with rights that people from outside do not have.
func (w *Worker) runVouched(ctx context.Context, q question, r commands.Request) (commands.Reply, error) {
	if q.Event.User.Unvouched {
		outsider, err := outsider(ctx, q.portal, r.Asker.ID)
		if err != nil {
			return commands.Reply{}, fmt.Errorf("look the asker up: %w", err)
		}
		r.Asker.Outsider = outsider
	}
	return w.run(ctx, q.portal, r)
}

// outsider reports whether the portal counts somebody among those from outside. It knows all of them: of whom it knows
// nothing, it says no such thing, and nobody but its people can read the answer.
func outsider(ctx context.Context, p *Portal, id bitrix.UserID) (bool, error) {
	user, err := p.Client.User(ctx, id)
	if errors.Is(err, bitrix.ErrUserNotExists) {
		return false, nil
	}
	return user.Outsider(), err
}
