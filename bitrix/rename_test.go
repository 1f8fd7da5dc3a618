package bitrix_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

// renamed plays portals that have moved: requests to a host that is named here are sent to another one. It writes down
// what it is asked, less the token.
type renamed struct {
	to    map[string]string
	asked []string
}

func (p *renamed) roundTrip(r *http.Request) (*http.Response, error) {
	body, _ := io.ReadAll(r.Body)
	masks := strings.NewReplacer(token(1).Reveal(), "T1", token(2).Reveal(), "T2", canary, "CODE")
	p.asked = append(p.asked, masks.Replace(r.Method+" "+r.URL.Host+r.URL.Path+" "+string(body)))
	if to, ok := p.to[r.URL.Host]; ok {
		return response(http.StatusFound, "", "Location", "https://"+to+"/rest/im.user.get.json"), nil
	}
	return response(http.StatusOK, `{"result":1}`), nil
}

func call(t *testing.T, c *bitrix.Client, id int) {
	t.Helper()
	if err := c.Call(t.Context(), "im.user.get", map[string]int{"ID": id}, nil); err != nil {
		t.Fatal(err)
	}
}

// TestRenamedPortal: the call is posted again with its body where the portal is now, and the old address is asked no
// more.
func TestRenamedPortal(t *testing.T) {
	webhook, err := bitrix.ParseWebhook("https://old.bitrix24.example/rest/1/" + canary + "/")
	if err != nil {
		t.Fatal(err)
	}
	k := newKeeper()
	k.endpoint = "https://old.bitrix24.example/rest/"
	for _, row := range []struct {
		name, path, auth, before string
		options                  bitrix.ClientOptions
	}{
		{"webhook", "/rest/1/CODE/im.user.get", "", "old.bitrix24.example", bitrix.ClientOptions{Webhook: webhook}},
		{"application", "/rest/im.user.get", `,"auth":"T1"`, "", bitrix.ClientOptions{Tokens: k}},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := &renamed{to: map[string]string{"old.bitrix24.example": "new.bitrix24.example"}}
			row.options.HTTP = &http.Client{Transport: transport(p.roundTrip)}
			c := bitrix.NewClient(row.options)
			if got := c.Host(); got != row.before {
				t.Errorf("at %q before the first call", got)
			}
			for id := range 3 {
				call(t, c, id)
			}
			want := func(name string, id int) string {
				return fmt.Sprintf(`POST %s.bitrix24.example%s {"ID":%d%s}`, name, row.path, id, row.auth)
			}
			if diff := cmp.Diff([]string{want("old", 0), want("new", 0), want("new", 1), want("new", 2)}, p.asked); diff != "" {
				t.Error(diff)
			}
			if got := c.Host(); got != "new.bitrix24.example" {
				t.Errorf("at %q in the end", got)
			}
		})
	}
}

// TestRenamedAgain: once more, and back to the first name.
func TestRenamedAgain(t *testing.T) {
	p := &renamed{to: map[string]string{"one.bitrix24.example": "two.bitrix24.example"}}
	c := portalAt(t, "one.bitrix24.example", p.roundTrip)
	call(t, c, 1)
	p.to["two.bitrix24.example"] = "three.bitrix24.example"
	call(t, c, 2)
	if got := c.Host(); got != "three.bitrix24.example" {
		t.Errorf("at %s", got)
	}
	p.to = map[string]string{"three.bitrix24.example": "one.bitrix24.example"}
	call(t, c, 3)
	call(t, c, 4)
	var hosts []string
	for _, asked := range p.asked {
		hosts = append(hosts, strings.TrimSuffix(asked[:strings.IndexByte(asked, '/')], ".bitrix24.example"))
	}
	want := []string{"POST one", "POST two", "POST two", "POST three", "POST three", "POST one", "POST one"}
	if diff := cmp.Diff(want, hosts); diff != "" {
		t.Error(diff)
	}
}

// TestAccessNamesAnotherHost: the authorization server knows where a portal is, better than any redirect before.
func TestAccessNamesAnotherHost(t *testing.T) {
	k := newKeeper()
	k.endpoint = "https://old.bitrix24.example/rest/"
	p := &renamed{to: map[string]string{"old.bitrix24.example": "new.bitrix24.example"}}
	c := bitrix.NewClient(bitrix.ClientOptions{Tokens: k, HTTP: &http.Client{Transport: transport(p.roundTrip)}})
	call(t, c, 1)
	k.endpoint = "https://crm.example.com/rest/"
	if _, err := k.expire().Renew(t.Context(), token(1)); err != nil {
		t.Fatal(err)
	}
	call(t, c, 2)
	if diff := cmp.Diff(`POST crm.example.com/rest/im.user.get {"ID":2,"auth":"T2"}`, p.asked[len(p.asked)-1]); diff != "" {
		t.Error(diff)
	}
	if got := c.Host(); got != "crm.example.com" {
		t.Errorf("at %s", got)
	}
}

// TestRenamedPortalRefuses: a host that was only tried is not remembered.
func TestRenamedPortalRefuses(t *testing.T) {
	p := &renamed{to: map[string]string{"old.bitrix24.example": "new.bitrix24.example"}}
	away := true
	c := portalAt(t, "old.bitrix24.example", func(r *http.Request) (*http.Response, error) {
		resp, err := p.roundTrip(r)
		if away && r.URL.Host == "new.bitrix24.example" {
			return nil, io.ErrUnexpectedEOF
		}
		return resp, err
	})
	if err := c.Call(t.Context(), "scope", nil, nil); err == nil || c.Host() != "old.bitrix24.example" {
		t.Errorf("%v, at %s", err, c.Host())
	}
	away = false
	call(t, c, 1)
	if got := c.Host(); got != "new.bitrix24.example" {
		t.Errorf("at %s", got)
	}
}

// TestExpiredAfterRename: the new host is asked with the new token, and the old one is not asked again.
func TestExpiredAfterRename(t *testing.T) {
	k := newKeeper().expire()
	k.endpoint = "https://old.bitrix24.example/rest/"
	p := &renamed{to: map[string]string{"old.bitrix24.example": "new.bitrix24.example"}}
	c := bitrix.NewClient(bitrix.ClientOptions{Tokens: k, HTTP: &http.Client{
		Transport: transport(func(r *http.Request) (*http.Response, error) {
			resp, err := p.roundTrip(r)
			if asked := p.asked[len(p.asked)-1]; strings.Contains(asked, "new.") && strings.Contains(asked, "T1") {
				return response(http.StatusUnauthorized, `{"error":"expired_token"}`), nil
			}
			return resp, err
		}),
	}})
	call(t, c, 5)
	want := []string{
		`POST old.bitrix24.example/rest/im.user.get {"ID":5,"auth":"T1"}`,
		`POST new.bitrix24.example/rest/im.user.get {"ID":5,"auth":"T1"}`,
		`POST new.bitrix24.example/rest/im.user.get {"ID":5,"auth":"T2"}`,
	}
	if diff := cmp.Diff(want, p.asked); diff != "" {
		t.Error(diff)
	}
}
