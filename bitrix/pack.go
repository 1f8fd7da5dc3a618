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
)

// load is what one request is to carry.
type load struct {
	groups [][]*pending // each is one command: a call, or several look-ups
	list   int          // the group that look-ups may still join, counted from 1; 0: none
	people int          // in groups of look-ups
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
	if len(l.groups) > 0 && l.bytes+len(call.body) > bytesPerRequest {
		return false
	}
	if lists && call.user != 0 && !call.byItself {
		return l.takePerson(call)
	}
	if len(l.groups) == BatchLimit {
		return false
	}
	l.groups = append(l.groups, []*pending{call})
	l.bytes += len(call.body)
	return true
}

func (l *load) takePerson(call *pending) bool {
	if l.people == peoplePerRequest {
		return false
	}
	if l.people%peoplePerCommand == 0 {
		if len(l.groups) == BatchLimit {
			return false
		}
		l.groups = append(l.groups, nil)
		l.list = len(l.groups)
	}
	group := &l.groups[l.list-1]
	*group = append(*group, call)
	l.people++
	l.bytes += len(call.body)
	return true
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
	return alone || len(l.groups) == BatchLimit || l.people == peoplePerRequest || l.bytes > bytesPerRequest/2
}
