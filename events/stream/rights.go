package stream

import (
	"regexp"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

var commandName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`) // as package commands has them

// maxCommands is how many commands one process may be there for.
const maxCommands = 20

const (
	// An answer is bounded to two minutes, and one process says each second that it is at work on one.
	answersPerQuestion = 1000
	answersFor         = 3 * time.Minute
)

// commandRights are those of a process by its user name: the command's name, or several with + between. It may hear what is said
// to its commands, and send nothing but answers to that.
func commandRights(user string) (*server.Permissions, bool) {
	names := strings.Split(user, "+")
	if len(names) > maxCommands {
		return nil, false
	}
	var hears []string
	for _, name := range names {
		if !commandName.MatchString(name) {
			return nil, false
		}
		hears = append(hears, heardBy(name)...)
	}
	return &server.Permissions{
		Subscribe: &server.SubjectPermission{Allow: hears},
		Publish:   &server.SubjectPermission{Allow: []string{}}, // nothing; nil would be everything
		Response:  &server.ResponsePermission{MaxMsgs: answersPerQuestion, Expires: answersFor},
	}, true
}

// heardBy are the subjects a process needs for a command: its questions, what it asked back, and being found. The same
// stand in deployments/compose/nats.conf.
func heardBy(name string) []string {
	service := "whois24-" + name
	hears := []string{"whois24.command." + name + ".>", "_INBOX." + service + ".>"}
	for _, verb := range []string{"PING", "INFO", "STATS"} {
		hears = append(hears, "$SRV."+verb, "$SRV."+verb+"."+service, "$SRV."+verb+"."+service+".*")
	}
	return hears
}
