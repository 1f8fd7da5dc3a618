package stream

import (
	"crypto/rand"
	"crypto/subtle"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/whois24/whois24/bitrix"
)

// processUser is who another process of the bot is to the embedded server. No command can be called that.
const processUser = "whois24-process"

// Admit lets other processes of the bot in at the port of the embedded server, with all rights. It returns the address for them,
// with a password in it that was made up for this call. There has to be a port.
func (s *Stream) Admit() bitrix.Secret {
	password := bitrix.Secret(rand.Text())
	s.embedded.port.admitted.Store(&password)
	return bitrix.Secret("nats://" + processUser + ":" + password.Reveal() + "@" + s.Address())
}

// admits reports whether a process was let in.
func (p *port) admits(given *server.ClientOpts) bool {
	password := p.admitted.Load()
	return password != nil && given.Username == processUser &&
		subtle.ConstantTimeCompare([]byte(given.Password), []byte(password.Reveal())) == 1
}
