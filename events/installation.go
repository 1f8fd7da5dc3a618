package events

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/whois24/whois24/bitrix"
)

const (
	// applicationTimeout is for what a portal's coming or leaving takes: a try at the authorization server takes up
	// to 10 s, and what follows is stored.
	applicationTimeout = 20 * time.Second
	// maxToken is the length of a token in bytes from where on nobody is asked whether it is real. Bitrix24's have 32
	// to 70 characters.
	maxToken = 512
)

// install has the application take in the portal that a form is from. Anybody can post such a form, and no token is
// known yet, so what costs nothing is checked first and few are verified at a time.
func (rc *Receiver) install(ctx context.Context, form bitrix.Form, i bitrix.Install) error {
	found, err := form.Events()
	if err == nil {
		err = plausible(i)
	}
	if err == nil {
		err = rc.verify(ctx, i)
	}
	e := Event{Event: bitrix.Event{Kind: kind(found)}}
	switch {
	case err == nil:
		e.Portal = string(i.Member) // until now it was anybody's word
		rc.o.Intake.tell(e, Stored)
		return nil
	case errors.Is(err, ErrForged):
		rc.o.Intake.tell(e, Refused)
		return &refusal{http.StatusForbidden, "this is no installation by a portal", err}
	}
	rc.o.Intake.tell(e, Failed)
	return unavailable("the installation cannot be verified now, send it again later", err)
}

// plausible finds out without asking anybody that a form cannot be an installation.
func plausible(i bitrix.Install) error {
	if i.Member == "" {
		return fmt.Errorf("%w: it names no portal", ErrForged)
	}
	for _, token := range []bitrix.Secret{i.Refresh, i.ApplicationToken} {
		if token == "" || len(token) > maxToken {
			return fmt.Errorf("%w: a token is missing or too long", ErrForged)
		}
	}
	return nil
}

// verify is finished also if the sender hangs up: a refresh token works once.
func (rc *Receiver) verify(ctx context.Context, i bitrix.Install) error {
	leave, err := rc.gate.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), applicationTimeout)
	defer cancel()
	return rc.o.Applications.Install(ctx, i)
}

// uninstall has the application let a portal go.
func (rc *Receiver) uninstall(ctx context.Context, portal string, clean bool) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), applicationTimeout)
	defer cancel()
	err := rc.o.Applications.Uninstall(ctx, portal, clean)
	rc.o.Intake.tell(Event{Portal: portal, Event: bitrix.Event{Kind: bitrix.AppUninstall}}, outcomeOf(err))
	return unavailable("the uninstallation could not be stored, send it again later", err)
}

// kind is what a form is about that holds one event, as those about the application do.
func kind(found []bitrix.Event) bitrix.Kind {
	if len(found) != 1 {
		return ""
	}
	return found[0].Kind
}
