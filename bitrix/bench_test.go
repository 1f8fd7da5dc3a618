package bitrix_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/whois24/whois24/bitrix"
)

// BenchmarkLoneCall compares a call that finds nothing to wait for with the bare HTTP request, over a transport
// that answers at once: the difference is what the client adds.
func BenchmarkLoneCall(b *testing.B) {
	const body = `{"result":{"id":5,"name":"Евгений Шеленков"}}`
	instant := transport(func(*http.Request) (*http.Response, error) { return response(http.StatusOK, body), nil })
	b.Run("http", func(b *testing.B) {
		h := &http.Client{Transport: instant}
		for b.Loop() {
			resp, err := h.Post("https://demo.bitrix24.example/rest/1/code/im.user.get", "application/json", strings.NewReader(`{"ID":5}`))
			if err != nil {
				b.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
		}
	})
	b.Run("client", func(b *testing.B) {
		c := unlimited(b, instant)
		for b.Loop() {
			if _, err := c.User(b.Context(), 5); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkCompany is the cost of one of 1000 calls that wait at the same time.
func BenchmarkCompany(b *testing.B) {
	p := &crowd{posted: map[string][]string{}}
	c := unlimited(b, func(r *http.Request) (*http.Response, error) {
		cmds, batch := commandsOf(r)
		p.mu.Lock()
		defer p.mu.Unlock()
		return response(http.StatusOK, p.run(cmds, batch)), nil
	})
	for name, call := range map[string]func(id bitrix.UserID) error{
		"look-ups": func(id bitrix.UserID) error {
			_, err := c.User(b.Context(), id)
			return err
		},
		"messages": func(id bitrix.UserID) error {
			_, err := c.SendMessage(b.Context(), bitrix.Message{Dialog: bitrix.PrivateDialog(id), Text: "!"})
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				thousand(b, call)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/call")
		})
	}
}

func thousand(b *testing.B, call func(id bitrix.UserID) error) {
	b.Helper()
	var all sync.WaitGroup
	for id := range bitrix.UserID(1000) {
		all.Go(func() {
			if err := call(id + 1); err != nil {
				b.Error(err)
			}
		})
	}
	all.Wait()
}

func unlimited(b *testing.B, answer transport) *bitrix.Client {
	b.Helper()
	webhook, err := bitrix.ParseWebhook("https://demo.bitrix24.example/rest/1/code/")
	if err != nil {
		b.Fatal(err)
	}
	return bitrix.NewClient(bitrix.ClientOptions{
		Webhook: webhook, API: bitrix.APIv2, Rate: 1e9, Burst: 1e9, HTTP: &http.Client{Transport: answer},
	})
}
