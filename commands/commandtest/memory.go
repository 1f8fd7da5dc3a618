package commandtest

import (
	"context"
	"slices"
	"sync"

	"github.com/whois24/whois24/events/stream"
)

// memory is what the bot remembers between events.
type memory struct {
	mu        sync.Mutex
	effects   map[string]stream.Effect
	questions map[string]stream.Question
	answers   map[string]stream.Answers
	values    map[string][]byte
	wakes     wakes
	revision  uint64
}

func newMemory() *memory {
	return &memory{effects: map[string]stream.Effect{}, questions: map[string]stream.Question{}, answers: map[string]stream.Answers{}, values: map[string][]byte{}, wakes: newWakes()}
}

// Claim is that of bot.Effects.
func (m *memory) Claim(_ context.Context, reply string) (stream.Effect, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	stood := m.effects[reply]
	if stood == stream.Unclaimed {
		m.effects[reply] = stream.Claimed
	}
	return stood, nil
}

// Conclude is that of bot.Effects.
func (m *memory) Conclude(_ context.Context, reply string, e stream.Effect) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.effects[reply] = e
	return nil
}

// Question is that of bot.Questions.
func (m *memory) Question(_ context.Context, name string) (stream.Question, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.questions[name], nil
}

// KeepQuestion is that of bot.Questions.
func (m *memory) KeepQuestion(_ context.Context, name string, q stream.Question) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.questions[name].Revision != q.Revision {
		return stream.ErrChanged
	}
	m.revision++
	q.Revision = m.revision
	m.questions[name] = q
	return nil
}

// Answers is that of bot.Answers.
func (m *memory) Answers(_ context.Context, name string) (stream.Answers, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a := m.answers[name]
	a.Given = slices.Clone(a.Given)
	return a, nil
}

// KeepAnswers is that of bot.Answers.
func (m *memory) KeepAnswers(_ context.Context, name string, a stream.Answers) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.answers[name].Revision != a.Revision {
		return stream.ErrChanged
	}
	m.revision++
	a.Revision = m.revision
	m.answers[name] = a
	return nil
}

// Remember is that of bot.Memory.
func (m *memory) Remember(_ context.Context, name string, value []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.values[name] = value
	return nil
}

// Recall is that of bot.Memory.
func (m *memory) Recall(_ context.Context, name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.values[name], nil
}

// waits reports whether a question of a command stands that one of these events led to.
func (m *memory) waits(list []stream.Delivery) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, q := range m.questions {
		led := func(d stream.Delivery) bool { return d.Event.Key() == q.Event }
		if !q.Closed && slices.ContainsFunc(list, led) {
			return true
		}
	}
	return false
}
