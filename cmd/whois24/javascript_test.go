package main

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
	"github.com/whois24/whois24/commands/remote"
	"github.com/whois24/whois24/events/stream"
)

// coinFolder holds /coin, the example of a command in another language, and its packages, once `npm ci` was run there.
const coinFolder = "../../commands/examples/coin-js"

// findNode finds Node.js. Without it, or without the example's packages, the test is skipped, but fails where CI=true: there
// both must be.
func findNode(t *testing.T) string {
	t.Helper()
	giveUp := t.Skip
	if os.Getenv("CI") == "true" {
		giveUp = t.Fatal
	}
	node, err := exec.LookPath("node")
	if err != nil {
		giveUp("no Node.js found: the example in JavaScript is not tried")
	}
	if _, err := os.Stat(coinFolder + "/node_modules/@nats-io/services"); err != nil {
		giveUp("the example in JavaScript is not tried: run npm ci --prefix commands/examples/coin-js")
	}
	return node
}

// startCoin runs the example until the test ends, which it must do well.
func startCoin(t *testing.T, bus string) {
	t.Helper()
	c := exec.Command(findNode(t), "main.js")
	c.Dir, c.Stderr = coinFolder, os.Stderr
	c.Env = []string{"WHOIS24_NATS=" + bus, "WHOIS24_COMMAND_TOKEN=" + demoToken}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		if err := c.Wait(); err != nil {
			t.Errorf("the example after SIGTERM: %v", err)
		}
	})
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "/coin is there\n" {
		t.Fatalf("the example says %q: %v", line, err)
	}
}

// TestCommandInJavaScript has the demo find the example, put it into the list and answer with it.
func TestCommandInJavaScript(t *testing.T) {
	findNode(t)
	d := startDemo(t, "--nats-listen", "127.0.0.1:0")
	anna := sit(t, d.url)
	startCoin(t, d.bus)
	anna.lists("coin")
	for line, words := range map[string]string{
		"/coin шеленков 3": "3 броска, орлов: ",
		"/coin 5":          "1 бросок, орлов: ",
		"/coin 5 2":        "нечётное",
		"/coin":            "/coin",
	} {
		if answer := anna.ask(line).Text; !strings.Contains(answer, words) {
			t.Errorf("%s is answered with %q", line, answer)
		}
	}
	answer := anna.ask("/coin 5 31")
	if len(answer.Keyboard) != 1 || answer.Keyboard[0].Text != "Ещё раз" {
		t.Fatalf("the buttons are %+v", answer.Keyboard)
	}
	if again := anna.press(answer, 0); !strings.Contains(again.Text, "31 бросок, орлов: ") {
		t.Errorf("the button is answered with %q", again.Text)
	}
}

// TestCommandInJavaScriptBearsEverything that a command in Go has to bear.
func TestCommandInJavaScriptBearsEverything(t *testing.T) {
	findNode(t)
	store, err := stream.Open(stream.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", CommandToken: demoToken})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	startCoin(t, "nats://"+store.Address())
	commandtest.Check(t, findCommand(t, store))
}

// findCommand finds the one that is there.
func findCommand(t *testing.T, store *stream.Stream) commands.Command {
	t.Helper()
	for {
		found, refused, err := remote.Find(t.Context(), store.Conn())
		if err != nil || len(refused) > 0 {
			t.Fatal(err, refused)
		}
		if len(found) > 0 {
			return (&remote.Caller{Conn: store.Conn()}).Command(found)
		}
	}
}
