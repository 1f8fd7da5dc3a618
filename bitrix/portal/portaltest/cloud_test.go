package portaltest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

func TestCloudKnowsItsPortalsByName(t *testing.T) {
	cloud := portaltest.NewCloud(t, portal.AuthServerOptions{})
	one, two := cloud.Portal(t, "one", portal.Options{}), cloud.Portal(t, "two", portal.Options{})
	if one.MemberID() == two.MemberID() {
		t.Error("both portals have the same name for ever")
	}
	client := &http.Client{
		Transport:     cloud.Transport(t),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	get := func(address string) (status int, location string) {
		answer, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		_, _ = io.Copy(io.Discard, answer.Body)
		return answer.StatusCode, answer.Header.Get("Location")
	}
	old := two.WebhookURL() + "server.time"
	cloud.Rename(two, "three")
	for _, c := range []struct {
		address, location string
		status            int
	}{
		{one.WebhookURL() + "server.time", "", 200},
		{old, two.WebhookURL() + "server.time", 302},
		{two.WebhookURL() + "server.time", "", 200},
		{strings.Replace(old, "two", "nobody", 1), "", 404},
		{cloud.Auth.URL() + "oauth/token/", "", 400},
	} {
		if status, location := get(c.address); status != c.status || location != c.location {
			t.Errorf("%s: %d %s", c.address, status, location)
		}
	}
	if len(one.Calls()) != 1 || len(two.Calls()) != 2 {
		t.Errorf("calls: %v, %v", one.Calls(), two.Calls())
	}
}

func TestCloudsPortalsShareTheAuthServer(t *testing.T) {
	cloud := portaltest.NewCloud(t, portal.AuthServerOptions{})
	inside, outside := cloud.Portal(t, "inside", portal.Options{}), portaltest.New(t, portal.Options{Auth: cloud.Auth})
	for _, p := range []*portal.Portal{inside, outside} {
		code, err := p.Authorize(1)
		if err != nil {
			t.Fatal(err)
		}
		query := url.Values{
			"grant_type": {"authorization_code"}, "code": {code},
			"client_id": {cloud.Auth.ClientID()}, "client_secret": {cloud.Auth.ClientSecret()},
		}
		client := &http.Client{Transport: cloud.Transport(t)}
		answer, err := client.Get(cloud.Auth.URL() + "oauth/token/?" + query.Encode())
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		var grant struct {
			Member   string `json:"member_id"`
			Endpoint string `json:"client_endpoint"`
		}
		if err := json.NewDecoder(answer.Body).Decode(&grant); err != nil {
			t.Fatal(err)
		}
		if grant.Member != string(p.MemberID()) || !strings.HasPrefix(p.WebhookURL(), grant.Endpoint) {
			t.Errorf("got %+v for %s", grant, p.WebhookURL())
		}
	}
}
