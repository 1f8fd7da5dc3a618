package bot

// recent is a map of bounded size. It remembers at least the size/2 entries used last and at most size; the others it
// forgets, half of them at a time. Not safe for concurrent use.
type recent[K comparable, V any] struct {
	size       int
	young, old map[K]V
}

func (r *recent[K, V]) get(k K) (V, bool) {
	v, ok := r.young[k]
	if ok {
		return v, true
	}
	if v, ok = r.old[k]; ok {
		r.put(k, v)
	}
	return v, ok
}

func (r *recent[K, V]) put(k K, v V) {
	if r.young == nil || len(r.young) >= r.size/2 {
		r.old, r.young = r.young, map[K]V{}
	}
	r.young[k] = v
}

func (r *recent[K, V]) drop(k K) {
	delete(r.young, k)
	delete(r.old, k)
}
