package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// checkTimeout bounds each check; those that wait for no other run at the same time.
const checkTimeout = 5 * time.Second

// finding is what a check found.
type finding struct {
	Check   string `json:"check"`
	OK      bool   `json:"ok"`
	Skipped bool   `json:"skipped,omitempty"` // it could not be checked, or need not
	What    string `json:"what"`
	Do      string `json:"do,omitempty"`
}

func good(format string, a ...any) finding { return finding{OK: true, What: fmt.Sprintf(format, a...)} }

func skipped(format string, a ...any) finding {
	return finding{Skipped: true, What: fmt.Sprintf(format, a...)}
}

func wrong(what, do string) finding { return finding{What: what, Do: do} }

// refused is for an error of a portal or the authorization server.
func refused(err error, s settings) finding {
	what := err
	var answer *bitrix.Error
	if errors.As(err, &answer) {
		what = answer
	}
	return wrong(shown(what), cmp.Or(adviceFor(err, s), "look it up in docs/troubleshooting.md"))
}

// check is one line of doctor.
type check struct {
	name  string
	after []*check // it makes no sense unless these are well
	run   func(context.Context) finding

	found finding // once done is closed
	done  chan struct{}
}

// examine runs the checks, each as soon as those it waits for are done.
func examine(ctx context.Context, checks []*check) []finding {
	for _, c := range checks {
		c.done = make(chan struct{})
	}
	for _, c := range checks {
		go c.examine(ctx)
	}
	findings := make([]finding, len(checks))
	for i, c := range checks {
		<-c.done
		findings[i] = c.found
	}
	return findings
}

func (c *check) examine(ctx context.Context) {
	defer close(c.done)
	c.found = c.attempt(ctx)
	c.found.Check = c.name
}

func (c *check) attempt(ctx context.Context) finding {
	for _, first := range c.after {
		<-first.done
		if !first.found.OK {
			return skipped("not checked: it needs %q to be well", first.name)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	result := make(chan finding, 1)
	go func() { result <- c.run(ctx) }()
	select {
	case f := <-result:
		return f
	case <-time.After(checkTimeout + time.Second): // opening a store heeds no context
		return wrong(fmt.Sprintf("takes longer than %v", checkTimeout), "try again; look at what is slow")
	}
}
