package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// runVouched executes a command for somebody of whom it is known whether they belong to the company.
func (w *Worker) runVouched(ctx context.Context, q question, r commands.Request) (commands.Reply, error) {
	if r.Woken {
		return w.runWoken(ctx, q, r)
	}
	if err := vouch(ctx, q.portal, q.Event.User, &r); err != nil {
		return commands.Reply{}, err
	}
	return run(ctx, q.portal, r)
}

// vouch looks up whether who asks belongs to the company, where that is not said: the bot reads with rights that people from
// outside do not have.
func vouch(ctx context.Context, p *Portal, who bitrix.Author, r *commands.Request) error {
	if !who.Unvouched {
		return nil
	}
	outside, err := outsider(ctx, p, who.ID)
	if err != nil {
		return fmt.Errorf("look the asker up: %w", err)
	}
	r.Asker.Outsider = outside
	return nil
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
