package commandtest

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"sync"

	"github.com/rs/zerolog"
)

// logbook keeps why a command failed, for the test to tell.
type logbook struct {
	mu   sync.Mutex
	last string // where the last panic was
	warn string // the last error after which another try was made
}

func (l *logbook) attach(ctx context.Context) context.Context {
	return zerolog.New(l).WithContext(ctx)
}

// Write takes a line of the log.
func (l *logbook) Write(line []byte) (int, error) {
	var entry struct{ Stack, Error string }
	if json.Unmarshal(bytes.TrimSpace(line), &entry) == nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		if entry.Stack != "" {
			l.last = panicked(entry.Stack)
		}
		if entry.Error != "" {
			l.warn = entry.Error
		}
	}
	return len(line), nil
}

// take gives what was noted since the last time.
func (l *logbook) take() (stack, warning string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	stack, warning = l.last, l.warn
	l.last, l.warn = "", ""
	return stack, warning
}

// panicked is the part of a stack that led to a panic: the first calls below it.
func panicked(stack string) string {
	const calls = 3
	lines := strings.Split(stack, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "panic(") && i+2 < len(lines) {
			lines = lines[i+2:]
			break
		}
	}
	return strings.Join(lines[:min(2*calls, len(lines))], "\n")
}
