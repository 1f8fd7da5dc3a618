package bitrix

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

func redirects(status int) bool {
	return status >= http.StatusMultipleChoices && status < http.StatusBadRequest
}

// gone is a portal that sends us where we do not follow. A person has to say where it is now.
func (v visit) gone(method string, status int, how string) *Error {
	toDo := "open the portal in a browser and set the webhook address to the one it has now"
	if v.client.ofApplication() {
		toDo = "install the application on the portal again"
	}
	return &Error{Method: method, Status: status, Text: v.auth.secrets().hide(how) + "; " + toDo}
}

// newAddress says where a request to target is to be posted again. A renamed portal answers 302, after which
// net/http would GET and lose the body. The request holds a token, so only few hosts may have it: the same
// one, or another name in the same Bitrix24 zone (a.bitrix24.eu for b.bitrix24.eu), and never by plain http
// what was asked by https.
func newAddress(target *url.URL, location string) (*url.URL, error) {
	to, err := target.Parse(location)
	if err != nil || location == "" {
		return nil, errors.New("the portal redirects without saying where to")
	}
	moved := *target
	switch {
	case to.Scheme != target.Scheme || to.User != nil:
	case strings.EqualFold(to.Host, target.Host):
		moved.Path = to.Path
		return &moved, nil
	case sameZone(target, to):
		moved.Host = strings.ToLower(to.Host) // only the name changed: the path stays ours
		return &moved, nil
	}
	return nil, fmt.Errorf("the portal redirects to %s://%s, which gets no token unasked", to.Scheme, to.Host)
}

// sameZone reports whether both are portals in one zone of the cloud, such as bitrix24.eu, or both on this machine.
func sameZone(a, b *url.URL) bool {
	if loopback(a.Hostname()) {
		return loopback(b.Hostname())
	}
	_, zone, _ := strings.Cut(strings.ToLower(a.Host), ".")
	name, other, _ := strings.Cut(strings.ToLower(b.Host), ".")
	return strings.HasPrefix(zone, "bitrix24.") && zone == other && name != ""
}
