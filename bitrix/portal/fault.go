package portal

import (
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

func (f Fault) matches(methods []string) bool {
	return f.Method == "" || slices.Contains(methods, strings.ToLower(f.Method))
}

// takeFault uses up a fault for calls of these methods; its kind is 0 when there is none.
func (p *Portal) takeFault(ofOneCall bool, methods ...string) Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, f := range p.faults {
		if f.ofOneCall() != ofOneCall || !f.matches(methods) {
			continue
		}
		if f.Times == 1 {
			p.faults = slices.Delete(p.faults, i, i+1)
		} else if f.Times > 1 {
			p.faults[i].Times--
		}
		return f
	}
	return Fault{}
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
