package bot

import (
	"context"
	"fmt"
	"maps"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/commands/remote"
)

const (
	// findEvery is how often it is asked who runs commands.
	findEvery = 2 * time.Second
	// maxGuests bounds the roster. It is much more than a menu of commands can show.
	maxGuests = 100
)

// finder keeps the roster of commands that run in other processes.
type finder struct {
	guests  *guests
	now     func() time.Time
	sights  map[string]*sight // of the commands on the roster, and those found in the last look
	refused map[string]string // why services cannot be used, as far as it was told
}

// findCommands keeps the roster until ctx ends; of all processes on the store, one does so at a time. It ends earlier if nobody
// can come any more, when what was left on the roster has been struck.
func (b *Bot) findCommands(ctx context.Context, g *guests) {
	_ = b.Store.Alone(ctx, "find commands", func(ctx context.Context) error { // its error is the end of ctx
		f := &finder{guests: g, now: b.now, sights: map[string]*sight{}, refused: map[string]string{}}
		for b.Store.Shared() || len(g.all()) > 0 {
			f.look(ctx)
			if !pause(ctx, findEvery) {
				break
			}
		}
		return nil
	})
}

// look brings the roster up to date with who is there. What cannot be written is written at a later look.
func (f *finder) look(ctx context.Context) {
	found, refused, err := remote.Find(ctx, f.guests.store.Conn())
	if err != nil {
		f.tell(ctx, fmt.Errorf("look for commands in other processes: %w", err))
		return
	}
	f.tellRefused(ctx, refused)
	roster, there := f.guests.all(), map[string][]remote.Service{}
	for _, s := range found {
		there[s.Name] = append(there[s.Name], s)
	}
	for name, versions := range there {
		if roster[name] == nil && len(roster) >= maxGuests {
			f.tell(ctx, fmt.Errorf("there are %d commands in other processes: no room for %s", len(roster), name))
			continue
		}
		f.tell(ctx, f.present(ctx, name, roster[name], versions))
	}
	for name := range roster {
		if there[name] == nil {
			f.tell(ctx, f.absent(ctx, name))
		}
	}
	maps.DeleteFunc(f.sights, func(name string, _ *sight) bool { return roster[name] == nil && there[name] == nil })
}

// present keeps what is known of a command that somebody runs.
func (f *finder) present(ctx context.Context, name string, known, there []remote.Service) error {
	versions := f.sightOf(name).versions(known, there, f.now())
	if sameServices(versions, known) {
		return nil
	}
	if err := f.guests.enlist(ctx, name, versions); err != nil {
		return err
	}
	var numbers []string
	for _, s := range versions {
		numbers = append(numbers, s.Version)
	}
	zerolog.Ctx(ctx).Info().Str("command", name).Strs("versions", numbers).Msg("a command runs in other processes")
	return nil
}

// absent strikes a command off when its time of grace is over.
func (f *finder) absent(ctx context.Context, name string) error {
	log := zerolog.Ctx(ctx)
	s := f.sightOf(name)
	news, over := s.missed(f.now())
	if news {
		log.Warn().Str("command", name).Dur("kept_for", graceTime).Msg("nobody runs the command any more")
	}
	if !over {
		return nil
	}
	if err := f.guests.store.Strike(ctx, name); err != nil {
		return err
	}
	log.Warn().Str("command", name).Msg("nobody has run the command for long, it is taken off the portals")
	return nil
}

// sightOf is what is known of a command. One that is on the roster from before has all its time of grace: whoever ran it may
// start when we do.
func (f *finder) sightOf(name string) *sight {
	if f.sights[name] == nil {
		f.sights[name] = &sight{last: f.now()}
	}
	return f.sights[name]
}

// tell logs an error that the next look may not have.
func (f *finder) tell(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		zerolog.Ctx(ctx).Warn().Err(err).Msg("commands in other processes: trying again")
	}
}

// tellRefused logs why services cannot be used: once, until that changes.
func (f *finder) tellRefused(ctx context.Context, refused map[string]error) {
	told := map[string]string{}
	for service, err := range refused {
		told[service] = err.Error()
		if f.refused[service] != told[service] {
			zerolog.Ctx(ctx).Warn().Err(err).Str("service", service).Msg("a command of another process cannot be used")
		}
	}
	f.refused = told
}
