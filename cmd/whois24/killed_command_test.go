//go:build unix

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// TestKilledCommand puts a thousand questions to a command that two processes of commands/examples/birthday run: 250 people
// ask for the birthdays of four others each. One after the other the processes are killed by SIGKILL, with questions in hand,
// and started again. Each question is answered once, and none with an apology.
func TestKilledCommand(t *testing.T) {
	t.Parallel()
	p := portaltest.New(t, portal.Options{Empty: true, Rate: 1e6, Burst: 1e6})
	var staff []bitrix.UserID
	for n := range 250 {
		staff = append(staff, p.Hire(portal.Person{First: fmt.Sprint("Colleague", n), Birthday: "14-02", Active: true}))
	}
	const others = 4
	bus, listen := freeAddress(t), freeAddress(t)
	serve := start(t, []string{
		"WHOIS24_PORTAL=" + p.WebhookURL(), "WHOIS24_RATE=1000", "WHOIS24_BURST=10000", "WHOIS24_COMMAND_TOKEN=" + canary,
	}, "serve", "--listen", listen, "--public-url", "http://"+listen, "--admin-listen", "127.0.0.1:0",
		"--data", t.TempDir(), "--nats-listen", bus)
	birthday := buildBirthday(t)
	instances := []*child{birthday(bus), birthday(bus)}
	bot := offered(t, p, "birthday")

	began := time.Now()
	asking, asked := context.WithCancel(t.Context())
	var killer sync.WaitGroup
	kills := 0
	killer.Go(func() {
		for n := 0; killInHand(asking, t, instances[n%2]); n++ {
			instances[n%2] = birthday(bus)
			kills++
		}
	})
	changes, cancel := p.Subscribe(1 << 17)
	defer cancel()
	pace := time.NewTicker(5 * time.Millisecond)
	defer pace.Stop()
	for other := range others {
		for n, id := range staff {
			<-pace.C
			if _, err := p.Say(id, bitrix.PrivateDialog(bot), fmt.Sprint("/birthday ", staff[(n+other)%len(staff)])); err != nil {
				t.Fatal(err)
			}
		}
	}
	counted(changes, bot, others*len(staff))
	asked()
	killer.Wait()
	serve.terminate(t)
	t.Logf("%d questions, %d processes killed, %v", others*len(staff), kills, time.Since(began).Round(time.Second))
	for n, id := range staff {
		var got, want []string
		for other := range others {
			want = append(want, fmt.Sprintf("Colleague%d: день рождения 14 февраля.", (n+other)%len(staff)))
		}
		for _, m := range p.Messages(id, bitrix.PrivateDialog(bot)) {
			if m.Author == bot {
				got = append(got, m.Text)
			}
		}
		if !slices.Equal(got, want) { // a dialog is answered in its order
			t.Errorf("answered is %q, want %q", got, want)
		}
	}
	if kills < 10 {
		t.Errorf("only %d processes were killed", kills)
	}
}

// buildBirthday builds the example, and returns what starts it in a process of its own.
func buildBirthday(t *testing.T) (start func(bus string) *child) {
	t.Helper()
	program := filepath.Join(t.TempDir(), "birthday")
	out, err := exec.Command("go", "build", "-o", program, "../../commands/examples/birthday").CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return func(bus string) *child {
		return spawnProgram(t, program, []string{"WHOIS24_NATS=nats://" + bus, "WHOIS24_COMMAND_TOKEN=" + canary})
	}
}

// offered waits until the portal has the command, and returns its bot.
func offered(t *testing.T, p *portal.Portal, command string) bitrix.UserID {
	t.Helper()
	changes, cancel := p.Subscribe(1024)
	defer cancel()
	for late := time.After(30 * time.Second); ; {
		for _, c := range p.Commands() {
			if c.Name == command {
				return bitrix.UserID(c.Bot)
			}
		}
		select {
		case <-changes:
		case <-late:
			t.Fatalf("the portal has no /%s", command)
		}
	}
}

// killInHand kills a process after a while; false: ctx ended first. It is held for a moment before, so that it has questions in
// hand when it dies.
func killInHand(ctx context.Context, t *testing.T, c *child) bool {
	t.Helper()
	for _, step := range []struct {
		after time.Duration
		do    func()
	}{
		{150*time.Millisecond + rand.N(300*time.Millisecond), func() { _ = c.Process.Signal(syscall.SIGSTOP) }},
		{30 * time.Millisecond, func() { c.kill(t) }},
	} {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(step.after):
			step.do()
		}
	}
	return true
}

// counted returns when somebody has said so much, or nothing for a while.
func counted(changes <-chan portal.Change, author bitrix.UserID, messages int) {
	for messages > 0 {
		select {
		case c := <-changes:
			if c.Kind == portal.KindMessage && c.Message.Author == author {
				messages--
			}
		case <-time.After(30 * time.Second):
			return
		}
	}
}
