package bot

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// ApplicationsOptions are what Applications need; all but Token must be given.
type ApplicationsOptions struct {
	Store   *stream.Stream
	Vault   Vault
	Auth    *bitrix.AuthServer
	Portals *Portals      // gets the portals that have the application
	Secret  bitrix.Secret // the client secret; keys follow from it
	Token   bitrix.Secret // the application token every portal has to use; empty: each its own, learnt when it installs
	// Open makes a portal of its name and the tokens to call it with: the client and the commands.
	Open func(name string, tokens bitrix.Tokens) (*Portal, error)
}

// Vault keeps secrets: *stream.Vault.
type Vault interface {
	Get(ctx context.Context, name string) (stream.Entry, error)
	Put(ctx context.Context, e stream.Entry) (uint64, error)
	Watch(ctx context.Context, changed func(stream.Entry, error), ready func()) error
	Reseal(ctx context.Context) error
}

// Applications knows the portals that have our application and keeps the access to them, in the vault and, for all processes
// on the store alike, in memory. It is how portals join and leave: the receiver tells of installations, and the vault tells of
// those that another process was told of.
type Applications struct {
	o      ApplicationsOptions
	offers chan offer

	mu      sync.Mutex
	keepers map[string]*keeper // by member id
	work    sync.WaitGroup     // renewals under way
}

// NewApplications makes it; it calls nothing yet.
func NewApplications(o ApplicationsOptions) *Applications {
	return &Applications{o: o, offers: make(chan offer, maxOffers), keepers: map[string]*keeper{}}
}

// errLocked is the error of an entry that is there and cannot be understood. It can only be written anew.
var (
	errLocked = errors.New("what is stored of this portal cannot be read")
	errSealed = fmt.Errorf("--token-key: none of the keys opens it: %w: give the old key too, after the new one and a comma, "+
		"or install the application there again", errLocked)
	errUnreadable = fmt.Errorf("%w: install the application there again", errLocked)
)

// run serves the portals in the vault until ctx ends.
func (a *Applications) run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	ready := func() {
		zerolog.Ctx(ctx).Info().Int("portals", len(a.o.Portals.Names())).Msg("portals that have the application are known")
		g.Go(func() error { a.reseal(ctx); return nil })
	}
	g.Go(func() error {
		return a.o.Vault.Watch(ctx, func(e stream.Entry, err error) { a.changed(ctx, e, err) }, ready)
	})
	g.Go(func() error { a.sweep(ctx); return nil })
	g.Go(func() error { a.revive(ctx); return nil })
	if err := g.Wait(); ctx.Err() == nil {
		return err
	}
	return nil
}

// finish waits for renewals under way and stores what they brought. Whoever calls portals must have stopped.
func (a *Applications) finish(ctx context.Context) {
	a.work.Wait()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTimeout)
	defer cancel()
	for _, k := range a.all() {
		if err := k.store(ctx); err != nil {
			zerolog.Ctx(ctx).Error().Err(err).Str("portal", k.name).Msg("renewed access could not be stored")
		}
	}
}

// reseal lets an old key go: what it sealed is written under the first one.
func (a *Applications) reseal(ctx context.Context) {
	if err := a.o.Vault.Reseal(ctx); err != nil && ctx.Err() == nil {
		zerolog.Ctx(ctx).Warn().Err(err).Msg("old token keys are still needed")
	}
}

// changed is told of every entry of the vault, and of each again when it changes.
func (a *Applications) changed(ctx context.Context, e stream.Entry, err error) {
	log := zerolog.Ctx(ctx).With().Str("portal", e.Name).Logger()
	i, unread := decodeInstallation(e.Value)
	switch {
	case err != nil:
		err = errSealed
	case unread != nil:
		err = unread
	default:
		k := a.keeper(e.Name)
		k.learn(i, e.Revision)
		err = a.serve(ctx, k)
	}
	if a.o.Portals.report(e.Name, aboutAccess, err) && err != nil {
		log.Error().Err(err).Msg("portal cannot be called")
	}
}

// serve has a portal answered, or not any more, as its keeper says.
func (a *Applications) serve(ctx context.Context, k *keeper) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := k.installation()
	if !now.here() {
		a.o.Portals.Remove(k.name)
		return nil
	}
	if a.o.Portals.Get(k.name) == nil {
		if err := a.open(k); err != nil {
			return err
		}
		zerolog.Ctx(ctx).Info().Str("portal", k.name).Str("host", now.Endpoint.Host()).Msg("portal has the application")
	}
	return now.trouble()
}

// open adds a portal, in place of one that is open already. It is called with mu held.
func (a *Applications) open(k *keeper) error {
	p, err := a.o.Open(k.name, k)
	if err != nil {
		return err
	}
	p.TemplateKey = a.templateKey(k.name)
	a.o.Portals.Add(p)
	return nil
}

func (a *Applications) templateKey(name string) bitrix.Secret {
	mac := hmac.New(sha256.New, []byte(a.o.Secret.Reveal()))
	_, _ = mac.Write([]byte("template " + name)) // a hash never fails
	return bitrix.Secret(hex.EncodeToString(mac.Sum(nil)))
}

// keeper is the one of a portal, made if need be.
func (a *Applications) keeper(name string) *keeper {
	a.mu.Lock()
	defer a.mu.Unlock()
	k := a.keepers[name]
	if k == nil {
		k = &keeper{apps: a, name: name, now: nowhere()}
		a.keepers[name] = k
	}
	return k
}

func (a *Applications) all() []*keeper {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Collect(maps.Values(a.keepers))
}

// find is the keeper of a portal that is known here; nil if it is not.
func (a *Applications) find(name string) *keeper {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.keepers[name]
}

// Sender is a portal that has the application, by what it claims to be. One that joined a moment ago with another process is
// looked up.
func (a *Applications) Sender(ctx context.Context, claimed bitrix.MemberID) (events.Sender, error) {
	member, err := bitrix.ParseMemberID(string(claimed))
	if err != nil {
		return events.Sender{}, nil
	}
	if k := a.find(string(member)); k != nil && k.installation().here() {
		return k.sender(), nil
	}
	e, i, err := a.read(ctx, string(member))
	if err != nil || !i.here() {
		return events.Sender{}, err
	}
	a.changed(ctx, e, nil)
	return a.keeper(string(member)).sender(), nil
}
