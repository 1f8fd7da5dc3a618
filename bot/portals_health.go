package bot

import (
	"maps"
	"slices"
)

// concern is what may be wrong about a portal. Each is reported and cured by the part of the process it belongs to.
type concern string

const (
	aboutAccess concern = "access" // the application's tokens
	aboutBot    concern = "bot"    // it is not there, or cannot be registered
)

// maxUnwell bounds the portals that are listed one by one.
const maxUnwell = 50

type unwellPortal struct {
	name string
	err  error
}

// report notes what is wrong about a portal, in words for the operator; nil: nothing. It returns whether that is news. A
// portal without access is not served and yet listed.
func (p *Portals) report(name string, about concern, err error) (news bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	was := p.unwell[name][about]
	switch {
	case about == aboutBot && p.byName[name] == nil: // it left meanwhile
		return false
	case err == nil:
		delete(p.unwell[name], about)
		if len(p.unwell[name]) == 0 {
			delete(p.unwell, name)
		}
		return was != nil
	case p.unwell[name] == nil:
		p.unwell[name] = map[concern]error{}
	}
	p.unwell[name][about] = err
	return was == nil || was.Error() != err.Error()
}

// sick lists the portals that are not well, in the order of their names, and not too many of them.
func (p *Portals) sick() (unwell []unwellPortal) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	for _, name := range slices.Sorted(maps.Keys(p.unwell)) {
		if len(unwell) == maxUnwell {
			break
		}
		unwell = append(unwell, unwellPortal{name, worst(p.unwell[name])})
	}
	return unwell
}

// count is how many portals are served, and how many are not well.
func (p *Portals) count() (served, unwell int) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.byName), len(p.unwell)
}

// worst is what the rest follows from.
func worst(all map[concern]error) error {
	if err := all[aboutAccess]; err != nil {
		return err
	}
	return all[aboutBot]
}
