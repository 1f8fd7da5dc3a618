package events

import (
	"context"
	"errors"

	"github.com/whois24/whois24/bitrix"
)

// Sender is a portal that may post events.
type Sender struct {
	Portal string        // the name its events are stored under
	Token  bitrix.Secret // the application token they carry
}

// Senders knows who may post. A sender nobody knows is the zero Sender and no error.
type Senders interface {
	Sender(ctx context.Context, claimed bitrix.MemberID) (Sender, error)
}

// OneSender is for a single portal, whatever it calls itself.
type OneSender Sender

// Sender is the one there is.
func (o OneSender) Sender(context.Context, bitrix.MemberID) (Sender, error) { return Sender(o), nil }

// ErrForged is the error of an installation that no portal made.
var ErrForged = errors.New("the installation is not confirmed by the authorization server")

// Applications hears what portals say about the application itself, not about a bot of it.
type Applications interface {
	// Install is a portal that joins, or has a new version: proven before anything is kept, else ErrForged.
	Install(ctx context.Context, i bitrix.Install) error
	// Uninstall is a portal that leaves, by its name; clean: with all its data.
	Uninstall(ctx context.Context, portal string, clean bool) error
	// Offer is told of tokens that came along with an authenticated event. It must not block.
	Offer(portal string, g bitrix.Grant)
}
