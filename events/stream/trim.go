package stream

import (
	"context"
	"errors"
	"sort"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	trimEvery = time.Minute
	// trimTime is for the portals behind one that is away. Each costs NATS a write for every portal there is: with 600
	// of them a quarter of a second in which nothing else is stored.
	trimTime = 10 * time.Second
)

// Trim removes, until ctx ends, what is answered and old enough that no repeated delivery needs to be known any more. Without
// it the store would fill with events long answered and then refuse new ones. Several may run at once.
func (s *Stream) Trim(ctx context.Context) error {
	tick := time.NewTicker(trimEvery)
	defer tick.Stop()
	for {
		if err := s.trim(ctx, time.Now().Add(-dedupe)); err != nil && ctx.Err() == nil {
			s.log.Warn().Err(err).Msg("cannot trim the store")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// trim removes of each portal what was stored before a time and is settled. A portal that is away keeps only its own, and
// one without a consumer, or whose consumer cannot be asked, keeps all. A clock that is wrong makes it too early or too
// late, but what is not settled stays.
//
// As a rule nobody is away, and all goes in one piece: everything up to the first event that has to stay. What is settled
// behind that goes portal by portal, as far as there is time; the next round begins with others.
func (s *Stream) trim(ctx context.Context, before time.Time) error {
	stream, err := s.js.Stream(ctx, eventsName)
	if err != nil {
		return err
	}
	old, err := lastBefore(ctx, stream, before)
	if err != nil || old == 0 {
		return err
	}
	settled, err := settledOf(ctx, stream, old)
	if err != nil {
		return err
	}
	prefix, err := settledByAll(ctx, stream, settled, old)
	if err != nil {
		return err
	}
	if prefix >= stream.CachedInfo().State.FirstSeq {
		if err := stream.Purge(ctx, jetstream.WithPurgeSequence(prefix+1)); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, trimTime)
	defer cancel()
	return trimPortals(ctx, stream, settled, prefix)
}

// settledOf is, for each portal with a consumer, up to which sequence all its events are settled, old at most. Portals are
// named by the subjects of their events.
func settledOf(ctx context.Context, stream jetstream.Stream, old uint64) (map[string]uint64, error) {
	settled := map[string]uint64{}
	consumers := stream.ListConsumers(ctx)
	for c := range consumers.Info() {
		settled[c.Config.FilterSubject] = min(old, c.AckFloor.Stream)
		if c.NumPending == 0 && c.NumAckPending == 0 {
			settled[c.Config.FilterSubject] = old
		}
	}
	return settled, consumers.Err()
}

// settledByAll is up to which sequence everything is settled, whosever it is.
func settledByAll(ctx context.Context, stream jetstream.Stream, settled map[string]uint64, old uint64) (uint64, error) {
	prefix := old
	for _, upTo := range settled {
		prefix = min(prefix, upTo)
	}
	others, err := portalsBut(ctx, stream, settled)
	if err != nil {
		return 0, err
	}
	for portal := range others {
		first, err := stream.GetMsg(ctx, 1, jetstream.WithGetMsgSubject(portal)) // or the next there is
		switch {
		case err == nil:
			prefix = min(prefix, first.Sequence-1)
		case !errors.Is(err, jetstream.ErrMsgNotFound):
			return 0, err
		}
	}
	return prefix, nil
}

// portalsBut finds the portals that have events, but no consumer.
func portalsBut(ctx context.Context, stream jetstream.Stream, known map[string]uint64) (map[string]bool, error) {
	info, err := stream.Info(ctx, jetstream.WithSubjectFilter("whois24.events.>"))
	if err != nil {
		return nil, err
	}
	others := map[string]bool{}
	for subject := range info.State.Subjects {
		portal := subject[:strings.LastIndexByte(subject, '.')] + ".>" // without the dialog
		if _, isKnown := known[portal]; !isKnown {
			others[portal] = true
		}
	}
	return others, nil
}

// trimPortals removes what is settled behind a prefix.
func trimPortals(ctx context.Context, stream jetstream.Stream, settled map[string]uint64, prefix uint64) error {
	for portal, upTo := range settled { // in an order that is never the same
		if upTo <= prefix {
			continue
		}
		err := stream.Purge(ctx, jetstream.WithPurgeSubject(portal), jetstream.WithPurgeSequence(upTo+1))
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// lastBefore is the last sequence that was stored before a time, 0 if there is none. It asks for some twenty messages.
func lastBefore(ctx context.Context, stream jetstream.Stream, before time.Time) (uint64, error) {
	state := stream.CachedInfo().State
	if state.Msgs == 0 || !state.FirstTime.Before(before) {
		return 0, nil
	}
	var failed error
	n := sort.Search(int(state.LastSeq-state.FirstSeq)+1, func(i int) bool {
		m, err := stream.GetMsg(ctx, state.FirstSeq+uint64(i), jetstream.WithGetMsgSubject("whois24.events.>")) // or the next there is
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return true // none is left from here on
		}
		failed = errors.Join(failed, err)
		return err != nil || !m.Time.Before(before)
	})
	return state.FirstSeq + uint64(n) - 1, failed
}
