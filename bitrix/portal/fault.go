package portal

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// FaultKind is a way to fail.
type FaultKind int

// The ways a portal fails. All but the last two hit the whole request: a batch with a matching command in it too.
const (
	Unavailable503 FaultKind = iota + 1 // QUERY_LIMIT_EXCEEDED, nothing ran
	Error500                            // INTERNAL_SERVER_ERROR, nothing ran
	Gateway502                          // a web server's page, nothing ran
	ResetBefore                         // the connection dies, nothing ran
	ResetAfter                          // the call ran and the connection dies
	ResetSending                        // dies between noting a templateId and writing its message
	Slow                                // runs after Delay
	InvalidJSON                         // ran; the answer is a page of PHP's
	Truncated                           // ran; half of the answer comes
	OperationLimit                      // OPERATION_TIME_LIMIT for this method alone, inside a batch too
	Refused                             // Status and Code as given, for this method alone, inside a batch too
)

// Fault is a failure to come.
type Fault struct {
	Method string // in any case; "": every method
	Kind   FaultKind
	Delay  time.Duration // for Slow
	Status int           // for Refused; default 400
	Code   string        // for Refused
	Times  int           // how often; 0: until Recover
}

// Fail makes matching calls fail. Of several faults for a call the one set first counts.
func (p *Portal) Fail(f Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, f)
}

// Recover ends all faults.
func (p *Portal) Recover() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = nil
}

func (f Fault) ofOneCall() bool { return f.Kind == OperationLimit || f.Kind == Refused }

// spoilsAnswer tells faults of calls that ran: the caller learns nothing of what came of them.
func (k FaultKind) spoilsAnswer() bool {
	return k == ResetAfter || k == ResetSending || k == InvalidJSON || k == Truncated
}

func (f Fault) matches(methods []string) bool {
	return f.Method == "" || slices.Contains(methods, strings.ToLower(f.Method))
}

// over answers with what runs, or with what the fault makes of it.
func (f Fault) over(refuse func(error) reply, run func() reply) reply {
	switch f.Kind {
	case ResetBefore:
		return reply{fault: f.Kind}
	case Gateway502:
		return reply{status: http.StatusBadGateway, fault: f.Kind}
	}
	if err := f.refusal(); err != nil {
		return refuse(err)
	}
	a := run()
	a.fault = f.Kind
	if f.Kind == ResetAfter || f.Kind == ResetSending {
		a.status = 0
	}
	return a
}

// faults are those to come, the first set first.
type faults []Fault

// take uses up the first that matches; its kind is 0 when there is none.
func (fs *faults) take(matches func(Fault) bool) Fault {
	i := slices.IndexFunc(*fs, matches)
	if i < 0 {
		return Fault{}
	}
	f := (*fs)[i]
	switch f.Times {
	case 0:
	case 1:
		*fs = slices.Delete(*fs, i, i+1)
	default:
		(*fs)[i].Times--
	}
	return f
}

// takeFault uses up a fault for calls of these methods; its kind is 0 when there is none.
func (p *Portal) takeFault(ofOneCall bool, methods ...string) Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.faults.take(func(f Fault) bool { return f.ofOneCall() == ofOneCall && f.matches(methods) })
}

// refusal is what a call with this fault is told; nil where it runs.
func (f Fault) refusal() error {
	switch f.Kind {
	case Unavailable503:
		return errQueryLimit
	case Error500:
		return errInternal
	case OperationLimit:
		return errOperating
	case Refused:
		return &restError{code: f.Code, text: "Refused by request", status: f.Status}
	}
	return nil
}
