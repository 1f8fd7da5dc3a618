package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/remote"
	"github.com/whois24/whois24/events/stream"
)

// guests are the commands that run in other processes, as the roster in the store has them. Every process of the bot follows
// it: those commands are in the portals' sets, whether somebody runs them at the moment or not.
type guests struct {
	store   *stream.Stream
	portals *Portals
	known   chan struct{} // closed when the roster has been read

	mu     sync.Mutex
	roster map[string][]remote.Service // by command, newest version first
}

func newGuests(s *stream.Stream, p *Portals) *guests {
	return &guests{store: s, portals: p, known: make(chan struct{})}
}

// follow puts the commands into the sets of all portals, now and with each change, until ctx ends.
func (g *guests) follow(ctx context.Context) {
	told := ""
	first := sync.OnceFunc(func() { close(g.known) })
	g.store.WatchRoster(ctx, func(all map[string][]byte) {
		err := g.host(all)
		if text := errorText(err); text != told {
			told = text
			zerolog.Ctx(ctx).Warn().Err(err).Msg("some commands of other processes cannot be taken, and are left out")
		}
		first()
	})
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// host is given the whole roster.
func (g *guests) host(all map[string][]byte) error {
	roster := make(map[string][]remote.Service, len(all))
	var failed error
	for command, about := range all {
		var versions []remote.Service
		if err := json.Unmarshal(about, &versions); err != nil || len(versions) == 0 {
			failed = errors.Join(failed, errors.New("the roster's entry of "+command+" cannot be read"))
			continue
		}
		roster[command] = versions
	}
	g.mu.Lock()
	g.roster = roster
	g.mu.Unlock()
	return errors.Join(failed, g.portals.host(g.commands(roster)))
}

// commands are the roster's, in the order of their names.
func (g *guests) commands(roster map[string][]remote.Service) []commands.Command {
	caller := &remote.Caller{Conn: g.store.Conn()}
	var list []commands.Command
	for _, name := range slices.Sorted(maps.Keys(roster)) {
		list = append(list, caller.Command(roster[name]))
	}
	return list
}

// enlist puts a command on the roster.
func (g *guests) enlist(ctx context.Context, name string, versions []remote.Service) error {
	about, err := json.Marshal(versions)
	if err != nil {
		return fmt.Errorf("enlist %s: %w", name, err)
	}
	return g.store.Enlist(ctx, name, about)
}

// all is a copy of the roster.
func (g *guests) all() map[string][]remote.Service {
	g.mu.Lock()
	defer g.mu.Unlock()
	return maps.Clone(g.roster)
}

// wait waits until the roster has been read. Before, a question to one of its commands would be one to nobody, and the portal
// would be made to forget them. It is false if ctx ended.
func (g *guests) wait(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-g.known:
		return true
	}
}
