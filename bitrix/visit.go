package bitrix

import (
	"cmp"
	"context"
	"errors"
	"net/url"
)

// credentials are what a client has to show and must not tell.
type credentials struct {
	webhook  Webhook
	botToken sealed

	// An application's; nil with a webhook. They are functions so that fmt sees no keeper of tokens inside.
	access func(context.Context) (Access, error)
	renew  func(context.Context, Secret) (Access, error)

	token sealed // the access token of one request; nil outside of requests and with a webhook
}

func credentialsOf(o ClientOptions) credentials {
	auth := credentials{webhook: o.Webhook, botToken: seal(cmp.Or(o.BotToken, o.Webhook.BotToken()))}
	if o.Tokens != nil {
		auth.access, auth.renew = o.Tokens.Access, o.Tokens.Renew
	}
	return auth
}

func (c credentials) secrets() secrets { return secrets{c.webhook.code, c.botToken, c.token} }

// visit is one request's way in: the address that methods' names are put behind, and what is shown there.
type visit struct {
	client *Client
	auth   credentials
	named  string  // the portal's host as the credentials name it
	base   url.URL // with the host the portal has now
}

// visit begins a request whose turn has come, with the access there is at that moment.
func (c *Client) visit(ctx context.Context) (visit, error) {
	v := visit{client: c, auth: c.auth}
	base := c.auth.webhook.base()
	if c.ofApplication() {
		access, err := c.auth.access(ctx)
		if err != nil {
			return visit{}, denied(&Error{Text: "no access to the portal"}, err)
		}
		v.auth.token = seal(access.Token)
		if base, err = access.Endpoint.parse(); err != nil {
			return visit{}, &Error{Text: "no access to the portal", cause: err}
		}
	}
	if base == nil {
		return visit{}, &Error{Text: "no webhook is set"}
	}
	v.named, v.base = base.Host, *base
	v.base.Host = c.whereabouts.of(v.named)
	return v, nil
}

// denied is a call that came to nothing for want of an access token. What the keeper of the tokens says decides
// whether it may be made later.
func denied(e *Error, cause error) *Error {
	e.cause = cause
	refusal, refused := errors.AsType[*Error](cause)
	if refused {
		e.RetryAfter = refusal.RetryAfter
	}
	if !refused || refusal.Temporary() {
		e.reach = unsent
	}
	return e
}
