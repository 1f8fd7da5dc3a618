package bitrix

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

const askForAddress = "open the portal in a browser and set the webhook address to the one it has now"

func redirects(status int) bool {
	return status >= http.StatusMultipleChoices && status < http.StatusBadRequest
}

// newAddress says where a request to target is to be posted again. A renamed portal answers 302, after which
// net/http would GET and lose the body. The token is in the path, so only few hosts may have it: the same
// one, or another name in the same Bitrix24 zone (a.bitrix24.eu for b.bitrix24.eu), and never by plain http
// what was asked by https.
func newAddress(target *url.URL, location string) (*url.URL, error) {
	to, err := target.Parse(location)
	if err != nil || location == "" {
		return nil, errors.New("the portal redirects without saying where to; " + askForAddress)
	}
	moved := *target
	switch {
	case to.Scheme != target.Scheme || to.User != nil:
	case strings.EqualFold(to.Host, target.Host):
		moved.Path = to.Path
		return &moved, nil
	case sameZone(target.Host, to.Host):
		moved.Host = strings.ToLower(to.Host) // only the name changed: the path stays ours
		return &moved, nil
	}
	return nil, fmt.Errorf("the portal redirects to %s://%s, which gets no token unasked; %s", to.Scheme, to.Host, askForAddress)
}

// sameZone reports whether both hosts are portals in one zone of the cloud, such as bitrix24.eu.
func sameZone(a, b string) bool {
	_, zone, _ := strings.Cut(strings.ToLower(a), ".")
	name, other, _ := strings.Cut(strings.ToLower(b), ".")
	return strings.HasPrefix(zone, "bitrix24.") && zone == other && name != ""
}
