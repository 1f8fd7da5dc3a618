package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
	"github.com/whois24/whois24/events"
)

// The soak posts events while processes are killed at random, and counts. `make soak` makes it long:
//
//	SOAK_EVENTS=100000 SOAK_KILL_EVERY=3s go test ./cmd/whois24 -run Soak -timeout 2h -v

func soakEvents(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("SOAK_EVENTS"))
	if err != nil {
		return 3000 // some kills in an ordinary test run
	}
	return n
}

func soakKillEvery() time.Duration {
	if d, err := time.ParseDuration(os.Getenv("SOAK_KILL_EVERY")); err == nil {
		return d
	}
	return 500 * time.Millisecond
}

// playNATS is a node of a NATS cluster in a process of its own.
func playNATS(config string) {
	o, err := server.ProcessConfigFile(config)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s, err := server.NewServer(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s.Start()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	<-ctx.Done()
	s.Shutdown()
	s.WaitForShutdown()
	os.Exit(0)
}

// cluster writes the configuration of three nodes and returns it by node, with the addresses for clients.
func cluster(t *testing.T) (configs []string, servers string) {
	t.Helper()
	var clients, routes []string
	for range 3 {
		clients = append(clients, freeAddress(t))
		routes = append(routes, freeAddress(t))
	}
	for i := range 3 {
		path := filepath.Join(t.TempDir(), "nats.conf")
		config := fmt.Sprintf(`server_name: node%d
listen: %q
jetstream { store_dir: %q, sync_interval: always }
cluster { name: soak, listen: %q, routes: [%q, %q, %q] }
`, i, clients[i], t.TempDir(), routes[i], "nats://"+routes[0], "nats://"+routes[1], "nats://"+routes[2])
		if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		configs = append(configs, path)
	}
	return configs, "nats://" + strings.Join(clients, ",nats://")
}

// victim is a process that is killed and started again.
type victim struct {
	name  string
	start func() *child
	now   *child
}

// soak is one run.
type soak struct {
	t        *testing.T
	portal   *portal.Portal
	dialogs  []bitrix.DialogID // where people ask
	url      string            // of the receiver
	ts       string            // of all events: one that is posted again is the same to the letter
	victims  []*victim
	accepted sync.Map // number asked about → nothing
	answers  sync.Map // number asked about → *atomic.Int32
	refused  atomic.Int64
	kills    map[string]int
}

func TestSoakOneMachine(t *testing.T) {
	s := newSoak(t)
	listen, data := freeAddress(t), t.TempDir()
	s.url = "http://" + listen + events.Path
	settings := s.settings()
	s.victims = []*victim{{name: "serve", start: func() *child {
		return start(t, settings, "serve", "--listen", listen, "--public-url", "http://"+listen, "--data", data)
	}}}
	s.run()
}

func TestSoakCluster(t *testing.T) {
	s := newSoak(t)
	configs, servers := cluster(t)
	listen := freeAddress(t)
	s.url = "http://" + listen + events.Path
	for i, config := range configs {
		s.victims = append(s.victims, &victim{name: fmt.Sprint("nats ", i), start: func() *child {
			return startNATS(t, config)
		}})
	}
	settings := append(s.settings(), "WHOIS24_NATS="+servers)
	if got := invoke(t, nil, "register", "--portal", s.portal.WebhookURL(), "--public-url", "http://"+listen); got.code != 0 {
		t.Fatalf("register: %+v", got)
	}
	for _, args := range [][]string{{"receiver", "--listen", listen}, {"worker"}, {"worker"}} {
		s.victims = append(s.victims, &victim{name: args[0], start: func() *child { return start(t, settings, args...) }})
	}
	s.run()
}

func newSoak(t *testing.T) *soak {
	t.Helper()
	return newSoakOn(t, portaltest.New(t, portal.Options{Rate: 1e6, Burst: 1e6}))
}

func newSoakOn(t *testing.T, p *portal.Portal) *soak {
	t.Helper()
	s := &soak{t: t, kills: map[string]int{}, portal: p, ts: strconv.FormatInt(time.Now().Unix(), 10)}
	for _, p := range s.portal.People() {
		if p.Active && !p.Extranet && !p.Collaber && !p.Connector {
			s.dialogs = append(s.dialogs, bitrix.PrivateDialog(p.ID))
		}
	}
	return s
}

func (s *soak) settings() []string {
	return []string{
		"WHOIS24_PORTAL=" + s.portal.WebhookURL(), "WHOIS24_RATE=1000", "WHOIS24_BURST=10000",
		"WHOIS24_ADMIN_LISTEN=127.0.0.1:0", "WHOIS24_LOG_LEVEL=info",
	}
}

// run posts all events, kills meanwhile, waits for the answers and counts.
func (s *soak) run() {
	began := time.Now()
	stopCounting := s.count()
	s.startAll()
	defer s.endAll()
	posting, done := context.WithCancel(s.t.Context())
	var killer sync.WaitGroup
	killer.Go(func() { s.killAtRandom(posting) })
	total := soakEvents(s.t)
	s.post(total)
	done()
	killer.Wait()
	s.settle()
	stopCounting()
	s.report(total, time.Since(began))
}

func (s *soak) startAll() {
	var nodes sync.WaitGroup
	for _, v := range s.victims {
		if strings.HasPrefix(v.name, "nats") { // they wait for each other
			nodes.Go(func() { v.now = v.start() })
		}
	}
	nodes.Wait()
	for _, v := range s.victims {
		if v.now == nil {
			v.now = v.start()
		}
	}
}

func (s *soak) endAll() {
	for _, v := range s.victims {
		v.now.kill(s.t)
	}
}

func (s *soak) killAtRandom(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(soakKillEvery()/2 + rand.N(soakKillEvery())):
		}
		v := s.victims[rand.IntN(len(s.victims))]
		v.now.kill(s.t)
		s.kills[strings.Fields(v.name)[0]]++
		v.now = v.start()
	}
}

// post sends events with numbers nobody has, each until it is accepted, as a portal with a queue of its own would.
// Bitrix24 does not repeat events; here a refused one is posted again, so that all of them count.
func (s *soak) post(total int) {
	const posters = 16
	client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: posters}}
	defer client.CloseIdleConnections()
	var numbers atomic.Int64
	var all sync.WaitGroup
	for range posters {
		all.Go(func() {
			for {
				n := int(numbers.Add(1))
				if n > total {
					return
				}
				for !s.postOnce(client, n) {
					s.refused.Add(1)
				}
				if n%10_000 == 0 {
					s.t.Logf("%d of %d posted", n, total)
				}
			}
		})
	}
	all.Wait()
}

func (s *soak) postOnce(client *http.Client, n int) bool {
	dialog := string(s.dialogs[n%len(s.dialogs)])
	form := url.Values{
		"event": {"ONIMBOTV2COMMANDADD"}, "ts": {s.ts},
		"data[bot][id]": {"456"}, "data[bot][code]": {"whois24"},
		"data[command][id]": {"42"}, "data[command][command]": {"/whois"}, "data[command][params]": {strconv.Itoa(number + n)}, "data[command][context]": {"keyboard"}, // so that no message is quoted

		"data[message][id]": {strconv.Itoa(n)}, "data[message][text]": {"/whois"},
		"data[chat][dialogId]": {dialog}, "data[user][id]": {strconv.Itoa(number + n)}, // everybody asks once: nobody floods
		"data[language]":          {"en"},
		"auth[application_token]": {s.token()},
	}
	resp, err := client.PostForm(s.url, form)
	if err != nil {
		time.Sleep(20 * time.Millisecond) // nobody listens while it starts again; this is the portal's patience, not a test's
		return false
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusOK {
		s.accepted.Store(number+n, true)
	}
	return resp.StatusCode == http.StatusOK
}

// number is more than any id there is, so that replies name it.
const number = 1_000_000_000

func (s *soak) token() string {
	w, err := bitrix.ParseWebhook(s.portal.WebhookURL())
	if err != nil {
		s.t.Fatal(err)
	}
	return bitrix.ApplicationToken(w.BotToken()).Reveal()
}

var named = regexp.MustCompile(`\b1\d{9}\b`)

// count follows the portal's messages.
func (s *soak) count() (stop func()) {
	changes, cancel := s.portal.Subscribe(1 << 17)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for c := range changes {
			if c.Kind != portal.KindMessage {
				continue
			}
			if n, err := strconv.Atoi(named.FindString(c.Message.Text)); err == nil {
				times, _ := s.answers.LoadOrStore(n, new(atomic.Int32))
				times.(*atomic.Int32).Add(1)
			}
		}
	}()
	return func() { cancel(); <-ended }
}

// settle waits until everything accepted is answered, or nothing has been for a while.
func (s *soak) settle() {
	last, since := -1, time.Now()
	for {
		missing := s.missing()
		if missing == 0 {
			return
		}
		if missing != last {
			last, since = missing, time.Now()
		}
		if time.Since(since) > time.Minute {
			return
		}
		time.Sleep(100 * time.Millisecond) // counting, not waiting for an event
	}
}

func (s *soak) missing() int {
	n := 0
	s.accepted.Range(func(asked, _ any) bool {
		if _, answered := s.answers.Load(asked); !answered {
			n++
		}
		return true
	})
	return n
}

func (s *soak) report(total int, took time.Duration) {
	twice := 0
	s.answers.Range(func(_, times any) bool {
		if times.(*atomic.Int32).Load() > 1 {
			twice++
		}
		return true
	})
	lost := s.missing()
	s.t.Logf("events %d, accepted once or more often refused first %d, kills %v, lost %d, answered twice %d, in %v",
		total, s.refused.Load(), s.kills, lost, twice, took.Round(time.Second))
	if lost > 0 || twice > 0 {
		s.t.Errorf("%d accepted events were lost, %d answered twice", lost, twice)
	}
}

// startNATS starts a node and waits until it takes connections.
func startNATS(t *testing.T, config string) *child {
	t.Helper()
	c := spawn(t, []string{"TEST_PLAYS_NATS=" + config}, "nats")
	data, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`listen: "([^"]+)"`).FindStringSubmatch(string(data))[1]
	for began := time.Now(); time.Since(began) < 20*time.Second; {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			return c
		}
		time.Sleep(20 * time.Millisecond) // a port tells no other way that it is open
	}
	t.Fatal("NATS node does not start")
	return nil
}
