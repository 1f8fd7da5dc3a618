package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
)

// talk is a conversation with the bot in a terminal or through pipes.
type talk struct {
	bot      *bot.Conversation
	settings settings
	lines    lineReader
	out, err io.Writer
	people   bool            // somebody looks at out: it has colours and a greeting
	buttons  []bitrix.Button // what a number presses
}

func (in *input) newTalk(s settings, b *bot.Conversation) *talk {
	t := &talk{bot: b, settings: s, out: in.stdout, err: in.stderr}
	t.people = terminal(in.stdin) && terminal(in.stdout)
	if t.people {
		t.lines = newScreen(in.stdin, in.stdout)
	} else {
		t.lines = newPipe(in.stdin)
	}
	return t
}

func (t *talk) greet(name, portal string) {
	if t.people {
		fmt.Fprintf(t.out, "You are %s, on %s. Type /help. Tab completes; an empty line ends this.\n", t.shown(name), portal)
	}
}

// run goes on until nothing more is said.
func (t *talk) run(ctx context.Context) error {
	for {
		line, err := t.lines.next(ctx)
		switch {
		case errors.Is(err, io.EOF) || ctx.Err() != nil:
			return nil
		case err != nil:
			return fmt.Errorf("read what you say: %w", err)
		case line == "" || line == "/quit":
			return nil
		}
		if err := t.hear(ctx, line); err != nil && ctx.Err() == nil {
			fmt.Fprintln(t.err, "whois24: "+oneLine(explain(err, t.settings).Error()))
		}
	}
}

// hear takes a number for the button it stands at, and says everything else to the bot.
func (t *talk) hear(ctx context.Context, line string) error {
	n, err := strconv.Atoi(line)
	if err != nil || n < 1 || n > len(t.buttons) {
		return t.say(ctx, line)
	}
	switch b := t.buttons[n-1]; {
	case b.Command != "":
		t.buttons = nil
		return t.bot.Press(ctx, b, t.show)
	case b.Action == bitrix.ActionSend:
		return t.say(ctx, b.Value)
	case b.Action == bitrix.ActionPut:
		t.lines.put(b.Value)
	default: // the messenger would open or copy it
		fmt.Fprintf(t.out, "%s: %s\n", t.shown(b.Text), t.shown(b.Link+b.Value))
	}
	return nil
}

func (t *talk) say(ctx context.Context, line string) error {
	t.buttons = nil
	return t.bot.Say(ctx, line, t.show)
}

// show prints a reply. Its buttons have the numbers after those of other replies to the same line.
func (t *talk) show(r commands.Reply) {
	fmt.Fprintln(t.out, t.shown(r.Text))
	if r.Keyboard == nil || r.Then != nil { // those of the first step are soon gone
		return
	}
	row := ""
	for _, b := range r.Keyboard.Buttons {
		switch {
		case b.NewLine || b.Disabled:
			continue
		case b.Line && row != "":
			row += "  "
		case row != "":
			row += "\n"
		}
		t.buttons = append(t.buttons, b)
		row += t.coloured(cyan, fmt.Sprintf("[%d] %s", len(t.buttons), t.shown(b.Text)))
	}
	if row != "" {
		fmt.Fprintln(t.out, row)
	}
}

// What a terminal understands as looks.
const (
	bold   = "\x1b[1m"
	cyan   = "\x1b[36m"
	normal = "\x1b[0m"
)

func (t *talk) coloured(look, text string) string {
	if !t.people {
		return text
	}
	return look + text + normal
}

var boldText = regexp.MustCompile(`(?is)\[b\](.*?)\[/b\]`)

// shown is a text as it is printed. Characters that a terminal obeys, or does not show, are left out.
func (t *talk) shown(text string) string {
	text = strings.Map(func(c rune) rune {
		if c == '\n' || unicode.IsGraphic(c) {
			return c
		}
		return -1
	}, text)
	return plain(boldText.ReplaceAllStringFunc(text, func(tagged string) string {
		return t.coloured(bold, boldText.FindStringSubmatch(tagged)[1])
	}))
}
