package remote

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"
)

// settings are the checked values of the flags.
type settings struct {
	nats  string
	creds string
	token string
}

const helpPage = `%[1]s runs commands of Whois24 in a process of their own, over NATS. Run it as often as you like: the processes
share the questions.

    WHOIS24_COMMAND_TOKEN=demo %[1]s --nats nats://127.0.0.1:4222

--nats URLS            of the bot's NATS, several separated by commas (WHOIS24_NATS)
--nats-creds FILE      of NATS credentials, if it wants them (WHOIS24_NATS_CREDS)
--command-token TOKEN  as the bot was given it, if it was: the password, with the command's name as the user; a secret
                       (WHOIS24_COMMAND_TOKEN, or WHOIS24_COMMAND_TOKEN_FILE names a file that holds it)
`

func (p program) help(w io.Writer) { fmt.Fprintf(w, helpPage, p.name) }

// readSettings reads flags, and what they do not say from the environment. Its errors hold no values: there are passwords in
// them.
func readSettings(args []string, getenv func(string) string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	flags.StringVar(&s.nats, "nats", getenv("WHOIS24_NATS"), "")
	flags.StringVar(&s.creds, "nats-creds", getenv("WHOIS24_NATS_CREDS"), "")
	flags.StringVar(&s.token, "command-token", getenv("WHOIS24_COMMAND_TOKEN"), "")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if flags.NArg() > 0 {
		return s, fmt.Errorf("takes no arguments, but got %d; --help lists the flags", flags.NArg())
	}
	if file := getenv("WHOIS24_COMMAND_TOKEN_FILE"); s.token == "" && file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return s, fmt.Errorf("--command-token: WHOIS24_COMMAND_TOKEN_FILE: %w", err)
		}
		s.token = strings.TrimSpace(string(data))
	}
	return s, s.check()
}

func (s settings) check() error {
	if s.nats == "" {
		return errors.New("--nats: is needed: the address of the bot's NATS, like nats://127.0.0.1:4222")
	}
	for server := range strings.SplitSeq(s.nats, ",") {
		u, err := url.Parse(strings.TrimSpace(server))
		if err != nil || !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme) || u.Host == "" {
			return errors.New("--nats: has an address that is not like nats://host:4222; several are separated by commas")
		}
	}
	if s.creds != "" {
		if _, err := os.Stat(s.creds); err != nil {
			return fmt.Errorf("--nats-creds: %w", err)
		}
	}
	return nil
}

// connect connects to NATS in the name of the commands, or goes on trying. Wherever NATS is away it waits.
func (s settings) connect(names []string, log zerolog.Logger) (*nats.Conn, error) {
	user := strings.Join(names, "+")
	opts := []nats.Option{
		nats.Name(serviceName(user)),
		nats.MaxReconnects(-1),
		nats.RetryOnFailedConnect(true),
		nats.ReconnectWait(time.Second),
		nats.ConnectHandler(func(c *nats.Conn) { log.Info().Str("nats", c.ConnectedUrlRedacted()).Msg("nats connected") }),
		nats.ReconnectErrHandler(func(_ *nats.Conn, err error) { log.Warn().Err(err).Msg("waiting for nats") }),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil { // nil when we close it
				log.Warn().Err(err).Msg("nats disconnected")
			}
		}),
		nats.ReconnectHandler(func(*nats.Conn) { log.Info().Msg("nats reconnected") }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { log.Error().Err(err).Msg("nats error") }),
	}
	if s.creds != "" {
		opts = append(opts, nats.UserCredentials(s.creds))
	}
	if s.token != "" {
		opts = append(opts, nats.UserInfo(user, s.token))
	}
	conn, err := nats.Connect(s.nats, opts...)
	if err != nil {
		return nil, errors.New("--nats: cannot be used; look at its addresses and the credentials")
	}
	return conn, nil
}
