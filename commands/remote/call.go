package remote

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/whois24/whois24/commands"
)

// Caller puts questions to services.
type Caller struct {
	Conn *nats.Conn

	silence, longest time.Duration // in place of Silence and Longest; 0: those
}

// Command is a command that its services answer. They are versions of one command, newest first: the newest that is there is asked,
// and describes the arguments. With none there the error is commands.ErrAway.
func (c *Caller) Command(versions []Service) commands.Command {
	return commands.Described(versions[0].Schema,
		func(ctx context.Context, call commands.Call, values commands.Values) (commands.Reply, error) {
			question, err := json.Marshal(questionOf(call, values))
			if err != nil {
				return commands.Reply{}, fmt.Errorf("question to command %s: %w", call.Name, err)
			}
			x := &exchange{caller: c, call: call, versions: versions, question: question}
			return x.begin(ctx)
		})
}

func questionOf(c commands.Call, values commands.Values) Question {
	q := Question{
		ID: c.ID, Command: c.Name, Arguments: values, Args: c.Args, Answers: c.Answers,
		Asker: int64(c.Asker.ID), Outsider: c.Asker.Outsider, Shows: c.Shown(), Private: c.Chat.Private, Outsiders: c.Chat.Outsiders, Lang: string(c.Lang), Now: c.Now,
	}
	if c.Zone != nil {
		q.Zone = c.Zone.String()
	}
	return q
}
