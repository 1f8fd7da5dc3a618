package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// lineReader is where lines come from.
type lineReader interface {
	// next is the next line, without spaces around it; io.EOF: there are no more.
	next(ctx context.Context) (string, error)
	// put makes a text the beginning of the next line.
	put(text string)
	// complete has the Tab key complete lines, where there is one.
	complete(c *completer)
}

// awaited waits for a line, but no longer than ctx: a reader may wait for ever, and is then left behind.
func awaited(ctx context.Context, read func() (string, error)) (string, error) {
	type result struct {
		line string
		err  error
	}
	came := make(chan result, 1)
	go func() {
		line, err := read()
		came <- result{strings.TrimSpace(line), err}
	}()
	select {
	case r := <-came:
		return r.line, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// pipe reads lines that nobody types.
type pipe struct {
	lines *bufio.Reader
	begun string
}

func newPipe(r io.Reader) *pipe { return &pipe{lines: bufio.NewReader(r)} }

func (p *pipe) next(ctx context.Context) (string, error) {
	line, err := awaited(ctx, func() (string, error) {
		line, err := p.lines.ReadString('\n')
		if err == io.EOF && line != "" { // the last one may lack its end
			err = nil
		}
		return line, err
	})
	line = p.begun + line
	p.begun = ""
	return line, err
}

func (p *pipe) put(text string) { p.begun = text }

func (p *pipe) complete(*completer) {}

// screen reads lines that somebody types, with a history.
type screen struct {
	terminal *term.Terminal
	typed    *typed
	out      io.Writer
	prepare  func() (restore func()) // called around each line
}

// typed is what comes from the keyboard, after what was put there.
type typed struct {
	put  []byte
	keys io.Reader
}

func (t *typed) Read(p []byte) (int, error) {
	if len(t.put) > 0 {
		n := copy(p, t.put)
		t.put = t.put[n:]
		return n, nil
	}
	return t.keys.Read(p)
}

// newScreen is for a terminal. It gets single keys while a line is typed, and no longer, so that Ctrl+C ends a command that
// does not end.
func newScreen(in io.Reader, out io.Writer) *screen {
	s := screenOver(in, out)
	keys := int(in.(*os.File).Fd())
	s.prepare = func() func() {
		if width, height, err := term.GetSize(keys); err == nil && width > 0 { // some terminals do not tell
			_ = s.terminal.SetSize(width, height)
		}
		before, err := term.MakeRaw(keys)
		if err != nil {
			return func() {}
		}
		return func() { _ = term.Restore(keys, before) }
	}
	return s
}

// screenOver is for whatever sends what a terminal sends.
func screenOver(in io.Reader, out io.Writer) *screen {
	t := &typed{keys: in}
	rw := struct {
		io.Reader
		io.Writer
	}{t, out}
	return &screen{term.NewTerminal(rw, "> "), t, out, func() func() { return func() {} }}
}

func (s *screen) next(ctx context.Context) (string, error) {
	restore := s.prepare()
	line, err := awaited(ctx, s.terminal.ReadLine)
	restore()
	if err != nil {
		fmt.Fprintln(s.out) // the cursor stands behind the prompt
	}
	return line, err
}

func (s *screen) put(text string) { s.typed.put = []byte(text) }

func (s *screen) complete(c *completer) { s.terminal.AutoCompleteCallback = c.key }
