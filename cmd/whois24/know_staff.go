package main

import (
	"context"
	"fmt"
	"time"

	"github.com/whois24/whois24/bot"
)

// staffPatience is how long a command line waits for who works on a portal: at five thousand people it takes a quarter of a minute.
const staffPatience = 30 * time.Second

// knowStaff has the bot know who works on the portal, as one that runs does: whom it finds, and what it tells of them, follow from
// that. Where it cannot be read the bot does without, and so does this.
func (in *input) knowStaff(ctx context.Context, p *bot.Portal) {
	if terminal(in.stderr) {
		fmt.Fprintf(in.stderr, "reading who works on %s…\n", p.Name)
	}
	ctx, cancel := context.WithTimeout(ctx, staffPatience)
	defer cancel()
	if err := p.ReadStaff(ctx, time.Now()); err != nil && ctx.Err() != nil {
		fmt.Fprintf(in.stderr, "who works on %s was not read in time, so people are found by the portal's own search alone: %s\n",
			p.Name, oneLine(err.Error()))
	}
}
