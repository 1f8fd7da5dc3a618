package bot

import "sync"

// fairnesses has the fairness of each portal. One that leaves is forgotten with all who asked there.
type fairnesses struct {
	limits  Limits
	portals *Portals
	mu      sync.Mutex
	byName  map[string]*fairness
}

func newFairnesses(l Limits, portals *Portals) *fairnesses {
	return &fairnesses{limits: l, portals: portals, byName: map[string]*fairness{}}
}

// of is the fairness of a portal; nil: it is not served here.
func (f *fairnesses) of(portal string) *fairness {
	if f.portals.Get(portal) == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.byName[portal] == nil {
		f.forget()
		f.byName[portal] = newFairness(f.limits)
	}
	return f.byName[portal]
}

func (f *fairnesses) forget() {
	for name := range f.byName {
		if f.portals.Get(name) == nil {
			delete(f.byName, name)
		}
	}
}
