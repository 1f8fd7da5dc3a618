package remote

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/whois24/whois24/commands"
)

// tries is how often a question is put where whoever had it says nothing any more.
const tries = 2

// exchange is one question with all that is said about it. It belongs to one goroutine at a time.
type exchange struct {
	caller   *Caller
	call     commands.Call
	versions []Service // newest first
	question []byte

	deadline time.Time
	asked    int                // the tries so far
	older    []Service          // those not asked in this try
	inbox    *nats.Subscription // where this try is answered; nil between exchanges
	expiry   *time.Timer        // gives the inbox up if nobody reads on
	messages int
	lookUps  int
	failed   error // of the look-up that failed last
}

// begin puts the question and waits for the first reply.
func (x *exchange) begin(ctx context.Context) (commands.Reply, error) {
	x.deadline = time.Now().Add(cmp.Or(x.caller.longest, Longest))
	x.asked, x.messages, x.lookUps = 0, 0, 0
	if err := x.try(); err != nil {
		return commands.Reply{}, err
	}
	return x.proceed(ctx)
}

// proceed waits for the next reply. The last one ends the exchange; asked again after that, it begins anew.
func (x *exchange) proceed(ctx context.Context) (commands.Reply, error) {
	if x.inbox == nil {
		return x.begin(ctx)
	}
	m, err := x.next(ctx)
	if err != nil {
		x.end()
		return commands.Reply{}, err
	}
	reply, err := m.reply(x.call)
	if err != nil {
		x.end()
		return commands.Reply{}, x.wrong(err.Error())
	}
	if !m.Later {
		x.end()
		return reply, nil
	}
	reply.Then = x.proceed
	return reply, nil
}

// next is the next reply. What else a service says on the way to it is dealt with.
func (x *exchange) next(ctx context.Context) (Message, error) {
	for {
		msg, err := x.hear(ctx)
		if err != nil {
			return Message{}, err
		}
		m, err := decode(msg.Data)
		switch {
		case err != nil:
			return Message{}, x.wrong(err.Error())
		case m.Working:
		case m.LookUp != nil:
			if err := x.lookUp(ctx, msg.Reply, *m.LookUp); err != nil {
				return Message{}, err
			}
		case m.Error != "":
			return Message{}, x.refused(m)
		default:
			return m, nil
		}
	}
}

// hear is the next message. After a silence the question is put once more: whoever had it may have died.
func (x *exchange) hear(ctx context.Context) (*nats.Msg, error) {
	for {
		msg, err := x.listen(ctx)
		switch {
		case err == nil:
			if x.messages++; x.messages > maxMessages {
				return nil, x.wrong(fmt.Sprintf("more than %d messages to one question", maxMessages))
			}
			return msg, nil
		case errors.Is(err, nats.ErrNoResponders):
			err = x.askOlder()
		case ctx.Err() != nil:
			return nil, fmt.Errorf("wait for command %s: %w", x.call.Name, ctx.Err())
		case errors.Is(err, nats.ErrSlowConsumer), x.dropped():
			return nil, x.wrong("messages faster than they can be read, or too long ones")
		case !time.Now().Before(x.deadline):
			return nil, x.fails("no answer in time", nil)
		case errors.Is(err, context.DeadlineExceeded) && x.asked < tries:
			err = x.try()
		case errors.Is(err, context.DeadlineExceeded):
			return nil, x.fails("nothing is heard of it", nil)
		default:
			return nil, x.fails("NATS", err)
		}
		if err != nil {
			return nil, err
		}
	}
}

// dropped reports whether messages came that there was no room for.
func (x *exchange) dropped() bool {
	n, err := x.inbox.Dropped()
	return err == nil && n > 0
}

// listen waits for one message, as long as silence is allowed.
func (x *exchange) listen(ctx context.Context) (*nats.Msg, error) {
	until := time.Now().Add(cmp.Or(x.caller.silence, Silence))
	if x.deadline.Before(until) {
		until = x.deadline
	}
	ctx, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	return x.inbox.NextMsgWithContext(ctx)
}

// try puts the question to the newest version. What comes of an earlier try is not heard any more.
func (x *exchange) try() error {
	x.end()
	inbox, err := x.caller.Conn.SubscribeSync(x.caller.Conn.NewInbox())
	if err != nil {
		return x.fails("NATS", err)
	}
	if err := inbox.SetPendingLimits(maxMessages, 4*MaxMessage); err != nil {
		return x.fails("NATS", err)
	}
	x.inbox = inbox
	x.expiry = time.AfterFunc(time.Until(x.deadline), func() { _ = inbox.Unsubscribe() })
	x.asked++
	x.older = x.versions
	return x.askOlder()
}

// askOlder puts the question to the next version, where nobody runs those before it.
func (x *exchange) askOlder() error {
	if len(x.older) == 0 {
		return fmt.Errorf("command %s: %w", x.call.Name, commands.ErrAway)
	}
	version := x.older[0].Version
	x.older = x.older[1:]
	if err := x.caller.Conn.PublishRequest(subject(x.call.Name, version), x.inbox.Subject, x.question); err != nil {
		return x.fails("NATS", err)
	}
	return nil
}

// end stops listening.
func (x *exchange) end() {
	if x.inbox == nil {
		return
	}
	x.expiry.Stop()
	_ = x.inbox.Unsubscribe() // it may have expired, or the connection be gone
	x.inbox = nil
}

// refused is the error a service answers with.
func (x *exchange) refused(m Message) error {
	e := &Error{Command: x.call.Name, Text: forLog(m.Error), temporary: m.Temporary}
	if m.LookUpFailed && x.failed != nil {
		e.cause, e.temporary = x.failed, temporary(x.failed)
	}
	return e
}

// wrong is a service that does not keep to the protocol. Asking again would not teach it.
func (x *exchange) wrong(text string) error {
	return &Error{Command: x.call.Name, Text: forLog(text)}
}

// fails is trouble on the way there, which passes.
func (x *exchange) fails(text string, cause error) error {
	return &Error{Command: x.call.Name, Text: text, temporary: true, cause: cause}
}
