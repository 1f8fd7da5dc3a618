package bitrix_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/whois24/whois24/bitrix"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// canary stands for the webhook's code: it must never be seen outside a request.
const canary = "canary0webhook0code"

// transport answers requests without a network.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// portalAt makes a client of a portal that is played by answer.
func portalAt(t testing.TB, host string, answer transport) *bitrix.Client {
	t.Helper()
	return portalOf(t, host, bitrix.APIv2, answer)
}

// portalOf is as portalAt, for one of the generations of the bot API.
func portalOf(t testing.TB, host string, api bitrix.API, answer transport) *bitrix.Client {
	t.Helper()
	webhook, err := bitrix.ParseWebhook("https://" + host + "/rest/1/" + canary + "/")
	if err != nil {
		t.Fatal(err)
	}
	return bitrix.NewClient(bitrix.ClientOptions{
		Webhook:  webhook,
		BotToken: "fake-bot-token",
		API:      api,
		HTTP:     &http.Client{Transport: answer},
	})
}

// answering makes a client of a portal that always says the same.
func answering(t testing.TB, status int, body string) *bitrix.Client {
	t.Helper()
	return portalAt(t, "demo-portal.bitrix24.example", func(*http.Request) (*http.Response, error) {
		return response(status, body), nil
	})
}

// recording is as answering, and keeps what was asked last.
func recording(t testing.TB, body string) (*bitrix.Client, *asked) {
	t.Helper()
	return recordingOf(t, bitrix.APIv2, body)
}

// recordingOf is as recording, for one of the generations of the bot API.
func recordingOf(t testing.TB, api bitrix.API, body string) (*bitrix.Client, *asked) {
	t.Helper()
	var last asked
	return portalOf(t, "demo-portal.bitrix24.example", api, func(r *http.Request) (*http.Response, error) {
		last.read(t, r)
		return response(http.StatusOK, body), nil
	}), &last
}

// asked is a request as a portal sees it.
type asked struct {
	Method string
	Params string // JSON with sorted keys
	header http.Header
}

func (a *asked) read(t testing.TB, r *http.Request) {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	a.Method = strings.TrimPrefix(r.URL.Path, "/rest/1/"+canary+"/")
	a.Params = sorted(t, string(body))
	a.header = r.Header
}

// sorted writes JSON in one line with sorted keys.
func sorted(t testing.TB, text string) string {
	t.Helper()
	var tree any
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	out, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func response(status int, body string, header ...string) *http.Response {
	h := http.Header{}
	for i := 0; i < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body))}
}

func fixture(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/rest/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
