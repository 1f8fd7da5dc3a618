package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// edit saves a file with one text in the place of another.
func (s clone) edit(t *testing.T, file, from, to string) {
	t.Helper()
	data, err := s.read(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), from) {
		t.Fatalf("no %q in %s", from, file)
	}
	changed := strings.Replace(string(data), from, to, 1)
	if err := os.WriteFile(s.file(file), []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
}

// watchedDemo is `whois24 demo --watch` in the sources.
func (s clone) watchedDemo(t *testing.T) (watched *child, url string) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe, "demo", "--watch", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--lang", "en")
	c.Dir = s.root
	c.Env = append(os.Environ(), "TEST_PLAYS_WHOIS24=1", "WHOIS24_LOG_LEVEL=warn", "WHOIS24_LOG_FORMAT=text", plainBuild)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that its worker can be killed with it
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = c.Stdout
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) })
	watched = &child{Cmd: c, name: "demo --watch", log: make(chan string, 1000)}
	go watched.read(out)
	greeting := watched.waitLong(t, "The demo is ready")
	return watched, regexp.MustCompile(`http://[0-9.:]+`).FindString(greeting)
}

// waitLong is waitFor with time for a build on a busy machine. It returns the line.
func (c *child) waitLong(t *testing.T, words string) string {
	t.Helper()
	late := time.After(3 * time.Minute)
	for {
		select {
		case line, more := <-c.log:
			t.Log(line)
			if strings.Contains(line, words) {
				return line
			}
			if !more {
				t.Fatalf("%s ended before %q", c.name, words)
			}
		case <-late:
			t.Fatalf("%s does not say %q", c.name, words)
		}
	}
}

// TestDemoFollowsTheSources works on the bot as an author of commands does, and asks it something all the time.
func TestDemoFollowsTheSources(t *testing.T) {
	t.Parallel()
	sources := clone{copyOfSources(t)}
	watched, url := sources.watchedDemo(t)
	watched.waitLong(t, "new worker is running")
	anna := sit(t, url)
	anna.lists("whois")
	number := 100_000
	ask := func(words string) bool {
		number++
		answer := anna.ask(fmt.Sprintf("/whois %d", number)).Text
		if !strings.Contains(answer, fmt.Sprint(number)) {
			t.Errorf("/whois %d is answered with %q", number, answer)
		}
		return strings.Contains(answer, words)
	}
	if !ask("There is nobody") {
		t.Error("the texts are others")
	}

	sources.edit(t, "commands/locales/en.toml", "There is nobody with the number", "Nobody here goes by the number")
	for !ask("Nobody here goes by") { // while it is built, and while the workers change
	}
	watched.waitLong(t, "saved commands/locales/en.toml: built in")

	sources.edit(t, "commands/whois.go", "func Whois() Command {", "func Whois() Command {\n\t_ = nonsense")
	watched.waitLong(t, "saved commands/whois.go: does not build, the old worker goes on")
	watched.waitLong(t, "undefined: nonsense")
	if !ask("Nobody here goes by") {
		t.Error("the old worker does not go on")
	}
	sources.edit(t, "commands/whois.go", "\n\t_ = nonsense", "")
	watched.waitLong(t, "saved commands/whois.go")

	sources.edit(t, "commands/locales/ru.toml", "[whois]\ntitle", "[whois]\nheading")
	watched.waitLong(t, "saved commands/locales/ru.toml: does not start, the old worker goes on")
	watched.waitLong(t, `whois.title`)
	sources.edit(t, "commands/locales/ru.toml", "[whois]\nheading", "[whois]\ntitle")

	added := exec.Command(watched.Path, "new", "command", "birthday")
	added.Dir, added.Env = sources.root, append(os.Environ(), "TEST_PLAYS_WHOIS24=1")
	if words, err := added.CombinedOutput(); err != nil {
		t.Fatalf("new command: %v\n%s", err, words)
	}
	anna.lists("birthday")
	if answer := anna.ask("/birthday").Text; !strings.Contains(answer, "Анна") {
		t.Errorf("/birthday is answered with %q", answer)
	}
	if got := len(anna.answers()); got != number-100_000+1 {
		t.Errorf("%d answers to %d questions", got, number-100_000+1)
	}
	watched.terminate(t)
}
