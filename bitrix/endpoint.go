package bitrix

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// Endpoint is where an application calls a portal: https://portal/rest/. The zero Endpoint leads nowhere.
type Endpoint string

// hostName is a name, with a port perhaps. Its last label begins with a letter, so that no spelling of an IP
// address is one (http://2130706433/ is this machine).
var hostName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z]([a-z0-9-]*[a-z0-9])?(:[0-9]{1,5})?$`)

// ParseEndpoint checks an address, which comes from the authorization server: https and a name. Plain http and an
// IP address are taken for this machine only.
func ParseEndpoint(raw string) (Endpoint, error) {
	u, err := Endpoint(raw).parse()
	if err != nil {
		return "", err
	}
	return Endpoint(u.String()), nil
}

func (e Endpoint) parse() (*url.URL, error) {
	u, err := parseEndpoint(string(e))
	if err != nil {
		return nil, fmt.Errorf("address of the portal's REST interface: %w; expected is https://<portal>/rest/", err)
	}
	return u, nil
}

func parseEndpoint(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil { // not wrapped: url.Error repeats the address
		return nil, errors.New("it is not a URL")
	}
	u.Host = strings.ToLower(u.Host)
	if err := checkOrigin(u); err != nil {
		return nil, err
	}
	if !loopback(u.Hostname()) && !hostName.MatchString(u.Host) {
		return nil, errors.New("its host is not a name")
	}
	if u.EscapedPath() != "/rest/" {
		return nil, errors.New("its path is not /rest/")
	}
	return u, nil
}

// Host is the portal's host, in lower case, with its port if it has one; "" for what is no Endpoint.
func (e Endpoint) Host() string {
	u, err := e.parse()
	if err != nil {
		return ""
	}
	return u.Host
}
