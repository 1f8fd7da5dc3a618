package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/micro"

	"github.com/whois24/whois24/commands"
)

// Service is a command in one version that runs in at least one other process.
type Service struct {
	Name    string          `json:"name"`
	Version string          `json:"version"`
	Schema  commands.Schema `json:"schema"`
}

const (
	// listening is how long answers are waited for, twice: by everybody, and by each name they tell. They take milliseconds.
	listening = 250 * time.Millisecond
	// maxNames is how many names are asked for their schemas, since anybody may tell any number of names.
	maxNames = 1000
	// maxAnswers is how many answers are read, of several instances of each.
	maxAnswers = 10_000
)

// Find lists the services there are now, by name and then newest version first. It takes about half a second. Services whose
// schema cannot be used are left out, and refused tells why, by name and version.
//
// What is answered to a question for everybody is believed to be a name and nothing more. The schema is asked under that
// name, where with the rights that NATS is set up with only its own processes listen.
func Find(ctx context.Context, conn *nats.Conn) (found []Service, refused map[string]error, err error) {
	names, err := namesOn(ctx, conn)
	if err != nil || len(names) == 0 {
		return nil, nil, err
	}
	base := conn.NewInbox()
	inbox, err := listenOn(conn, base+".*")
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = inbox.Unsubscribe() }()
	for _, name := range names {
		if err := askInfo(conn, "."+serviceName(name), base+"."+name); err != nil {
			return nil, nil, err
		}
	}
	d := directory{offers: map[string]map[string]offer{}, refused: map[string]error{}}
	err = gather(ctx, conn, inbox, func(msg *nats.Msg) { d.read(strings.TrimPrefix(msg.Subject, base+"."), msg.Data) })
	if err != nil {
		return nil, nil, err
	}
	return d.list(), d.refused, nil
}

// namesOn are the commands that anybody on the bus says there are.
func namesOn(ctx context.Context, conn *nats.Conn) ([]string, error) {
	inbox, err := listenOn(conn, conn.NewInbox())
	if err != nil {
		return nil, err
	}
	defer func() { _ = inbox.Unsubscribe() }()
	if err := askInfo(conn, "", inbox.Subject); err != nil {
		return nil, err
	}
	names := map[string]bool{}
	err = gather(ctx, conn, inbox, func(msg *nats.Msg) {
		var info struct{ Name string }
		if json.Unmarshal(msg.Data, &info) != nil {
			return
		}
		name, ours := strings.CutPrefix(info.Name, serviceName(""))
		if ours && goodCommand.MatchString(name) && len(names) < maxNames {
			names[name] = true
		}
	})
	return slices.Sorted(maps.Keys(names)), err
}

func listenOn(conn *nats.Conn, subject string) (*nats.Subscription, error) {
	inbox, err := conn.SubscribeSync(subject)
	if err != nil {
		return nil, fmt.Errorf("look for services: %w", err)
	}
	return inbox, nil
}

// askInfo asks all services, or those of a name, what they are.
func askInfo(conn *nats.Conn, whose, inbox string) error {
	if err := conn.PublishRequest(micro.APIPrefix+"."+micro.InfoVerb.String()+whose, inbox, nil); err != nil {
		return fmt.Errorf("look for services: %w", err)
	}
	return nil
}

var errUnheard = errors.New("look for services: NATS is not connected")

// gather reads what is answered in the time there is for it. That nobody has a name is no answer; that the connection is
// gone says nothing of who is there.
func gather(ctx context.Context, conn *nats.Conn, inbox *nats.Subscription, read func(*nats.Msg)) error {
	window, cancel := context.WithTimeout(ctx, listening)
	defer cancel()
	for range maxAnswers {
		msg, err := inbox.NextMsgWithContext(window)
		switch {
		case err == nil:
			read(msg)
		case errors.Is(err, nats.ErrNoResponders), errors.Is(err, nats.ErrSlowConsumer):
		case !conn.IsConnected():
			return errUnheard
		case ctx.Err() == nil && window.Err() != nil:
			return nil
		default:
			return fmt.Errorf("look for services: %w", err)
		}
	}
	return nil
}
