//go:build linux

package stream

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

// smallDisk is a file system of its own.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); errors.Is(err, syscall.EPERM) {
		t.Skip("mounting a small disk takes root")
	} else if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill leaves no byte free on a disk.
func fill(t *testing.T, dir string) (file string) {
	t.Helper()
	file = filepath.Join(dir, "ballast")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 1<<16); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	return file
}

// TestStoreRecoversFromAFullDisk has somebody else fill the disk at once, past the reserve. JetStream then hangs, also
// when there is room again, until it is restarted.
func TestStoreRecoversFromAFullDisk(t *testing.T) {
	t.Parallel()
	dir := smallDisk(t, "40m")
	var log strings.Builder
	s, err := Open(Options{Dir: dir, Log: zerolog.New(zerolog.SyncWriter(&log)).Level(zerolog.WarnLevel)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.space.free = func(string) (uint64, bool) { return reserve, true } // was asked before it happened
	if err := s.Prepare(t.Context(), []string{testPortal}); err != nil {
		t.Fatal(err)
	}
	accepted, tried := 0, 0
	appendOne := func() error {
		tried++
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		e := events.Event{Portal: testPortal, Event: bitrix.Event{Message: bitrix.Incoming{ID: bitrix.MessageID(tried), Text: strings.Repeat("x", 10_000)}}}
		err := s.Append(ctx, []events.Event{e})
		if err == nil {
			accepted++
		}
		return err
	}
	if err := appendOne(); err != nil {
		t.Fatal(err)
	}
	ballast := fill(t, dir)
	for err = nil; err == nil; {
		err = appendOne()
	}
	t.Logf("full after %d events: %v", accepted, err)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	for appendOne() != nil {
		if time.Since(begun) > 30*time.Second {
			t.Fatalf("the store did not recover; it said: %s", log.String())
		}
	}
	t.Logf("well again after %v", time.Since(begun))
	if got := state(t, s).Msgs; got < uint64(accepted) || got > uint64(tried) {
		t.Errorf("%d events are stored, %d were accepted of %d", got, accepted, tried)
	}
	if !strings.Contains(log.String(), "restarting") {
		t.Errorf("the watchdog did nothing; the log is %s", log.String())
	}
}

// TestRestartUnderLoad restarts the server as the watchdog does. Senders wait a little longer, and no event is lost.
func TestRestartUnderLoad(t *testing.T) {
	t.Parallel()
	s := openInternal(t)
	var senders sync.WaitGroup
	for sender := range minBatch - 1 { // a server that is stopped in the middle of a batch leaves goroutines behind
		senders.Go(func() {
			for n := range 30 {
				e := events.Event{Portal: testPortal, Event: bitrix.Event{Message: bitrix.Incoming{ID: bitrix.MessageID(100*sender + n)}}}
				if err := s.Append(t.Context(), []events.Event{e}); err != nil {
					t.Error(err)
				}
				if sender == 0 && n == 10 {
					s.embedded.restart()
				}
			}
		})
	}
	senders.Wait()
	if got := state(t, s).Msgs; got != 30*(minBatch-1) {
		t.Errorf("%d events are stored, want %d", got, 30*(minBatch-1))
	}
}

// TestCloseWhileStoring closes a store with senders waiting. What was accepted is there afterwards.
func TestCloseWhileStoring(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(Options{Dir: dir, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Prepare(t.Context(), []string{testPortal}); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	accepted := 0
	var senders sync.WaitGroup
	first := make(chan struct{})
	once := sync.OnceFunc(func() { close(first) })
	for n := range 300 {
		senders.Go(func() {
			e := events.Event{Portal: testPortal, Event: bitrix.Event{Message: bitrix.Incoming{ID: bitrix.MessageID(n)}}}
			if s.Append(t.Context(), []events.Event{e}) == nil {
				mu.Lock()
				accepted++
				mu.Unlock()
				once()
			}
		})
	}
	<-first
	s.Close()
	senders.Wait()

	if s, err = Open(Options{Dir: dir, Log: zerolog.Nop()}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Prepare(t.Context(), []string{testPortal}); err != nil {
		t.Fatal(err)
	}
	if got := state(t, s).Msgs; got < uint64(accepted) || accepted == 0 {
		t.Errorf("%d events are stored, %d were accepted", got, accepted)
	}
}
