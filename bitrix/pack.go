package bitrix

// What goes into one request.
const (
	// peoplePerCommand is how many people one im.user.list.get is asked for. PHP drops what comes after the
	// 1000th parameter of a query by default, and each id is one. 200 are an answer of some 300 KB.
	peoplePerCommand = 200
	// peoplePerRequest keeps the answer at a third of answerLimit, and the portal at work for a few seconds of
	// the minute it allows itself.
	peoplePerRequest = 1000
	// bytesPerRequest is counted before percent-encoding, which makes texts three times as long at most: so that
	// a batch stays below the 1 MB that web servers take unless told otherwise. A call that is larger goes by
	// itself.
	bytesPerRequest = 300 << 10
	// unitsPerRequest is of how many people departments are asked for. Each department brings who heads it, so the answer
	// may grow by another third of answerLimit.
	unitsPerRequest = 200
	// bytesPerUnits is what asking for one person's departments takes.
	bytesPerUnits = 300
)

// load is what one request is to carry.
type load struct {
	groups [][]*pending // each is one command: a call, or several look-ups
	list   int          // the group that look-ups may still join, counted from 1; 0: none
	people int          // in groups of look-ups
	units  int          // people whose departments are asked for
	bytes  int
}

// pack chooses from the waiting calls, in order of arrival; lists says whether look-ups may share a command. A
// call that goes alone shares with none; in company it is left for the next request. Calls to a dialog in busy,
// which has a call out, wait for its end, or the portal might turn the two around. Within a batch it keeps the
// order.
func pack(waiting []*pending, busy map[DialogID]struct{}, lists bool) load {
	var l load
	for _, call := range waiting {
		_, wait := busy[call.dialog]
		switch {
		case wait:
		case call.alone && len(l.groups) == 0:
			return load{groups: [][]*pending{{call}}}
		case call.alone:
		case !l.take(call, lists):
			return l
		}
	}
	return l
}

// take adds a call, unless it is too much.
func (l *load) take(call *pending, lists bool) bool {
	listed := lists && call.user != 0 && !call.byItself
	begins := !listed || l.people%peoplePerCommand == 0 // a command of its own
	if !l.fits(call, listed, begins) {
		return false
	}
	if begins {
		l.groups = append(l.groups, nil)
	}
	group := &l.groups[len(l.groups)-1]
	if listed {
		if begins {
			l.list = len(l.groups)
		}
		group = &l.groups[l.list-1]
		l.people++
	}
	*group = append(*group, call)
	l.bytes += len(call.body)
	if call.units {
		l.units++
		l.bytes += bytesPerUnits
	}
	return true
}

func (l *load) fits(call *pending, listed, begins bool) bool {
	groups, units := len(l.groups), l.units
	if begins {
		groups++
	}
	if call.units {
		units++
	}
	switch {
	case len(l.groups) > 0 && l.bytes+len(call.body) > bytesPerRequest:
		return false
	case listed && l.people == peoplePerRequest, units > unitsPerRequest:
		return false
	}
	return commandsFor(groups, units) <= BatchLimit
}

// commandsFor is what groups take in a batch, and after them the departments of so many people.
func commandsFor(groups, units int) int {
	return groups + (units+peoplePerUnits-1)/peoplePerUnits
}

func (l *load) calls() []*pending {
	var all []*pending
	for _, group := range l.groups {
		all = append(all, group...)
	}
	return all
}

// full reports whether nothing worth waiting for can join.
func (l *load) full() bool {
	alone := len(l.groups) == 1 && l.groups[0][0].alone
	return alone || commandsFor(len(l.groups), l.units) == BatchLimit || l.people == peoplePerRequest || l.bytes > bytesPerRequest/2
}
