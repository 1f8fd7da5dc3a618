package bot

import (
	"maps"
	"slices"
	"sync"

	"github.com/whois24/whois24/commands"
)

// Portals are the portals served now. They come and go while the process runs: an application is installed and uninstalled.
// Safe for concurrent use.
type Portals struct {
	mu      sync.RWMutex
	byName  map[string]*Portal
	unwell  map[string]map[concern]error
	guests  []commands.Command // of other processes, in every portal's set
	changed chan struct{}      // closed at the next change of byName
}

// NewPortals makes a registry that begins with list.
func NewPortals(list ...*Portal) *Portals {
	p := &Portals{
		byName:  map[string]*Portal{},
		unwell:  map[string]map[concern]error{},
		changed: make(chan struct{}),
	}
	for _, portal := range list {
		p.byName[portal.Name] = portal
	}
	return p
}

// Get finds a portal by the name in its events; nil: it is not served.
func (p *Portals) Get(name string) *Portal {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.byName[name]
}

// Names lists the portals' names in order.
func (p *Portals) Names() []string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return slices.Sorted(maps.Keys(p.byName))
}

// All lists the portals in the order of their names.
func (p *Portals) All() []*Portal {
	all, _ := p.watch()
	return all
}

// Add has a portal served from now on, in place of one of the same name.
func (p *Portals) Add(portal *Portal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.guests) > 0 {
		_ = portal.Commands.Host(p.guests...) // what is wrong about them, host said
	}
	p.byName[portal.Name] = portal
	p.change()
}

// Remove ends serving a portal. What was wrong with it is nobody's concern any more.
func (p *Portals) Remove(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.unwell, name)
	if _, served := p.byName[name]; served {
		delete(p.byName, name)
		p.change()
	}
}

// host puts the commands of other processes into the sets of all portals, those to come included. The error tells which
// cannot be taken.
func (p *Portals) host(guests []commands.Command) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.guests = guests
	var failed error
	for _, portal := range p.byName {
		failed = portal.Commands.Host(guests...) // the same for each
	}
	return failed
}

// hosting reports whether there are commands of other processes.
func (p *Portals) hosting() bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.guests) > 0
}

// know reports whether a portal's bot has the command.
func (p *Portals) know(portal, command string) bool {
	served := p.Get(portal)
	return served != nil && served.Commands.Has(command)
}

func (p *Portals) change() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// watch lists the portals, and gives what is closed as soon as the list is not right any more.
func (p *Portals) watch() ([]*Portal, <-chan struct{}) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	all := make([]*Portal, 0, len(p.byName))
	for _, name := range slices.Sorted(maps.Keys(p.byName)) {
		all = append(all, p.byName[name])
	}
	return all, p.changed
}
