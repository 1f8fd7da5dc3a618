package main

import (
	"net/http"

	"github.com/urfave/cli/v3"

	"github.com/whois24/whois24/bitrix/portal"
)

// usefulScope is all that adds to what the bot can do.
var usefulScope = []string{"im", "imbot", "user_brief"}

// plenty is the limit of requests on an emulated portal of one's own: somebody waits at a terminal.
const plenty = 1000

// emulation is an emulated portal on a port of its own. A nil one is none.
type emulation struct {
	*portal.Portal
	server *http.Server
	ended  chan struct{}
}

// emulateUnlessGiven starts an emulated portal, and makes it the one of the settings, if they name none.
func (in *input) emulateUnlessGiven(c *cli.Command) (*emulation, error) {
	if c.String("portal") != "" || c.String("client-id") != "" || c.String("client-secret") != "" || in.unreadable != nil {
		return nil, nil
	}
	l, err := listen("portal", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := portal.New(portal.Options{BaseURL: "http://" + l.Addr().String(), Rate: plenty, Burst: plenty, Scope: usefulScope})
	e := &emulation{p, &http.Server{Handler: p}, make(chan struct{})}
	go func() {
		defer close(e.ended)
		_ = e.server.Serve(l) // until close
	}()
	return e, c.Set("portal", p.WebhookURL())
}

func (e *emulation) close() {
	if e == nil {
		return
	}
	_ = e.server.Close()
	<-e.ended
	e.Portal.Close()
}

// or is what the portal is called.
func (e *emulation) or(name string) string {
	if e == nil {
		return name
	}
	return "an emulated portal"
}

// names are those of the people who can be asked about.
func (e *emulation) names() []string {
	if e == nil {
		return nil
	}
	var names []string
	for _, who := range e.People() {
		if who.Active && !who.Bot {
			names = append(names, who.Name())
		}
	}
	return names
}
