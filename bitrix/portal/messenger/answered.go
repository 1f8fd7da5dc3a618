package messenger

import "sync"

// remembered is how many results are kept: far more than a page can have asked for while it was disconnected.
const remembered = 1000

// answered remembers the results of requests by their ref, so that one repeated after a lost connection is not
// done twice. The zero value is ready.
type answered struct {
	mu      sync.Mutex
	results map[string]frame
	order   []string // refs, oldest first
}

// once does what was asked unless it has been done; then it returns what was said the first time.
// Requests are done one after another.
func (a *answered) once(ref string, do func() frame) frame {
	a.mu.Lock()
	defer a.mu.Unlock()
	if f, done := a.results[ref]; done {
		return f
	}
	f := do()
	if ref == "" || len(ref) > 64 {
		return f // nobody can ask about it again
	}
	a.keep(ref, f)
	return f
}

func (a *answered) keep(ref string, f frame) {
	if a.results == nil {
		a.results = map[string]frame{}
	}
	a.results[ref] = f
	a.order = append(a.order, ref)
	if len(a.order) > remembered {
		delete(a.results, a.order[0])
		a.order = a.order[1:]
	}
}
