package stream

import (
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	// GiveUp is the age at which an event that cannot be answered has to be buried: a portal may be away over a weekend,
	// and nobody waits for an answer from before it.
	GiveUp = 48 * time.Hour
	// dedupe is how long a repeated delivery is known for one. An id takes some 120 bytes of memory, so that an hour of
	// 100 events a second costs 45 MB. A portal knows a repeated answer for a month more.
	dedupe = time.Hour
	// ackWait is how long a worker may be silent about an event it took, before it counts as dead and the event goes to
	// another: what a person waits at the most when a worker is killed.
	ackWait = 5 * time.Second
	// progressEvery is how often a worker says that it is still at work: three chances within ackWait.
	progressEvery = 1500 * time.Millisecond
	// HandleTimeout is how long a worker may take for one try at an event. Waiting for the portal's rate limit counts.
	HandleTimeout = 3 * time.Minute
	// StopTimeout is how much of it is left to a worker that is to stop.
	StopTimeout = 45 * time.Second
)

// Limits retention, since a work queue forgets its keys at a restart; DiscardNew, so a full store refuses
// what it cannot keep instead of dropping what it promised.
//
// No MaxAge: NATS goes by the wall clock, and one that is set right after a start in 1970 would delete everything
// that waits. Trim removes what is answered.
func eventsConfig(replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:               eventsName,
		Description:        "Questions from Bitrix24 portals, kept until answered",
		Subjects:           []string{"whois24.events.>"},
		Storage:            jetstream.FileStorage,
		Retention:          jetstream.LimitsPolicy,
		Discard:            jetstream.DiscardNew,
		MaxBytes:           2 << 30,
		MaxMsgSize:         256 << 10, // 20,000 characters of text at 12 bytes each, escaped, and the rest
		Duplicates:         dedupe,
		AllowAtomicPublish: true,
		Replicas:           replicas,
	}
}

func deadConfig(replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:        deadName,
		Description: "Questions that could not be answered, with the reason",
		Subjects:    []string{"whois24.dead.>"},
		Storage:     jetstream.FileStorage,
		Discard:     jetstream.DiscardOld,
		MaxAge:      30 * 24 * time.Hour,
		MaxBytes:    256 << 20,
		Duplicates:  dedupe,
		Replicas:    replicas,
	}
}

// wakesConfig is a stream of its own, since NATS schedules nothing in one that refuses what it has no room for. This one drops the
// oldest: at MaxWakes a person and about a kilobyte each it has room for ten thousand people who wait for all they may.
//
// What is due leaves it when it is among the events, which a work queue does by itself.
func wakesConfig(replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:              wakesName,
		Description:       "What commands want to be run again for, and when",
		Subjects:          []string{"whois24.wakes.>"},
		Storage:           jetstream.FileStorage,
		Retention:         jetstream.WorkQueuePolicy,
		MaxBytes:          256 << 20,
		MaxMsgSize:        maxWake + 4<<10, // and its headers
		AllowMsgSchedules: true,
		AllowMsgTTL:       true,
		AllowRollup:       true, // a schedule takes the place of the one before
		Replicas:          replicas,
	}
}

func dueConfig() jetstream.ConsumerConfig {
	return jetstream.ConsumerConfig{
		Durable:       "due",
		FilterSubject: "whois24.wakes.*.*.*." + wakeDue,
		AckPolicy:     jetstream.AckExplicitPolicy,
		AckWait:       ackWait,
		MaxDeliver:    -1,
	}
}

// consumerConfig is the consumer of one portal: portals do not wait for each other.
//
// No MaxDeliver: a message that used it up stays in the stream, unseen for ever. No BackOff: it replaces AckWait. The worker
// decides both, by what went wrong.
func consumerConfig(portal string) jetstream.ConsumerConfig {
	return jetstream.ConsumerConfig{
		Durable:       consumerName(portal),
		FilterSubject: portalSubjects(portal),
		DeliverPolicy: jetstream.DeliverAllPolicy,
		AckPolicy:     jetstream.AckExplicitPolicy,
		AckWait:       ackWait,
		MaxDeliver:    -1,
		MaxAckPending: 20_000, // parked events count here; only with more do long lanes hold up others
	}
}
