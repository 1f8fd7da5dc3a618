package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// program is a build of whois24: the path of its file.
type program string

// build has Go build the sources at root. The error is what the compiler says.
func (p program) build(ctx context.Context, root string) error {
	// Without the state of the repository in it the same sources make the same program.
	c := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", string(p), "./cmd/whois24")
	c.Dir = root
	return told(c.CombinedOutput())
}

// try has the program read its settings and its commands, and ask the portal what it would change there. A mistake that no
// compiler finds, like a text that is missing, is the error.
func (p program) try(ctx context.Context, environment []string) error {
	c := exec.CommandContext(ctx, string(p), "register", "--dry-run")
	c.Env = environment
	return told(c.CombinedOutput())
}

// told is the error in the program's own words, if it has any.
func told(words []byte, err error) error {
	if err != nil && len(words) > 0 {
		return errors.New(string(bytes.TrimSpace(words)))
	}
	return err
}

// same reports whether both are the same program.
func (p program) same(other program) bool {
	one, err := os.ReadFile(string(p))
	if err != nil {
		return false
	}
	two, err := os.ReadFile(string(other))
	return err == nil && bytes.Equal(one, two)
}

// workerProcess is a program at work: it answers what waits in the store, and sees to it that the portal has its commands.
type workerProcess struct {
	program program
	process *os.Process
	ended   chan struct{}
}

// start has the program work. If it ends other than well, stdout is told.
func (p program) start(environment []string, stdout, stderr io.Writer) (*workerProcess, error) {
	c := exec.Command(string(p), "serve")
	c.Env, c.Stdout, c.Stderr = environment, stdout, stderr
	if err := c.Start(); err != nil {
		return nil, err
	}
	w := &workerProcess{program: p, process: c.Process, ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		if err := c.Wait(); err != nil {
			fmt.Fprintf(stdout, "the worker ended: %v; the next one starts as soon as something is saved\n", err)
		}
	}()
	return w, nil
}

// runs reports whether the process is there; nil is none.
func (w *workerProcess) runs() bool {
	if w == nil {
		return false
	}
	select {
	case <-w.ended:
		return false
	default:
		return true
	}
}

const (
	readyWithin = 30 * time.Second // of a process that starts; it takes less than one
	askedEvery  = 20 * time.Millisecond
	// finishWithin is for what a process has in hand. What it does not finish is answered by the next one.
	finishWithin = 30 * time.Second
)

// ready waits until the process takes questions, which it tells at the admin address.
func (w *workerProcess) ready(ctx context.Context, admin string) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for pace := time.NewTicker(askedEvery); ; {
		select {
		case <-w.ended:
			return errors.New("it ended at once")
		case <-ctx.Done():
			return fmt.Errorf("it is not ready after %v", readyWithin)
		case <-pace.C:
		}
		if healthy(ctx, client, "http://"+admin+"/readyz") {
			return nil
		}
	}
}

func healthy(ctx context.Context, client *http.Client, address string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return false
	}
	answer, err := client.Do(request)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// stop lets the process finish what it has in hand.
func (w *workerProcess) stop() {
	if !w.runs() {
		return
	}
	if w.process.Signal(syscall.SIGTERM) != nil { // where there are no signals
		_ = w.process.Kill()
	}
	select {
	case <-w.ended:
	case <-time.After(finishWithin):
		_ = w.process.Kill()
		<-w.ended
	}
}
