package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/whois24/whois24/events/stream"
)

// Characters of a column in the table; show has all of them.
const (
	askedWidth  = 40
	reasonWidth = 100
)

func (in *input) sayNothingIsDead() error {
	_, err := fmt.Fprintln(in.stdout, "nothing is dead")
	return err
}

// printTable shows the newest of all dead events.
func (in *input) printTable(list []stream.Dead, total int) error {
	if total == 0 {
		return in.sayNothingIsDead()
	}
	w := tabwriter.NewWriter(in.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tREFERENCE\tWHEN\tPORTAL\tPERSON\tASKED\tTRIES\tREASON")
	for _, d := range list {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%d\t%s\t%d\t%s\n", d.ID, d.Reference, moment(d.Buried), visible(d.Event.Portal), d.Event.User.ID,
			shortened(visible(d.Event.Asked()), askedWidth), d.Attempts, shortened(visible(d.Reason), reasonWidth))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if len(list) < total {
		fmt.Fprintf(in.stderr, "the newest %d of %d; --limit shows more\n", len(list), total)
	}
	return nil
}

// printDead shows all of one.
func (in *input) printDead(d stream.Dead) error {
	e := d.Event
	w := tabwriter.NewWriter(in.stdout, 0, 0, 2, ' ', 0)
	for _, field := range []struct{ name, value string }{
		{"id", strconv.FormatUint(d.ID, 10)},
		{"reference", d.Reference},
		{"reason", d.Reason},
		{"attempts", strconv.Itoa(d.Attempts)},
		{"replayed before", strconv.Itoa(e.Replays)},
		{"asked at", moment(e.Time)},
		{"arrived at", moment(d.Stored)},
		{"given up at", moment(d.Buried)},
		{"portal", e.Portal},
		{"event", fmt.Sprintf("%s %s", e.Kind, e.Key())},
		{"bot", fmt.Sprintf("%d %s", e.Bot.ID, e.Bot.Code)},
		{"person", fmt.Sprintf("%d%s", e.User.ID, remark(e.User.Outsider, "from outside the company"))},
		{"language", e.Language},
		{"dialog", string(e.Chat.Dialog) + remark(e.Chat.Private, "private") + remark(e.Chat.Outsiders, "outsiders read along")},
		{"message", fmt.Sprintf("%d%s", e.Message.ID, remark(e.Message.Forwarded, "forwarded"))},
		{"asked", e.Asked() + remark(e.Command.Keyboard, "a button")},
		{"text", e.Message.Text},
	} {
		fmt.Fprintf(w, "%s\t%s\n", field.name, visible(field.value))
	}
	return w.Flush()
}

func remark(applies bool, words string) string {
	if !applies {
		return ""
	}
	return " (" + words + ")"
}

// asked is what the person wrote.

func moment(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.Local().Format(time.DateTime)
}

func shortened(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return s
}

// visible writes what people wrote in one line that a terminal does nothing with: controls, and whatever else does not show,
// become escapes as in Go.
func visible(s string) string {
	quoted := strconv.Quote(s)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// printJSON prints a line for each. JSON itself escapes only some of the controls that terminals obey.
func (in *input) printJSON(list ...stream.Dead) error {
	for _, d := range list {
		data, err := json.Marshal(d)
		if err != nil {
			return fmt.Errorf("event %d as JSON: %w", d.ID, err)
		}
		if _, err := fmt.Fprintln(in.stdout, printable(string(data))); err != nil {
			return err
		}
	}
	return nil
}

// printable escapes in JSON what does not show. Such characters only occur inside its strings.
func printable(data string) string {
	var b strings.Builder
	for _, r := range data {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}
