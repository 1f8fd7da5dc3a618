package bitrix_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// crowd is a portal with people of every id from 1 to 9999 and chats without end. It keeps the rate limit of 2
// requests a second and 50 at once to the letter, and remembers everything.
type crowd struct {
	way    time.Duration                                        // of a request there; the same back
	late   func(n int) time.Duration                            // how much longer the n-th request needs to get there; nil: none does
	whole  func(methods []string) (*http.Response, error)       // answers a request instead, unless both are nil
	single func(method string, params url.Values) (code string) // refuses a call, unless ""
	cut    func() bool                                          // loses the answer
	list   func(people map[string]any) any                      // rewrites the result of im.user.list.get

	mu         sync.Mutex
	begun      int
	level      float64
	at         time.Time
	refused    int                 // requests, for coming too fast
	requests   [][]string          // methods, of those that were taken: several for a batch
	asked      []string            // ids of look-ups
	onTheWay   map[string]int      // requests by dialog
	overtaking int                 // how often there were two
	posted     map[string][]string // texts by dialog
}

// newCrowd makes one, and a client for it. Call it inside a bubble.
func newCrowd(t testing.TB) (*crowd, *bitrix.Client) {
	t.Helper()
	return newCrowdOf(t, bitrix.ClientOptions{})
}

func newCrowdOf(t testing.TB, o bitrix.ClientOptions) (*crowd, *bitrix.Client) {
	t.Helper()
	p := &crowd{way: 25 * time.Millisecond, posted: map[string][]string{}, onTheWay: map[string]int{}, at: time.Now()}
	var err error
	if o.Webhook, err = bitrix.ParseWebhook("https://demo-portal.bitrix24.example/rest/1/" + canary + "/"); err != nil {
		t.Fatal(err)
	}
	o.API = cmp.Or(o.API, bitrix.APIv2)
	o.HTTP = &http.Client{Transport: transport(p.roundTrip)}
	return p, bitrix.NewClient(o)
}

func (p *crowd) roundTrip(r *http.Request) (*http.Response, error) {
	cmds, batch := commandsOf(r)
	p.begin(cmds, 1)
	defer p.begin(cmds, -1)
	if err := pass(r, p.way+p.delay()); err != nil {
		return nil, err
	}
	resp, err := p.answer(cmds, batch)
	if passing := pass(r, p.way); passing != nil {
		return nil, passing
	}
	return resp, err
}

// begin counts the dialogs with a message on the way; n is 1, and -1 when it is there.
func (p *crowd) begin(cmds []cmd, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for dialog := range dialogs(cmds) {
		p.onTheWay[dialog] += n
		if p.onTheWay[dialog] > 1 {
			p.overtaking++
		}
	}
}

func dialogs(cmds []cmd) map[string]bool {
	found := map[string]bool{}
	for _, c := range cmds {
		if dialog := cmp.Or(c.params.Get("dialogId"), c.params.Get("DIALOG_ID")); dialog != "" {
			found[dialog] = true
		}
	}
	return found
}

func (p *crowd) delay() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.begun++
	if p.late == nil {
		return 0
	}
	return p.late(p.begun)
}

// pass passes the time of a request on its way.
func pass(r *http.Request, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-r.Context().Done():
		return r.Context().Err()
	}
}

func (p *crowd) answer(cmds []cmd, batch bool) (*http.Response, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.take() {
		p.refused++
		return response(http.StatusServiceUnavailable, `{"error":"QUERY_LIMIT_EXCEEDED"}`), nil
	}
	var methods []string
	for _, c := range cmds {
		methods = append(methods, c.method)
	}
	p.requests = append(p.requests, methods)
	if p.whole != nil {
		if resp, err := p.whole(methods); resp != nil || err != nil {
			return resp, err
		}
	}
	body := p.run(cmds, batch)
	if p.cut != nil && p.cut() {
		return nil, io.ErrUnexpectedEOF
	}
	return response(http.StatusOK, body), nil
}

// take is the leaky bucket.
func (p *crowd) take() bool {
	now := time.Now()
	p.level = max(0, p.level-2*now.Sub(p.at).Seconds())
	p.at = now
	if p.level+1 > 50 {
		return false
	}
	p.level++
	return true
}

type cmd struct {
	key, method string
	params      url.Values
}

// commandsOf reads a plain call or the commands of a batch, in the order they are written.
func commandsOf(r *http.Request) (cmds []cmd, batch bool) {
	body, _ := io.ReadAll(r.Body)
	method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	if method != "batch" {
		return []cmd{{"", method, flat(body)}}, false
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	var texts []string
	for {
		token, err := decoder.Token()
		if err != nil {
			break
		}
		if text, ok := token.(string); ok {
			texts = append(texts, text)
		}
	}
	texts = slices.DeleteFunc(texts, func(s string) bool { return s == "cmd" || s == "halt" })
	for pair := range slices.Chunk(texts, 2) {
		method, query, _ := strings.Cut(pair[1], "?")
		params, _ := url.ParseQuery(query)
		cmds = append(cmds, cmd{pair[0], method, params})
	}
	return cmds, true
}

// flat is JSON parameters as a query has them; of lists, ID alone.
func flat(body []byte) url.Values {
	var plain struct {
		ID       any `json:"ID"`
		DialogID string
		Fields   struct{ Message string }
		V1Dialog string `json:"DIALOG_ID"`
		V1Text   string `json:"MESSAGE"`
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	_ = decoder.Decode(&plain)
	params := url.Values{
		"dialogId": {plain.DialogID}, "fields[message]": {plain.Fields.Message},
		"DIALOG_ID": {plain.V1Dialog}, "MESSAGE": {plain.V1Text},
	}
	if ids, ok := plain.ID.([]any); ok {
		for i, id := range ids {
			params.Set(fmt.Sprintf("ID[%d]", i), fmt.Sprint(id))
		}
	} else {
		params.Set("ID", fmt.Sprint(plain.ID))
	}
	return params
}

func (p *crowd) run(cmds []cmd, batch bool) string {
	found, failed := map[string]any{}, map[string]any{}
	for _, c := range cmds {
		result, code := p.call(c.method, c.params)
		if code != "" {
			failed[c.key] = map[string]any{"error": code}
		} else {
			found[c.key] = result
		}
	}
	var body any = map[string]any{"result": found[""]}
	switch {
	case batch:
		body = map[string]any{"result": map[string]any{"result": found, "result_error": failed}}
	case failed[""] != nil:
		body = failed[""]
	}
	text, _ := json.Marshal(body)
	return string(text)
}

func (p *crowd) call(method string, params url.Values) (result any, code string) {
	if p.single != nil {
		if code := p.single(method, params); code != "" {
			return nil, code
		}
	}
	switch method {
	case "im.user.get":
		p.asked = append(p.asked, params.Get("ID"))
		if who := person(params.Get("ID")); who != nil {
			return who, ""
		}
		return nil, "USER_NOT_EXISTS"
	case "im.user.list.get":
		return p.people(params), ""
	case "imbot.v2.Chat.Message.send":
		dialog := params.Get("dialogId")
		p.posted[dialog] = append(p.posted[dialog], params.Get("fields[message]"))
		return map[string]any{"id": 90000 + len(p.posted[dialog])}, ""
	case "imbot.v2.Chat.Message.update": // does not say where
		p.posted["7"] = append(p.posted["7"], params.Get("fields[message]"))
	case "imbot.message.add":
		dialog := params.Get("DIALOG_ID")
		p.posted[dialog] = append(p.posted[dialog], params.Get("MESSAGE"))
		return 80000 + len(p.posted[dialog]), ""
	}
	return map[string]any{"result": true}, ""
}

func (p *crowd) people(params url.Values) any {
	all := map[string]any{}
	for i := 0; params.Has(fmt.Sprintf("ID[%d]", i)); i++ {
		id := params.Get(fmt.Sprintf("ID[%d]", i))
		p.asked = append(p.asked, id)
		all[id] = person(id)
	}
	if p.list != nil {
		return p.list(all)
	}
	return all
}

func person(id string) any {
	if len(id) > 4 {
		return nil
	}
	return map[string]any{"id": json.Number(id), "name": "Person " + id}
}

// methods is which ones each request called, with how often.
func (p *crowd) methods() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []string
	for _, methods := range p.requests {
		counts := map[string]int{}
		for _, m := range methods {
			counts[m]++
		}
		var parts []string
		for _, m := range slices.Sorted(maps.Keys(counts)) {
			parts = append(parts, fmt.Sprintf("%d %s", counts[m], m))
		}
		all = append(all, strings.Join(parts, ", "))
	}
	return all
}

// calls makes calls at the same moment, in the order they are given, and waits for all.
func calls(each ...func()) {
	var all sync.WaitGroup
	for _, call := range each {
		all.Go(call)
		synctest.Wait() // until it is in the queue or out
	}
	all.Wait()
}
