package stream

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync/atomic"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/whois24/whois24/bitrix"
)

// port is where processes that run commands connect to the embedded server. Each may hear its own command's questions and
// answer them, and nothing else. There is no encryption: it is for one machine, or a network of one's own.
type port struct {
	host   string
	number int
	token  bitrix.Secret

	admitted atomic.Pointer[bitrix.Secret] // the password of other processes of the bot; nil: there are none
}

// newPort finds out whether the address is free: NATS itself would wait for it. Without a host it is this machine's own.
func newPort(address string, token bitrix.Secret) (*port, error) {
	if address == "" {
		return nil, nil
	}
	if token == "" {
		return nil, errors.New("command processes need a token to connect with")
	}
	host, number, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("address for command processes: %w", err)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	l, err := net.Listen("tcp", net.JoinHostPort(host, number))
	if err != nil {
		return nil, err // it names the address
	}
	defer l.Close()
	return &port{host: host, number: l.Addr().(*net.TCPAddr).Port, token: token}, nil
}

// maxConnections is how many may be connected, our own included: a NATS server takes any number if it is not told.
const maxConnections = 500

// open has a server listen.
func (p *port) open(o *server.Options) {
	if p == nil {
		return
	}
	o.DontListen = false
	o.Host, o.Port = p.host, p.number
	o.MaxConn = maxConnections
	o.CustomClientAuthentication = p
}

// Check lets in who has the token, with the rights of the commands in their user name, and this process itself.
func (p *port) Check(c server.ClientAuthentication) bool {
	if _, tcp := c.RemoteAddress().(*net.TCPAddr); !tcp { // the pipe that only this process has
		return true
	}
	given := c.GetOpts()
	if p.admits(given) {
		return true
	}
	known := subtle.ConstantTimeCompare([]byte(given.Password), []byte(p.token.Reveal())) == 1
	rights, ok := commandRights(given.Username)
	if !known || !ok {
		return false
	}
	c.RegisterUser(&server.User{Username: given.Username, Permissions: rights})
	return true
}

// Address is where command processes connect to the embedded server; empty: nowhere.
func (s *Stream) Address() string {
	if s.embedded == nil || s.embedded.port == nil {
		return ""
	}
	return net.JoinHostPort(s.embedded.port.host, strconv.Itoa(s.embedded.port.number))
}

// Shared reports whether other processes can be on the bus: on a server elsewhere, or through the port of the embedded one.
func (s *Stream) Shared() bool { return s.embedded == nil || s.embedded.port != nil }
