package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/nats-io/nats.go/micro"
	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// answer is one question in the hand of a service.
type answer struct {
	*server
	command string
	request micro.Request
}

// give answers the question, and says now and then that it is working on it.
func (a *answer) give(ctx context.Context) {
	q, err := readQuestion(a.request.Data(), a.command)
	if err != nil {
		a.log.Warn().Str("command", a.command).Err(err).Msg("cannot read a question")
		a.send(Message{Error: err.Error()})
		return
	}
	log := a.log.With().Str("command", a.command).Str("question", q.ID).Logger()
	stop := a.keepWorking()
	began := time.Now()
	last, err := a.run(log.WithContext(ctx), q)
	stop()
	took := time.Since(began)
	switch {
	case err != nil:
		log.Error().Err(err).Dur("took", took).Msg("question not answered")
		a.send(failure(err))
	case a.send(last):
		log.Info().Dur("took", took).Msg("question answered")
	}
}

// keepWorking sends a sign of life each second until stop is called, which waits for the last one.
func (a *answer) keepWorking() (stop func()) {
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		t := time.NewTicker(every)
		defer t.Stop()
		for {
			select {
			case <-end:
				return
			case <-t.C:
				a.send(Message{Working: true})
			}
		}
	}()
	return func() { close(end); <-ended }
}

var errPanicked = errors.New("panicked")

// run makes the replies. All but the last are sent on the way; a panic is an error like any other.
func (a *answer) run(ctx context.Context, q Question) (last Message, err error) {
	defer func() {
		if v := recover(); v != nil {
			zerolog.Ctx(ctx).Error().Any("panic", v).Bytes("stack", debug.Stack()).Msg("command panicked")
			err = errPanicked
		}
	}()
	request := q.request(people{a})
	reply, err := a.set.RunWith(ctx, request, q.Arguments)
	for {
		if words, ok := commands.Words(err, request.Lang); ok {
			return Message{Reply: replyOf(words)}, nil
		}
		if reply.Wake != nil {
			zerolog.Ctx(ctx).Warn().Msg("the command wants to be run again, which those in other processes cannot")
		}
		if err != nil || reply.Then == nil {
			return Message{Reply: replyOf(reply)}, err
		}
		a.send(Message{Reply: replyOf(reply), Later: true})
		reply, err = reply.Then(ctx)
	}
}

// failure is what the bot is told of an error.
func failure(err error) Message {
	var portal *bitrix.Error
	return Message{Error: forLog(err.Error()), Temporary: temporary(err), LookUpFailed: errors.As(err, &portal)}
}

// send tells the bot something, and reports whether it could. What cannot be sent is in the log.
func (a *answer) send(m Message) bool {
	data, err := json.Marshal(m)
	if err == nil && len(data) > MaxMessage {
		err = fmt.Errorf("a reply of %d bytes; at most %d are read", len(data), MaxMessage)
	}
	if err != nil {
		data, _ = json.Marshal(failure(err)) // strings always can be
	}
	if sent := a.request.Respond(data); sent != nil {
		err = sent
	}
	if err != nil {
		a.log.Error().Str("command", a.command).Err(err).Msg("cannot send to the bot")
	}
	return err == nil
}

// readQuestion reads what a bot sent.
func readQuestion(data []byte, command string) (Question, error) {
	var q Question
	if err := json.Unmarshal(data, &q); err != nil {
		return q, fmt.Errorf("read the question: %w", err)
	}
	if q.Command != command {
		return q, fmt.Errorf("the question is for command %q", forLog(q.Command))
	}
	return q, nil
}

// request is the question as a command of the bot's own gets it.
func (q Question) request(people commands.People) commands.Request {
	r := commands.Request{
		ID: q.ID, Name: q.Command, Args: q.Args, Answers: q.Answers, Asker: commands.Asker{ID: bitrix.UserID(q.Asker), Outsider: q.Outsider},
		Chat: commands.Chat{Private: q.Private, Outsiders: q.Outsiders}, Lang: commands.Match(q.Lang), Now: q.Now, People: people,
	}
	if len(q.Shows) > 0 { // else it is a bot that has no such rules yet
		r.Privacy = commands.Only(q.Shows...)
	}
	if zone, err := time.LoadLocation(q.Zone); err == nil && q.Zone != "" {
		r.Zone = zone
	}
	return r
}
