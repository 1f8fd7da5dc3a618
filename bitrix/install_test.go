package bitrix_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
)

func readForm(t *testing.T, body string) bitrix.Form {
	t.Helper()
	form, err := bitrix.ParseForm([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return form
}

// TestInstall: which forms are installations, and what they say.
func TestInstall(t *testing.T) {
	installed := bitrix.Install{
		Member: "fakemember0000000000000000000001", Refresh: "fake-refresh-admin-0001",
		ApplicationToken: "fakeapptoken00000000000000000001", Language: "ru",
	}
	for _, row := range []struct {
		name string
		form bitrix.Form
		want bitrix.Install
		ok   bool
	}{
		{"installation", parsed(t, "app-install.form"), installed, true},
		{"update", parsed(t, "app-update.form"), installed, true},
		{"test", parsed(t, "app-test.form"), bitrix.Install{}, false},
		{"removal", parsed(t, "app-uninstall.form"), bitrix.Install{}, false},
		{"message", parsed(t, "v2-message-add-private.form"), bitrix.Install{}, false},
		{"nothing", bitrix.Form{}, bitrix.Install{}, false},
		{"in small letters", readForm(t, "event=onAppInstall&auth[refresh_token]=r"), bitrix.Install{Refresh: "r"}, true},
		{"of no member", readForm(t, "event=ONAPPINSTALL&auth[member_id]=a>b"), bitrix.Install{}, true},
		{"with tokens elsewhere", readForm(t, "event=ONAPPINSTALL&data[auth][refresh_token]=r"), bitrix.Install{}, true},
	} {
		got, ok := row.form.Install()
		if ok != row.ok {
			t.Errorf("%s: %v", row.name, ok)
		}
		if got != row.want { // not by cmp, which would print masks
			t.Errorf("%s: got %+v with tokens %q, %q", row.name, got, got.Refresh.Reveal(), got.ApplicationToken.Reveal())
		}
	}
}

func TestMember(t *testing.T) {
	for body, want := range map[string]bitrix.MemberID{
		"auth[member_id]=m1":                               "m1",
		"auth[member_id]=*":                                "",
		"data[bot][auth][member_id]=m1":                    "",
		"member_id=m1":                                     "",
		"auth[member_id]=m1&data[bot][auth][member_id]=m2": "m1",
	} {
		if got := readForm(t, body).Member(); got != want {
			t.Errorf("%s: got %q", body, got)
		}
	}
}

// TestClean: only with an application's removal, and only if asked for.
func TestClean(t *testing.T) {
	if !parsed(t, "app-uninstall.form").Clean() {
		t.Error("the wish to wipe is not heard")
	}
	for _, body := range []string{
		"event=ONAPPUNINSTALL", "event=ONAPPUNINSTALL&data[CLEAN]=0", "event=ONAPPUNINSTALL&CLEAN=1", "event=ONAPPUPDATE&data[CLEAN]=1",
	} {
		if readForm(t, body).Clean() {
			t.Errorf("%s wipes", body)
		}
	}
}

// TestBotGrant: the bot's own tokens, never the author's, from events of both generations; and no host out of an event.
func TestBotGrant(t *testing.T) {
	for name, want := range map[string]string{ // the end of both tokens
		"v2-message-add-private.form":      "bot-0001",
		"v2-command-add-group.form":        "bot-0001",
		"x-hostile-endpoints.form":         "bot-0001",
		"v1-message-add-private.form":      "bot456-0001",
		"v1-message-add-two-bots.form":     "bot456-0001",
		"v1-command-add-two-commands.form": "bot456-0001",
		"v2-message-add-webhook-auth.form": "", // there is no application
		"app-install.form":                 "", // the tokens are a person's
		"v1-delete.form":                   "",
	} {
		got, ok := parsed(t, name).BotGrant()
		if want == "" {
			if ok {
				t.Errorf("%s gives %+v", name, got)
			}
			continue
		}
		full := bitrix.Grant{
			Member: "fakemember0000000000000000000001", Expires: time.Unix(1790003600, 0).UTC(),
			Access: bitrix.Secret("fake-access-" + want), Refresh: bitrix.Secret("fake-refresh-" + want),
		}
		if diff := cmp.Diff(full, got); !ok || full != got {
			t.Errorf("%s: %v, tokens %q and %q, %s", name, ok, got.Access.Reveal(), got.Refresh.Reveal(), diff)
		}
	}
}

// TestBotGrantIsWhole: half a pair of tokens is none, and another portal's is not this one's.
func TestBotGrantIsWhole(t *testing.T) {
	whole := []string{
		"event=ONIMBOTV2MESSAGEADD", "auth[member_id]=m1", "data[bot][auth][member_id]=m1",
		"data[bot][auth][access_token]=a", "data[bot][auth][refresh_token]=r",
	}
	if _, ok := readForm(t, strings.Join(whole, "&")).BotGrant(); !ok {
		t.Error("a whole one is not seen")
	}
	for i := range whole[1:] {
		part := append(append([]string{}, whole[:i+1]...), whole[i+2:]...)
		if _, ok := readForm(t, strings.Join(part, "&")).BotGrant(); ok {
			t.Errorf("taken without %s", whole[i+1])
		}
	}
	whole[1] = "auth[member_id]=m2"
	if _, ok := readForm(t, strings.Join(whole, "&")).BotGrant(); ok {
		t.Error("another portal's is taken")
	}
}
