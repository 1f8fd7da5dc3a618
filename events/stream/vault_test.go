package stream_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats-server/v2/server"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events/stream"
)

const (
	oldKey bitrix.Secret = "an old key of 32 characters ...."
	newKey bitrix.Secret = "a new key of 32 characters ....."
)

func vault(t *testing.T, s *stream.Stream, keys ...bitrix.Secret) *stream.Vault {
	t.Helper()
	v, err := s.Vault(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// put writes an entry that is not there.
func put(t *testing.T, v *stream.Vault, name, value string) (revision uint64) {
	t.Helper()
	revision, err := v.Put(t.Context(), stream.Entry{Name: name, Value: []byte(value)})
	if err != nil {
		t.Fatal(err)
	}
	return revision
}

// wantValue wants an entry with a value, "" for none.
func wantValue(t *testing.T, v *stream.Vault, name, value string) stream.Entry {
	t.Helper()
	e, err := v.Get(t.Context(), name)
	if err != nil || string(e.Value) != value {
		t.Errorf("%s is %q, %v; want %q", name, e.Value, err, value)
	}
	return e
}

func TestVaultKeepsSecrets(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	v := vault(t, s, newKey)
	if e := wantValue(t, v, "member1", ""); e.Revision != 0 {
		t.Errorf("what is not there has the revision %d", e.Revision)
	}
	revision := put(t, v, "member1", "tokens")
	if e := wantValue(t, v, "member1", "tokens"); e.Revision != revision {
		t.Errorf("read is revision %d, written was %d", e.Revision, revision)
	}
	put(t, v, "member2", "others")
	s.Close()

	v = vault(t, open(t, dir), newKey)
	wantValue(t, v, "member1", "tokens")
	if err := v.Delete(t.Context(), "member1"); err != nil {
		t.Fatal(err)
	}
	wantValue(t, v, "member1", "")
	wantValue(t, v, "member2", "others")
	put(t, v, "member1", "new tokens")
}

// TestVaultIsSealedOnDisk looks for a token in all files of the store.
func TestVaultIsSealedOnDisk(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	put(t, vault(t, s, newKey), "member1", "a refresh token")
	if err := s.Remember(t.Context(), "for comparison", []byte("no secret")); err != nil {
		t.Fatal(err)
	}
	s.Close()
	for text, want := range map[string]bool{"a refresh token": false, newKey.Reveal(): false, "no secret": true} {
		if got := onDisk(t, dir, text); got != want {
			t.Errorf("%q is on the disk: %v, want %v", text, got, want)
		}
	}
}

// onDisk reports whether a text is in one of the files of a folder.
func onDisk(t *testing.T, dir, text string) (found bool) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		found = found || bytes.Contains(data, []byte(text))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

// TestWrongKeyDestroysNothing: whoever starts with it must find everything in its place with the right one.
func TestWrongKeyDestroysNothing(t *testing.T) {
	s := open(t, t.TempDir())
	right, wrong := vault(t, s, newKey), vault(t, s, "another")
	put(t, right, "member1", "tokens")
	if e, err := wrong.Get(t.Context(), "member1"); !errors.Is(err, stream.ErrSealed) || e.Value != nil {
		t.Errorf("read is %q, %v", e.Value, err)
	}
	if err := wrong.Reseal(t.Context()); !errors.Is(err, stream.ErrSealed) {
		t.Errorf("resealed: %v", err)
	}
	if _, err := wrong.Put(t.Context(), stream.Entry{Name: "member1", Value: []byte("x")}); !errors.Is(err, stream.ErrChanged) {
		t.Errorf("written: %v", err)
	}
	wantValue(t, right, "member1", "tokens")
}

func TestVaultWithoutAKey(t *testing.T) {
	s := open(t, t.TempDir())
	for name, keys := range map[string][]bitrix.Secret{"none": nil, "an empty one": {newKey, ""}} {
		if _, err := s.Vault(keys...); err == nil {
			t.Errorf("a vault opens with this key: %s", name)
		}
	}
}

// TestKeyIsChanged goes the way of an operator: both keys, reseal, the new key alone.
func TestKeyIsChanged(t *testing.T) {
	s := open(t, t.TempDir())
	before := vault(t, s, oldKey)
	put(t, before, "member1", "tokens")
	put(t, before, "member2", "others")
	both, after := vault(t, s, newKey, oldKey), vault(t, s, newKey)

	wantValue(t, both, "member1", "tokens")
	put(t, both, "member3", "sealed with the new key")
	wantValue(t, after, "member3", "sealed with the new key")
	if _, err := after.Get(t.Context(), "member1"); !errors.Is(err, stream.ErrSealed) {
		t.Errorf("before resealing the new key opens it: %v", err)
	}
	if err := both.Reseal(t.Context()); err != nil {
		t.Fatal(err)
	}
	first := wantValue(t, after, "member1", "tokens")
	wantValue(t, after, "member2", "others")
	wantValue(t, after, "member3", "sealed with the new key")
	if err := both.Reseal(t.Context()); err != nil {
		t.Fatal(err)
	}
	if again := wantValue(t, after, "member1", "tokens"); again.Revision != first.Revision {
		t.Error("what the first key has sealed is written again")
	}
}

// TestOneOfTwoWrites: who read before somebody else wrote must read again.
func TestOneOfTwoWrites(t *testing.T) {
	v := vault(t, open(t, t.TempDir()), newKey)
	old := put(t, v, "member1", "first")
	write := func(revision uint64, value string) error {
		_, err := v.Put(t.Context(), stream.Entry{Name: "member1", Value: []byte(value), Revision: revision})
		return err
	}
	if err := write(old, "second"); err != nil {
		t.Fatal(err)
	}
	for name, revision := range map[string]uint64{"changed meanwhile": old, "there already": 0, "never there": old + 100} {
		if err := write(revision, "third"); !errors.Is(err, stream.ErrChanged) {
			t.Errorf("%s: %v, want %v", name, err, stream.ErrChanged)
		}
	}
	wantValue(t, v, "member1", "second")
	if err := write(old, "second"); err != nil {
		t.Errorf("the same again, since the answer got lost: %v", err)
	}
}

// TestEntriesCannotBeSwapped has somebody who can write in NATS, but has no key, give one portal the tokens of another.
func TestEntriesCannotBeSwapped(t *testing.T) {
	url := natsServer(t)
	v := vault(t, prepared(t, stream.Options{Servers: url}), newKey)
	put(t, v, "member1", "tokens")
	put(t, v, "member2", "others")
	kv, err := visitor(t, url).KeyValue(t.Context(), "whois24_vault")
	if err != nil {
		t.Fatal(err)
	}
	names, err := kv.Keys(t.Context())
	if err != nil || len(names) != 2 {
		t.Fatal(names, err)
	}
	stolen, err := kv.Get(t.Context(), names[1])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kv.Put(t.Context(), names[0], stolen.Value()); err != nil {
		t.Fatal(err)
	}
	_, one := v.Get(t.Context(), "member1")
	_, two := v.Get(t.Context(), "member2")
	if errors.Is(one, stream.ErrSealed) == errors.Is(two, stream.ErrSealed) {
		t.Errorf("member1: %v, member2: %v; want one to be sealed", one, two)
	}
}

// told is what somebody who watches a vault hears; a dash is what was deleted.
func told(t *testing.T, v *stream.Vault) <-chan string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	heard, ended := make(chan string, 100), make(chan error, 1)
	go func() {
		ended <- v.Watch(ctx, func(e stream.Entry, err error) {
			switch {
			case errors.Is(err, stream.ErrSealed):
				heard <- e.Name + " is sealed"
			case err != nil:
				heard <- err.Error()
			case e.Value == nil:
				heard <- e.Name + " -"
			default:
				heard <- e.Name + " " + string(e.Value)
			}
		}, func() { heard <- "ready" })
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("watch: %v", err)
		}
	})
	return heard
}

func wantHeard(t *testing.T, heard <-chan string, want ...string) {
	t.Helper()
	var got []string
	for range want {
		got = append(got, receive(t, heard))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("heard (-want +got):\n%s", diff)
	}
}

func TestWatchTellsWhatIsThereAndWhatChanges(t *testing.T) {
	s := open(t, t.TempDir())
	v := vault(t, s, newKey)
	put(t, v, "member1", "tokens")
	put(t, vault(t, s, "another"), "member2", "others")
	revision := put(t, v, "member3", "first")
	heard := told(t, v)
	wantHeard(t, heard, "member1 tokens", "member2 is sealed", "member3 first", "ready")
	if _, err := v.Put(t.Context(), stream.Entry{Name: "member3", Value: []byte("second"), Revision: revision}); err != nil {
		t.Fatal(err)
	}
	if err := v.Delete(t.Context(), "member1"); err != nil {
		t.Fatal(err)
	}
	wantHeard(t, heard, "member3 second", "member1 -")
	wantHeard(t, told(t, vault(t, s, "another")), "member2 others", "member3 is sealed", "member1 -", "ready")
}

// TestWatchOutlivesARestartOfNATS: what changed meanwhile is told, what did not is not told again.
func TestWatchOutlivesARestartOfNATS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	srv := startNATS(t, dir, server.RANDOM_PORT)
	v := vault(t, prepared(t, stream.Options{Servers: srv.ClientURL()}), newKey)
	put(t, v, "member1", "tokens")
	heard := told(t, v)
	wantHeard(t, heard, "member1 tokens", "ready")
	port := portOf(srv)
	stopNATS(srv)
	srv = startNATS(t, dir, port)
	put(t, vault(t, prepared(t, stream.Options{Servers: srv.ClientURL()}), newKey), "member2", "others")
	begun := time.Now()
	wantHeard(t, heard, "member2 others")
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it is told after %v", took)
	}
}
