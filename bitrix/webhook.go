package bitrix

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Webhook is an incoming webhook: where a portal is, and the credential to call it with the rights of the
// person who made it. The zero Webhook leads nowhere.
type Webhook struct {
	scheme, host string
	user         UserID
	code         sealed // nil in the zero Webhook
}

// webhookPath is what follows the host in an address as Bitrix24 shows it.
var webhookPath = regexp.MustCompile(`^/rest/([1-9][0-9]{0,17})/([0-9A-Za-z_-]+)(/?)(.*)$`)

// ParseWebhook reads the address of an incoming webhook, https://portal/rest/1/code/, as Bitrix24 shows it in
// the webhook's settings. Plain http is taken for this machine only. The error says what is wrong and what to
// write instead; it repeats nothing of the address, which is a secret.
func ParseWebhook(raw string) (Webhook, error) {
	w, err := parseWebhook(raw)
	if err != nil {
		return Webhook{}, fmt.Errorf("webhook address: %w; expected is https://<portal>/rest/<user id>/<code>/", err)
	}
	return w, nil
}

func parseWebhook(raw string) (Webhook, error) {
	if strings.ContainsFunc(raw, func(r rune) bool { return r <= ' ' || r == '\u00a0' }) {
		return Webhook{}, errors.New("it holds spaces or line breaks: remove them")
	}
	u, err := url.Parse(raw)
	if err != nil { // not wrapped: url.Error repeats the address
		return Webhook{}, errors.New("it is not a URL")
	}
	if err := checkOrigin(u); err != nil {
		return Webhook{}, err
	}
	user, code, err := splitPath(u.EscapedPath())
	if err != nil {
		return Webhook{}, err
	}
	return Webhook{u.Scheme, strings.ToLower(u.Host), user, seal(code)}, nil
}

func checkOrigin(u *url.URL) error {
	switch {
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())):
		return errors.New("it has to begin with https:// (http:// is for this machine only)")
	case u.Hostname() == "":
		return errors.New("it names no host")
	case u.User != nil:
		return errors.New("it holds a user name before the host: remove it")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return errors.New(`it goes on with "?" or "#": cut it there`)
	}
	return nil
}

func splitPath(path string) (UserID, Secret, error) {
	parts := webhookPath.FindStringSubmatch(path)
	if parts == nil {
		return 0, "", errors.New("its path is not /rest/<user id>/<code>/")
	}
	if parts[4] != "" {
		return 0, "", errors.New("it goes on after the code, perhaps with a method's name: cut it there")
	}
	if parts[3] == "" {
		return 0, "", errors.New("the slash at its end is missing: add it")
	}
	user, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return 0, "", errors.New("its user id is too long")
	}
	return UserID(user), Secret(parts[2]), nil
}

func loopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// String is the address without its secret, https://portal/rest/***.
func (w Webhook) String() string {
	if w.code == nil {
		return ""
	}
	return w.scheme + "://" + w.host + "/rest/" + masked
}

// GoString is String.
func (w Webhook) GoString() string { return w.String() }

// Host is the portal's host, in lower case, with its port if it has one.
func (w Webhook) Host() string { return w.host }

// User is whose rights the webhook has; 0 for the zero Webhook.
func (w Webhook) User() UserID { return w.user }

// base is the address that methods' names are put behind; nil for the zero Webhook.
func (w Webhook) base() *url.URL {
	if w.code == nil {
		return nil
	}
	return &url.URL{Scheme: w.scheme, Host: w.host, Path: fmt.Sprintf("/rest/%d/%s/", w.user, w.code())}
}

// BotToken is the secret by which a bot made through this webhook is known to be ours, sent with every bot
// call. It is derived from the webhook's code, so it needs no storing, and a new code means a new bot. 40 hex
// characters: a portal takes no longer ones.
func (w Webhook) BotToken() Secret {
	if w.code == nil {
		return ""
	}
	mac := hmac.New(sha256.New, []byte(w.code()))
	mac.Write([]byte("whois24 bot token"))
	return Secret(hex.EncodeToString(mac.Sum(nil))[:40])
}

// ApplicationToken is what the portal puts into the events of a bot that was registered through an incoming
// webhook with botToken: there is no application, so the portal makes a token up.
func ApplicationToken(botToken Secret) Secret {
	const longest = 50 // characters; the portal cuts the rest off
	token := "custom" + botToken.Reveal()
	return Secret(token[:min(len(token), longest)])
}
