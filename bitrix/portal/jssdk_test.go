package portal_test

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// sdkFolder holds the official JavaScript SDK, once `npm ci` was run there, and what is done with it. Of the emulator
// it takes: methods below the webhook, and at /rest//method with two slashes, for it puts its own between an endpoint
// and a method; POST /oauth/token/ with a form; batch with commands as a list or by name; server.time for its health
// check, profile and app.info for its helpers. Of its versions of REST this is 2; there is no /rest/api here.
const sdkFolder = "testdata/jssdk"

// newSecurePortal starts a portal and its authorization server behind TLS: the SDK takes no other webhooks.
func newSecurePortal(t *testing.T) (*portal.Portal, *portal.AuthServer, *httptest.Server) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	base := "https://" + server.Listener.Addr().String()
	auth := newAuth(func(o *portal.AuthServerOptions) { o.BaseURL = base })
	p := portal.New(portal.Options{BaseURL: base, Auth: auth})
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/oauth/") {
			auth.ServeHTTP(w, r)
			return
		}
		p.ServeHTTP(w, r)
	})
	server.StartTLS()
	t.Cleanup(server.Close)
	t.Cleanup(p.Close)
	return p, auth, server
}

// runSDK runs a script of the SDK's folder, which trusts the server, with JSON for input and output.
func runSDK(t *testing.T, server *httptest.Server, script string, input, output any) {
	t.Helper()
	in, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	authority := filepath.Join(t.TempDir(), "ca.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(authority, certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	node := exec.CommandContext(t.Context(), findNode(t), script)
	node.Dir = sdkFolder
	node.Env = []string{"NODE_EXTRA_CA_CERTS=" + authority} // and no proxies
	var out, problems bytes.Buffer
	node.Stdin, node.Stdout, node.Stderr = bytes.NewReader(in), &out, &problems
	if err := node.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, problems.String())
	}
	if err := json.Unmarshal(out.Bytes(), output); err != nil {
		t.Fatalf("%s: %v in %s", script, err, out.String())
	}
}

// findNode finds Node.js. Without it, or without the SDK, the test is skipped, but fails where CI=true: there both
// must be.
func findNode(t *testing.T) string {
	t.Helper()
	giveUp := t.Skip
	if os.Getenv("CI") == "true" {
		giveUp = t.Fatal
	}
	node, err := exec.LookPath("node")
	if err != nil {
		giveUp("no Node.js found: the official JavaScript SDK is not tried")
	}
	if _, err := os.Stat(sdkFolder + "/node_modules/@bitrix24/b24jssdk"); err != nil {
		giveUp("the official JavaScript SDK is not tried: run npm ci in bitrix/portal/" + sdkFolder)
	}
	return node
}

func TestJavaScriptSDKByWebhook(t *testing.T) {
	p, _, server := newSecurePortal(t)
	type output struct {
		Alive       bool
		Name, Anna  string
		Departments int
		BatchErrors []string
		Listed      []bitrix.UserID
		Refusal     string
		NoMethod    string
	}
	var got output
	runSDK(t, server, "webhook.mjs", map[string]string{"webhook": p.WebhookURL()}, &got)
	want := output{
		Alive: true, Name: "Евгений Шеленков", Anna: "Анна Тестова", Departments: 2,
		BatchErrors: []string{"User is not exists"}, Listed: []bitrix.UserID{eugene, anna},
		Refusal: "400 USER_NOT_EXISTS", NoMethod: "404 ERROR_METHOD_NOT_FOUND",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestJavaScriptSDKByApplication(t *testing.T) {
	for name, c := range map[string]struct {
		expired  bool
		renewals int
	}{
		"with the token of the installation": {false, 0},
		"with one that has expired":          {true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			p, auth, server := newSecurePortal(t)
			g := install(t, p, newSink(t))
			if c.expired {
				p.ExpireTokens()
			}
			var got struct {
				Renewed, Profile     int
				Users                []bitrix.UserID
				Admin                bool
				Code, Status, Access string
				Bot                  bitrix.BotID
			}
			runSDK(t, server, "oauth.mjs", sdkInput(auth, g), &got)
			if diff := cmp.Diff([]bitrix.UserID{eugene, anna, oleg, guest}, got.Users); diff != "" {
				t.Errorf("users (-want +got):\n%s", diff)
			}
			if got.Renewed != c.renewals || auth.Renewals(p.MemberID()) != c.renewals {
				t.Errorf("%d renewals of %d, want %d", auth.Renewals(p.MemberID()), got.Renewed, c.renewals)
			}
			if changed := got.Access != g.Access; changed != c.expired {
				t.Errorf("another token: %t", changed)
			}
			if !got.Admin || got.Profile != 1 || got.Code != auth.ClientID() || got.Status != "L" {
				t.Errorf("got %+v", got)
			}
			if who, _ := p.Person(bitrix.UserID(got.Bot)); !who.Bot || who.First != "SDK" {
				t.Errorf("bot %d is %+v", got.Bot, who)
			}
		})
	}
}

// sdkInput spells the event of the installation as the SDK wants it, which says itself that it comes from there.
func sdkInput(auth *portal.AuthServer, g grant) map[string]any {
	of := func(key string) string { return g.form.Get("auth[" + key + "]") }
	return map[string]any{
		"secret": map[string]string{"clientId": auth.ClientID(), "clientSecret": auth.ClientSecret()},
		"grant": map[string]any{
			"applicationToken": g.ApplicationToken,
			"accessToken":      g.Access,
			"refreshToken":     g.Refresh,
			"memberId":         of("member_id"),
			"userId":           json.Number(of("user_id")),
			"expires":          json.Number(of("expires")),
			"expiresIn":        json.Number(of("expires_in")),
			"scope":            of("scope"),
			"domain":           of("domain"),
			"clientEndpoint":   of("client_endpoint"),
			"serverEndpoint":   of("server_endpoint"),
			"status":           of("status"),
		},
	}
}
