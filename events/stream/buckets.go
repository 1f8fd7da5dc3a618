package stream

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	stateName   = "whois24_state"
	effectsName = "whois24_effects"
	vaultName   = "whois24_vault"
	rosterName  = "whois24_commands"
	membersName = "whois24_members"
	leasesName  = "whois24_leases"

	questionsName = "whois24_questions"
	answersName   = "whois24_answers"
)

func bucketConfigs(replicas int) []jetstream.StreamConfig {
	return []jetstream.StreamConfig{
		stateConfig(replicas), effectsConfig(replicas), questionsConfig(replicas), answersConfig(replicas), vaultConfig(replicas),
		rosterConfig(replicas), membersConfig(replicas), leasesConfig(replicas),
	}
}

func stateConfig(replicas int) jetstream.StreamConfig {
	c := bucketConfig(stateName, replicas)
	c.Description = "What is known of each portal"
	c.MaxBytes = 64 << 20
	return c
}

// Effects outlive the events they belong to.
func effectsConfig(replicas int) jetstream.StreamConfig {
	c := bucketConfig(effectsName, replicas)
	c.Description = "Replies that the portal would post twice: claimed, sent"
	c.MaxAge = GiveUp + 24*time.Hour
	c.MaxBytes = 256 << 20
	return c
}

// Questions, too, outlive the events with their answers. What people said can be overwritten there: see Forget.
func questionsConfig(replicas int) jetstream.StreamConfig {
	c := bucketConfig(questionsName, replicas)
	c.Description = "What commands asked people back"
	c.MaxAge = GiveUp + 24*time.Hour
	c.MaxBytes = 256 << 20
	c.DenyDelete = false
	return c
}

// answersConfig has room for those to 200,000 messages a day, at some 300 bytes each. Beyond that the oldest are forgotten sooner.
func answersConfig(replicas int) jetstream.StreamConfig {
	c := bucketConfig(answersName, replicas)
	c.Description = "Which messages answer which"
	c.MaxAge = AnswersKept
	c.MaxBytes = 64 << 20
	c.Discard = jetstream.DiscardOld
	return c
}

func vaultConfig(replicas int) jetstream.StreamConfig {
	c := bucketConfig(vaultName, replicas)
	c.Description = "Access to portals, sealed under the operator's key"
	c.MaxBytes = 64 << 20
	return c
}

func rosterConfig(replicas int) jetstream.StreamConfig {
	c := bucketConfig(rosterName, replicas)
	c.Description = "Commands that run in other processes"
	c.MaxBytes = 64 << 20
	return c
}

// membersConfig is in memory: a worker that is gone is to be forgotten.
func membersConfig(replicas int) jetstream.StreamConfig {
	c := bucketConfig(membersName, replicas)
	c.Description = "Workers that are alive"
	c.Storage = jetstream.MemoryStorage
	c.MaxAge, c.Duplicates = memberTTL, memberTTL
	c.MaxBytes = 1 << 20
	return c
}

// leasesConfig is in memory too: leases of hundreds of portals are renewed every few seconds.
func leasesConfig(replicas int) jetstream.StreamConfig {
	c := bucketConfig(leasesName, replicas)
	c.Description = "What one process at a time does, and which"
	c.Storage = jetstream.MemoryStorage
	c.MaxAge, c.Duplicates = leaseTTL, leaseTTL
	c.MaxBytes = 4 << 20
	return c
}

// bucketConfig is the stream that clients of NATS know as a key-value bucket, but without direct reads. Any node of a
// cluster would answer those, perhaps with what was true a moment ago: with a refresh token that is used up.
func bucketConfig(bucket string, replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:              "KV_" + bucket,
		Subjects:          []string{"$KV." + bucket + ".>"},
		Storage:           jetstream.FileStorage,
		MaxMsgsPerSubject: 1,
		Discard:           jetstream.DiscardNew,
		Duplicates:        2 * time.Minute,
		AllowRollup:       true,
		DenyDelete:        true,
		Replicas:          replicas,
	}
}

// inMemory finds a bucket that is in memory. A NATS server that is restarted does not know it any more.
func (s *Stream) inMemory(ctx context.Context, config func(replicas int) jetstream.StreamConfig) (jetstream.KeyValue, error) {
	c := config(s.replicas())
	bucket := strings.TrimPrefix(c.Name, "KV_")
	kv, err := s.js.KeyValue(ctx, bucket)
	if !errors.Is(err, jetstream.ErrBucketNotFound) {
		return kv, err
	}
	if err := s.prepareStream(ctx, c); err != nil {
		return nil, err
	}
	return s.js.KeyValue(ctx, bucket)
}

// outrun reports whether a write failed since somebody else has written meanwhile. Clusters have a code of their own for it.
func outrun(err error) bool {
	const inCluster jetstream.ErrorCode = 10164
	var refused *jetstream.APIError
	return errors.As(err, &refused) &&
		(refused.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || refused.ErrorCode == inCluster)
}
