package commandtest_test

import (
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// recorder is a test that may fail without the test that watches it.
type recorder struct {
	testing.TB
	told   []string
	ending []func()
	failed bool
}

// recorded runs a test to its end and gives what it told.
func recorded(t *testing.T, test func(testing.TB)) string {
	t.Helper()
	r := &recorder{TB: t}
	r.run(func() { test(r) })
	for _, f := range slices.Backward(r.ending) {
		r.run(f)
	}
	return strings.Join(r.told, "\n\n")
}

// run has its own goroutine, which FailNow ends.
func (r *recorder) run(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	<-done
}

var place = regexp.MustCompile(`(?m)^(\w+_test\.go):\d+$`)

func (r *recorder) Error(args ...any) {
	r.failed = true
	r.told = append(r.told, place.ReplaceAllString(strings.TrimSpace(fmt.Sprintln(args...)), "$1:x"))
}

func (r *recorder) Errorf(format string, args ...any) { r.Error(fmt.Sprintf(format, args...)) }

func (r *recorder) FailNow() {
	r.failed = true
	runtime.Goexit()
}

func (r *recorder) Fatal(args ...any) {
	r.Error(args...)
	r.FailNow()
}

func (r *recorder) Fatalf(format string, args ...any) { r.Fatal(fmt.Sprintf(format, args...)) }
func (r *recorder) Failed() bool                      { return r.failed }
func (r *recorder) Cleanup(f func())                  { r.ending = append(r.ending, f) }
