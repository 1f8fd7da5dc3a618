package remote_test

import (
	"context"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
	"github.com/whois24/whois24/commands/remote"
)

// TestBearsEverythingElsewhere: a command in another process passes the checks of any command, and is told what may be told where.
func TestBearsEverythingElsewhere(t *testing.T) {
	cmd := command(func(_ context.Context, c commands.Call, a struct {
		Who  commands.Person
		Note string `arg:"rest,optional"`
	},
	) (commands.Reply, error) {
		day, _ := c.Birthday(a.Who.User)
		return c.Say("x.says", commands.Data{"What": a.Who.Name + a.Who.Email + day + a.Note})
	})
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", cmd)
	elsewhere := (&remote.Caller{Conn: connect(t, srv)}).Command(i.services)
	commandtest.Check(t, elsewhere)

	office := commandtest.New(t, elsewhere)
	anna := office.Hire(bitrix.User{Name: "Anna", Email: "anna@example.com", Birthday: "14-02"})
	vera := office.Hire(bitrix.User{Name: "Vera", Extranet: true})
	office.Say(anna, "/x").Reads("Annaanna@example.com14 February")
	office.Group(anna, vera).Say(anna, "/x").Reads("Anna")
}
