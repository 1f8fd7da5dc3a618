package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/whois24/whois24/events/stream"
)

func TestDeadListAndShowWithoutAProcess(t *testing.T) {
	dir := deadStore(t, "BOT_NOT_FOUND: no such bot", "5", "6", "7")
	list := invoke(t, nil, "dead", "list", "--data", dir)
	lines := strings.Split(list.stdout, "\n")
	if list.code != 0 || len(lines) != 5 || !strings.HasPrefix(lines[0], "ID") || !strings.HasPrefix(lines[3], "3 ") {
		t.Fatalf("code %d, table:\n%s%s", list.code, list.stdout, list.stderr)
	}
	for _, part := range []string{question(1, "5").Reference(), "a.example", " 7 ", "/whois 5", " 1 ", "BOT_NOT_FOUND: no such bot"} {
		if !strings.Contains(lines[1], part) {
			t.Errorf("no %q in %q", part, lines[1])
		}
	}
	newest := invoke(t, nil, "dead", "list", "--limit", "2", "--data", dir)
	if strings.Contains(newest.stdout, "/whois 5") || !strings.Contains(newest.stdout, "/whois 6") || !strings.Contains(newest.stderr, "2 of 3") {
		t.Errorf("the newest two are %q, %q", newest.stdout, newest.stderr)
	}
	show := invoke(t, nil, "dead", "show", "2", "--data", dir)
	for _, part := range []string{"BOT_NOT_FOUND: no such bot", "/whois 6", "chat42", "a.example", "command_add", question(2, "6").Key()} {
		if !strings.Contains(show.stdout, part) {
			t.Errorf("no %q in\n%s%s", part, show.stdout, show.stderr)
		}
	}
	if show := invoke(t, nil, "dead", "show", "9", "--data", dir); show.code != 1 || !strings.Contains(show.stderr, "event 9: there is no dead event") {
		t.Errorf("of an unknown one: %+v", show)
	}
	var d stream.Dead
	if err := json.Unmarshal([]byte(invoke(t, nil, "dead", "show", "2", "--json", "--data", dir).stdout), &d); err != nil || d.ID != 2 {
		t.Errorf("as JSON: %+v, %v", d, err)
	}
}

func TestNothingIsDead(t *testing.T) {
	dir := deadStore(t, "gone", "5")
	if got := invoke(t, nil, "dead", "drop", "1", "--data", dir); got.code != 0 || got.stdout != "1 of 1 dead events are forgotten\n" {
		t.Errorf("drop: %+v", got)
	}
	for _, args := range []string{"list", "replay all", "drop all --yes"} {
		got := invoke(t, nil, strings.Fields("dead "+args+" --data "+dir)...)
		if got.code != 0 || got.stdout != "nothing is dead\n" {
			t.Errorf("dead %s: %+v", args, got)
		}
	}
	if got := invoke(t, nil, "dead", "list", "--json", "--data", dir); got.code != 0 || got.stdout != "" {
		t.Errorf("as JSON: %+v", got)
	}
}

// TestDeadByReference: what the asker was told leads to the event.
func TestDeadByReference(t *testing.T) {
	dir := deadStore(t, "gone", "5", "6", "7")
	six := question(2, "6").Reference()
	if show := invoke(t, nil, "dead", "show", six, "--data", dir); !strings.Contains(show.stdout, "/whois 6") || !strings.Contains(show.stdout, six) {
		t.Errorf("%+v", show)
	}
	for _, unknown := range []string{"deadbeef", "00000009"} {
		got := invoke(t, nil, "dead", "show", unknown, "--data", dir)
		if got.code != 1 || strings.Count(got.stderr, "\n") != 1 || !strings.Contains(got.stderr, "there is no dead event with this") {
			t.Errorf("%+v", got)
		}
	}
	if got := invoke(t, nil, "dead", "drop", six, "3", "--data", dir); got.code != 0 {
		t.Errorf("%+v", got)
	}
	wantDead(t, "--data", dir, 1)
}

// TestDeadChangesGoOnAfterAFailure names an event that is not there among others.
func TestDeadChangesGoOnAfterAFailure(t *testing.T) {
	for _, verb := range []string{"replay", "drop"} {
		t.Run(verb, func(t *testing.T) {
			dir := deadStore(t, "gone", "5", "6", "7")
			got := invoke(t, nil, "dead", verb, "1", "9", "3", "--data", dir)
			if got.code != 1 || !strings.Contains(got.stderr, "event 9: there is no dead event") || !strings.Contains(got.stderr, "2 of 3") {
				t.Errorf("%+v", got)
			}
			wantDead(t, "--data", dir, 2)
		})
	}
}

func TestReplayedEventsComeToTheWorker(t *testing.T) {
	dir := deadStore(t, "gone", "5", "6")
	if got := invoke(t, nil, "dead", "replay", "all", "--data", dir); got.code != 0 || !strings.Contains(got.stdout, "2 of 2") {
		t.Fatalf("%+v", got)
	}
	wantDead(t, "--data", dir)
	s := openStore(t, stream.Options{Dir: dir})
	depth, err := s.Depth(t.Context())
	if err != nil || depth.Waiting != 2 {
		t.Errorf("depth is %+v, %v", depth, err)
	}
}

// TestMoreThanAPageOfDead crosses the bounds between answers of the store.
func TestMoreThanAPageOfDead(t *testing.T) {
	params := make([]string, deadPage+5)
	for i := range params {
		params[i] = fmt.Sprint(i)
	}
	dir := deadStore(t, "gone", params...)
	wantTwo := invoke(t, nil, "dead", "list", "--limit", "2", "--data", dir)
	if !strings.Contains(wantTwo.stderr, "2 of 105") || !strings.Contains(wantTwo.stdout, "/whois 104 ") {
		t.Errorf("%+v", wantTwo)
	}
	dropped := invoke(t, nil, "dead", "drop", "all", "--yes", "--data", dir)
	if dropped.code != 0 || dropped.stdout != "105 of 105 dead events are forgotten\n" || dropped.stderr != "100 of 105 …\n" {
		t.Errorf("%+v", dropped)
	}
	wantDead(t, "--data", dir)
}

// TestHostileTextIsNotShownRaw has somebody write what a terminal would obey or be confused by.
func TestHostileTextIsNotShownRaw(t *testing.T) {
	const hostile = "evil\x1b]0;owned\x07\x1b[2J\u009b31m\u202e\x7f\r\n\tend"
	dir := deadStore(t, "refused \x1b[31m", hostile)
	for _, args := range []string{"list", "show 1", "list --json", "show 1 --json"} {
		got := invoke(t, nil, strings.Fields("dead "+args+" --data "+dir)...)
		for line := range strings.Lines(got.stdout) {
			for _, r := range strings.TrimSuffix(line, "\n") {
				if !unicode.IsPrint(r) {
					t.Errorf("dead %s prints %U in %q", args, r, line)
				}
			}
		}
		if !strings.Contains(got.stdout, "evil") || !strings.Contains(got.stdout, "refused") {
			t.Errorf("dead %s: %+v", args, got)
		}
	}
	var d stream.Dead
	if err := json.Unmarshal([]byte(invoke(t, nil, "dead", "show", "1", "--json", "--data", dir).stdout), &d); err != nil || d.Event.Command.Params != hostile {
		t.Errorf("JSON says %q, %v", d.Event.Command.Params, err)
	}
}

// TestNowhereToLook has no store and no process: no folder is made, and nobody is told that nothing is dead.
func TestNowhereToLook(t *testing.T) {
	dir, admin := t.TempDir()+"/none", freeAddress(t)
	got := invoke(t, nil, "dead", "list", "--data", dir, "--admin-listen", admin)
	if got.code != 1 || got.stdout != "" || !strings.Contains(got.stderr, dir) || !strings.Contains(got.stderr, admin) {
		t.Errorf("%+v", got)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the folder was made: %v", err)
	}
}

func TestStoreInUseAndNobodyAnswers(t *testing.T) {
	dir := t.TempDir()
	openStore(t, stream.Options{Dir: dir})
	got := invoke(t, nil, "dead", "list", "--data", dir, "--admin-listen", freeAddress(t))
	if got.code != 1 || !strings.Contains(got.stderr, "another process uses this event store") || !strings.Contains(got.stderr, "--admin-listen") {
		t.Errorf("%+v", got)
	}
}

func TestDeadWithNATS(t *testing.T) {
	url := natsServer(t)
	bury(t, openStore(t, stream.Options{Servers: url}), "gone", "5", "6")
	wantDead(t, "--nats", url, 1, 2)
	if got := invoke(t, nil, "dead", "drop", "1", "--nats", url); got.code != 0 {
		t.Errorf("drop: %+v", got)
	}
	if got := invoke(t, nil, "dead", "replay", "2", "--nats", url); got.code != 0 {
		t.Errorf("replay: %+v", got)
	}
	wantDead(t, "--nats", url)
}

func TestDeadHelpShowsAnExample(t *testing.T) {
	for _, c := range deadCommand(&input{}).Commands {
		got := invoke(t, nil, "dead", c.Name, "--help")
		if got.code != 0 || !strings.Contains(got.stdout, "Example") || !strings.Contains(got.stdout, "  whois24 dead "+c.Name) {
			t.Errorf("dead %s --help: %+v", c.Name, got)
		}
	}
}

func TestWrongDeadCommands(t *testing.T) {
	for args, names := range map[string]string{
		"":                          "list, show, replay, drop",
		"lst":                       "lst",
		"list 5":                    "5",
		"list --limit 0":            "--limit",
		"list --nats http://x":      "--nats",
		"list --admin-listen here":  "--admin-listen",
		"list":                      "--data", // neither given nor to be found out
		"show":                      "show",
		"show 1 2":                  "one id",
		"show all":                  "one id",
		"show five":                 "five",
		"replay":                    "replay",
		"replay -- -1":              "-1",
		"replay 1 all":              "all",
		"drop 0":                    `"0"`,
		"drop all --data /nowhere":  "--yes",
		"drop --portl 1":            "portl",
		"show 99999999999999999999": "99999999999999999999",
	} {
		got := invoke(t, nil, append([]string{"dead"}, strings.Fields(args)...)...)
		if got.code != 2 || strings.Count(got.stderr, "\n") != 1 || !strings.Contains(got.stderr, names) || got.stdout != "" {
			t.Errorf("dead %s: %+v, want %q named", args, got, names)
		}
	}
}
