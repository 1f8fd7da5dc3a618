package events_test

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/events"
)

// town is all that a Fetcher deals with: a portal's queue, a store and a memory. Each step of its is told to step, before and
// after it is done.
type town struct {
	queue  *queue
	store  *shelf
	memory map[string]string
	step   func(what string) error // an error makes the step fail
}

func newTown(t *testing.T) *town {
	t.Helper()
	town := &town{store: &shelf{}, memory: map[string]string{}, step: func(string) error { return nil }}
	town.queue = &queue{template: command(t), page: 1000, stored: town.store.has}
	return town
}

// fetcher is a new process that fetches.
func (town *town) fetcher() *events.Fetcher {
	return events.NewFetcher(events.FetcherOptions{
		Portal: "a.example", Bot: 456, Queue: town, Memory: town,
		Intake: events.Intake{BotCode: "whois_demo_bot", Store: town},
	})
}

func (town *town) FetchEvents(_ context.Context, q bitrix.EventQuery) (bitrix.EventPage, error) {
	if err := town.step("before the portal is asked"); err != nil {
		return bitrix.EventPage{}, err
	}
	page := town.queue.get(q)
	return page, town.step("the page has come")
}

func (town *town) Append(ctx context.Context, list []events.Event) error {
	if err := town.step("before the page is stored"); err != nil {
		return err
	}
	_ = town.store.Append(ctx, list)
	return town.step("the page is stored")
}

func (town *town) Remember(_ context.Context, name string, value []byte) error {
	if err := town.step("before the offset is remembered"); err != nil {
		return err
	}
	town.memory[name] = string(value)
	return town.step("the offset is remembered")
}

func (town *town) Recall(_ context.Context, name string) ([]byte, error) {
	if value, ok := town.memory[name]; ok {
		return []byte(value), nil
	}
	return nil, town.step("nothing is remembered")
}

// has reports whether the question of a message is stored.
func (s *shelf) has(id bitrix.EventOffset) bool {
	return slices.ContainsFunc(s.stored, func(e events.Event) bool { return int64(e.Message.ID) == int64(id) })
}

// queue is where Bitrix24 keeps the events of a bot: it forgets them when it is asked with an offset behind them.
type queue struct {
	template map[string]any // of an event's data
	page     int            // events it gives at most
	stored   func(bitrix.EventOffset) bool

	mu      sync.Mutex
	next    bitrix.EventOffset
	waiting []bitrix.QueuedEvent
	asked   []query
	lost    []bitrix.EventOffset // forgotten before they were stored
}

type query struct {
	bitrix.EventQuery
	at time.Time
}

// say puts a command into the queue. Message and event have one id here, and some ids are another bot's.
func (q *queue) say() bitrix.EventOffset {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.next += 1 + q.next%3
	q.template["message"].(map[string]any)["id"] = q.next
	data, _ := json.Marshal(q.template)
	q.waiting = append(q.waiting, bitrix.QueuedEvent{ID: q.next, Type: "ONIMBOTV2COMMANDADD", Data: data})
	return q.next
}

func (q *queue) sayAll(n int) {
	for range n {
		q.say()
	}
}

func (q *queue) get(asked bitrix.EventQuery) bitrix.EventPage {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.asked = append(q.asked, query{asked, time.Now()})
	q.waiting = slices.DeleteFunc(q.waiting, func(e bitrix.QueuedEvent) bool {
		if e.ID < asked.Offset && !q.stored(e.ID) {
			q.lost = append(q.lost, e.ID)
		}
		return e.ID < asked.Offset
	})
	limit := min(q.page, asked.Limit)
	page := bitrix.EventPage{NextOffset: asked.Offset}
	page.Events = slices.Clone(q.waiting[:min(limit, len(q.waiting))])
	if n := len(page.Events); n > 0 {
		page.NextOffset = page.Events[n-1].ID + 1
		page.HasMore = n == limit
	}
	return page
}

// gaps are the times from each request to the next.
func (q *queue) gaps() []time.Duration {
	var gaps []time.Duration
	for i := range q.asked[1:] {
		gaps = append(gaps, q.asked[i+1].at.Sub(q.asked[i].at))
	}
	return gaps
}

// command is the data of a captured command.
func command(t *testing.T) map[string]any {
	t.Helper()
	data, err := os.ReadFile("../bitrix/testdata/rest/imbot-v2-event-get.page.json")
	if err != nil {
		t.Fatal(err)
	}
	var page struct {
		Result struct {
			Events []struct {
				Type string
				Data map[string]any
			}
		}
	}
	if err := json.Unmarshal(data, &page); err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Result.Events {
		if e.Type == "ONIMBOTV2COMMANDADD" {
			return e.Data
		}
	}
	t.Fatal("no command in the captured page")
	return nil
}
