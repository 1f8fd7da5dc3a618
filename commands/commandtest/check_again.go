package commandtest

import (
	"fmt"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
)

// repetitions are enough to see that an answer depends on chance, such as the order of a map.
const repetitions = 5

// checkSameAnswer has a worker answer what was answered already, on a portal that does not remember the first answer. As much
// as is posted twice when the worst comes to the worst should say the same.
func checkSameAnswer(t testing.TB, set *commands.Set, cmd commands.Schema) {
	t.Helper()
	tr := try(t, set, cmd, "Anna")
	for _, line := range []string{"/" + cmd.Name, tr.sample("hello")} {
		first := tr.Say(tr.anna, line)
		first.sound()
		for n := range repetitions {
			if tr.compare(first, tr.anew(first, n)); t.Failed() {
				return
			}
		}
	}
}

// anew has a question answered by a worker whose replies the portal takes for new ones.
func (tr *trial) anew(first *Answer, n int) *Answer {
	tr.t.Helper()
	forgotten := &bot.Portal{
		Name: tr.served.Name, Client: tr.served.Client, Commands: tr.served.Commands,
		TemplateKey: bitrix.Secret(fmt.Sprint("another key, ", n)),
	}
	forgotten.KnowStaff(tr.staff())
	regular := tr.worker
	defer func() { tr.worker = regular }()
	tr.worker = tr.newWorker(forgotten, newMemory())
	again := *first
	again.posts, again.failed, again.last = nil, nil, nil
	for _, d := range first.deliveries {
		again.failed = append(again.failed, tr.deliver(d)...)
	}
	tr.collect(&again)
	return &again
}

func (tr *trial) compare(first, again *Answer) {
	tr.t.Helper()
	again.sound()
	for i, p := range again.posts {
		if i < len(first.posts) && !same(first.posts[i].now(), p.now()) {
			again.fail("the second time "+p.show(), "what was answered the first time: "+first.posts[i].show())
		}
	}
}

// checkOnce delivers a question twice.
func checkOnce(t testing.TB, set *commands.Set, cmd commands.Schema) {
	t.Helper()
	tr := try(t, set, cmd, "Anna")
	for _, line := range []string{"/" + cmd.Name, tr.sample("hello")} {
		tr.talk(line, "hello", once)
	}
}

func once(a *Answer) {
	a.office.t.Helper()
	if len(a.posts) > 1 {
		a.fail("also "+a.posts[1].show(), "one message")
	}
	a.Redeliver()
}
