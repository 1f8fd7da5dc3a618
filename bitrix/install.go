package bitrix

import (
	"slices"
	"strings"
	"time"
)

// Install is what a form says of an application's installation on a portal. Nothing of it is proven until the
// authorization server has taken its refresh token. What the form lacks, or writes as no portal does, is "".
type Install struct {
	Member           MemberID
	Refresh          Secret
	ApplicationToken Secret
	Language         string
}

// Install reads the form of an installation or update; ok is false for any other form.
func (f Form) Install() (i Install, ok bool) {
	if kind := f.kind(); kind != AppInstall && kind != AppUpdate {
		return Install{}, false
	}
	return Install{
		Member:           f.Member(),
		Refresh:          Secret(f.Text("auth[refresh_token]")),
		ApplicationToken: f.ApplicationToken(),
		Language:         f.Text("data[LANGUAGE_ID]"),
	}, true
}

// Member is the portal that the form claims to be from; "" if it names none.
func (f Form) Member() MemberID {
	member, err := ParseMemberID(f.Text("auth[member_id]"))
	if err != nil {
		return ""
	}
	return member
}

// Clean reports whether who uninstalls the application wants its data wiped.
func (f Form) Clean() bool { return f.kind() == AppUninstall && f.flag("data[CLEAN]") }

// BotGrant is the bot's own access that came along with an event; ok is false where there is none. It has no Endpoint:
// events name hosts that anybody may have written, and only the authorization server's word counts.
func (f Form) BotGrant() (g Grant, ok bool) {
	places := []string{"data[bot][auth]"}
	for _, list := range []string{"data[BOT]", "data[COMMAND]"} { // API v1: by id of the bot, of the command
		for _, id := range v1Parts(f, list) {
			places = append(places, list+"["+id+"]")
		}
	}
	i := slices.IndexFunc(places, f.grants)
	if i < 0 {
		return Grant{}, false
	}
	at := places[i]
	return Grant{
		Member:  f.Member(),
		Access:  Secret(f.Text(at + "[access_token]")),
		Refresh: Secret(f.Text(at + "[refresh_token]")),
		Expires: expiry(f.number(at+"[expires]"), f.number(at+"[expires_in]"), time.Now()),
	}, true
}

// grants reports whether there is a pair of tokens at a place, for the portal that the form as a whole is from.
func (f Form) grants(at string) bool {
	member := f.Text("auth[member_id]")
	ours := member != "" && f.Text(at+"[member_id]") == member
	return ours && f.Text(at+"[access_token]") != "" && f.Text(at+"[refresh_token]") != ""
}

func (f Form) kind() Kind { return kinds[strings.ToUpper(f.Name())].kind }
