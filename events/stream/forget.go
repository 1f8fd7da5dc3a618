package stream

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
)

// Forget removes what is kept for a portal that left: its consumer, its events, also those to come, the questions asked back
// there and what answers what. With all, its dead letters and what is remembered of it go too, and the texts are overwritten on
// the disk; those that Trim removed before are overwritten when NATS needs the room. It may be repeated, and has to be after an
// error.
func (s *Stream) Forget(ctx context.Context, portal string, all bool) error {
	if err := s.forget(ctx, portal, all); err != nil {
		return fmt.Errorf("forget %s: %w", portal, err)
	}
	return nil
}

func (s *Stream) forget(ctx context.Context, portal string, all bool) error {
	err := s.js.DeleteConsumer(ctx, eventsName, consumerName(portal))
	if err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) {
		return err
	}
	if err := s.forgetIn(ctx, answersName, portal, s.purge); err != nil {
		return err
	}
	if !all {
		if err := s.purge(ctx, wakesName, portalWakes(portal)); err != nil {
			return err
		}
		if err := s.forgetIn(ctx, questionsName, portal, s.purge); err != nil {
			return err
		}
		return s.purge(ctx, eventsName, portalSubjects(portal))
	}
	if err := s.wipe(ctx, wakesName, portalWakes(portal)); err != nil {
		return err
	}
	if err := s.wipe(ctx, eventsName, portalSubjects(portal)); err != nil {
		return err
	}
	if err := s.wipe(ctx, deadName, deadSubject(portal)); err != nil {
		return err
	}
	if err := s.forgetIn(ctx, questionsName, portal, s.wipe); err != nil {
		return err
	}
	return s.forgetIn(ctx, stateName, portal, s.purge)
}

func (s *Stream) purge(ctx context.Context, stream, subject string) error {
	from, err := s.js.Stream(ctx, stream)
	if err != nil {
		return err
	}
	return from.Purge(ctx, jetstream.WithPurgeSubject(subject))
}

// wipe overwrites messages one by one. A purge leaves their bytes in the file.
func (s *Stream) wipe(ctx context.Context, stream, subject string) error {
	from, err := s.js.Stream(ctx, stream)
	if err != nil {
		return err
	}
	for seq := uint64(1); ; seq++ {
		m, err := from.GetMsg(ctx, seq, jetstream.WithGetMsgSubject(subject)) // or the next there is
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		seq = m.Sequence
		err = from.SecureDeleteMsg(ctx, seq)
		if err != nil && !errors.Is(err, jetstream.ErrMsgNotFound) && !errors.Is(err, jetstream.ErrMsgDeleteUnsuccessful) {
			return err
		}
	}
}

// forgetIn leaves in a bucket not even a mark where something of the portal was.
func (s *Stream) forgetIn(
	ctx context.Context, bucket, portal string, remove func(ctx context.Context, stream, subject string) error,
) error {
	kv, err := s.js.KeyValue(ctx, bucket)
	if err != nil {
		return err
	}
	keys, err := kv.Keys(ctx)
	if err != nil && !errors.Is(err, jetstream.ErrNoKeysFound) {
		return err
	}
	for _, key := range keys {
		if !strings.HasSuffix(untoken(key), " of "+portal) {
			continue
		}
		if err := remove(ctx, "KV_"+bucket, "$KV."+bucket+"."+key); err != nil {
			return err
		}
	}
	return nil
}
