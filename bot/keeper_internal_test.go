package bot

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// TestWhatCountsOfAnAccess: a grant that could not be stored yet is used until somebody stores another in place of the one it
// followed from.
func TestWhatCountsOfAnAccess(t *testing.T) {
	stored := installation{Access: "a1", Refresh: "r1"}
	lost := stored
	lost.Lost = true
	next, elsewhere := installation{Access: "a2", Refresh: "r2"}, installation{Access: "a9", Refresh: "r9"}
	for name, c := range map[string]struct {
		taken    []bitrix.Grant // here, one after the other, without being stored
		told     installation   // by the vault, then
		revision uint64
		want     bitrix.Secret
	}{
		"nothing happened here":              {told: next, revision: 2, want: "a2"},
		"an old state comes late":            {told: installation{Access: "a0", Refresh: "r0"}, revision: 0, want: "a1"},
		"the vault is as before":             {taken: grants("2"), told: stored, revision: 2, want: "a2"},
		"it was stored":                      {taken: grants("2"), told: next, revision: 2, want: "a2"},
		"another process found the old dead": {taken: grants("2"), told: lost, revision: 2, want: "a2"},
		"twice renewed, none stored":         {taken: grants("2", "3"), told: stored, revision: 2, want: "a3"},
		"installed again meanwhile":          {taken: grants("2"), told: elsewhere, revision: 2, want: "a9"},
		"left meanwhile":                     {taken: grants("2"), told: stored.left(time.Now(), wipeEvents), revision: 2, want: ""},
	} {
		t.Run(name, func(t *testing.T) {
			k := &keeper{}
			k.learn(stored, 1)
			for _, g := range c.taken {
				k.take(g)
			}
			k.learn(c.told, c.revision)
			if got := k.installation().Access; got != c.want {
				t.Errorf("access is %q, want %q", got.Reveal(), c.want.Reveal())
			}
		})
	}
}

func grants(names ...string) (list []bitrix.Grant) {
	for _, n := range names {
		list = append(list, bitrix.Grant{Access: bitrix.Secret("a" + n), Refresh: bitrix.Secret("r" + n)})
	}
	return list
}

// TestAnswerIsWaitedFor: when it is time to stop, a refresh token that may be used up must not be all there is.
func TestAnswerIsWaitedFor(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"access_token":"a","refresh_token":"r","expires_in":3600,"member_id":"m",`+
			`"client_endpoint":"https://p.bitrix24.example/rest/"}`)
	}))
	defer server.Close()
	auth, err := bitrix.NewAuthServer(bitrix.AuthServerOptions{URL: server.URL + "/", HTTP: server.Client()})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	got, err := NewApplications(ApplicationsOptions{Auth: auth}).ask(ctx, "old", "m")
	if err != nil || got.Refresh != "r" {
		t.Errorf("got %+v (%v)", got, err)
	}
}

// TestKeyOfTemplates is the same for all processes, and each portal's own.
func TestKeyOfTemplates(t *testing.T) {
	a, b := NewApplications(ApplicationsOptions{Secret: "s"}), NewApplications(ApplicationsOptions{Secret: "s"})
	other := NewApplications(ApplicationsOptions{Secret: "another"})
	key := a.templateKey("p")
	if key != b.templateKey("p") || key == a.templateKey("q") || key == other.templateKey("p") || len(key) != 64 {
		t.Errorf("key is %q", key.Reveal())
	}
}

// TestInstallationIsStoredWhole: what is read is what was written, secrets included.
func TestInstallationIsStoredWhole(t *testing.T) {
	want := installation{
		Endpoint: "https://a.example/rest/", Access: "a", Refresh: "r", Expires: time.Unix(1790000000, 0).UTC(), Token: "t",
		Lost: true, Left: time.Unix(1790000001, 0).UTC(), Wipe: wipeAll,
	}.seen("first").seen("second")
	text, err := want.encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := decodeInstallation(text)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := got.encode(); string(again) != string(text) || got.Refresh != "r" || !got.saw("first") || got.saw("third") {
		t.Errorf("written %s, read %s", text, again)
	}
	if _, err := decodeInstallation([]byte("{")); err == nil {
		t.Error("half an entry is read")
	}
}

// TestSeenInstallationsAreBounded keeps the newest.
func TestSeenInstallationsAreBounded(t *testing.T) {
	var i installation
	for n := range 3 * maxSeen {
		i = i.seen(bitrix.Secret(rune('a' + n)))
	}
	if len(i.Seen) != maxSeen || !i.saw(bitrix.Secret(rune('a'+3*maxSeen-1))) || i.saw("a") {
		t.Errorf("%d are remembered", len(i.Seen))
	}
}
