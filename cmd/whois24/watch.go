package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"time"
)

// workshop is what `demo --watch` adds to the demo: the worker is a process built from the sources, and each time they are
// saved a new one takes its place. What is asked in between waits in the store.
type workshop struct {
	root           string   // of the sources
	folder         string   // where builds go
	environment    []string // of the worker: all its settings, secrets too
	admin          net.Addr // its own
	stdout, stderr io.Writer

	worker *workerProcess // nil: none yet
}

// run lasts until ctx ends and the worker has finished what it has in hand.
func (w *workshop) run(ctx context.Context) error {
	defer func() { w.worker.stop() }()
	files, err := watchSaves(w.root)
	if err != nil {
		return fmt.Errorf("watch %s: %w", w.root, err)
	}
	defer files.close()
	for what := "watching " + w.root; ; {
		outcome := w.renew(ctx)
		if ctx.Err() != nil {
			return nil
		}
		fmt.Fprintf(w.stdout, "%s: %s\n", what, outcome)
		saved, err := files.next(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("watch %s: %w", w.root, err)
		}
		what = "saved " + fewOf(saved)
	}
}

// renew puts a worker of the sources as they are in the place of the one there is, if they make one, and tells how that went.
func (w *workshop) renew(ctx context.Context) string {
	began := time.Now()
	next := w.free()
	if err := next.build(ctx, w.root); err != nil {
		return fmt.Sprintf("does not build, %s\n%v", w.meanwhile(), err)
	}
	took := time.Since(began)
	if w.worker.runs() && next.same(w.worker.program) {
		return "changes nothing in the program"
	}
	if err := next.try(ctx, w.environment); err != nil {
		return fmt.Sprintf("does not start, %s\n%v", w.meanwhile(), err)
	}
	if err := w.replace(ctx, next); err != nil {
		return fmt.Sprintf("built, but the new worker does not run: %v", err)
	}
	return fmt.Sprintf("built in %.1f s, new worker is running", took.Seconds())
}

// free is where a build disturbs nobody.
func (w *workshop) free() program {
	one, other := program(filepath.Join(w.folder, "whois24-1")), program(filepath.Join(w.folder, "whois24-2"))
	if w.worker != nil && w.worker.program == one {
		return other
	}
	return one
}

// meanwhile tells what becomes of questions while there is nothing new.
func (w *workshop) meanwhile() string {
	if w.worker.runs() {
		return "the old worker goes on:"
	}
	return "and no worker is running, so questions wait:"
}

func (w *workshop) replace(ctx context.Context, next program) (err error) {
	w.worker.stop()
	if w.worker, err = next.start(w.environment, w.stdout, w.stderr); err != nil {
		return err
	}
	return w.worker.ready(ctx, reachable(w.admin))
}

// fewOf names files, as long as they are few.
func fewOf(files []string) string {
	if len(files) > 3 {
		return fmt.Sprintf("%s and %d more files", files[0], len(files)-1)
	}
	return strings.Join(files, ", ")
}
