package commands_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// gossip is a command that tells all it can find out. It looks nowhere whether it may.
func gossip(t testing.TB) commands.Command {
	type arguments struct {
		Who  commands.Person
		Unit commands.Department `arg:"optional"`
	}
	return commands.New("gossip", func(ctx context.Context, c commands.Call, a arguments) (commands.Reply, error) {
		told := []any{a.Who.User, a.Unit.Department, everythingOf(ctx, c)}
		text, err := json.Marshal(told)
		if err != nil {
			t.Error(err)
		}
		return commands.Reply{Text: "a", Attach: &bitrix.Attach{Blocks: []bitrix.Block{{Message: string(text)}}}}, nil
	}, titled("gossip"))
}

// everythingOf is all that a call lets somebody look up.
func everythingOf(ctx context.Context, c commands.Call) []any {
	all := []any{c.Commands()}
	for _, who := range marksmen {
		u, _ := c.People.User(ctx, bitrix.UserID(who))
		p, _ := c.People.Profile(ctx, bitrix.UserID(who))
		d, _, _ := c.People.Department(ctx, bitrix.DepartmentID(departmentOf(who, nil)))
		all = append(all, u, p, d)
	}
	for _, query := range []string{"qanna", "qchief", "7100", mark(commands.FieldPosition, 5, "")} {
		found, _ := c.People.SearchUsers(ctx, query, 10)
		all = append(all, found)
	}
	if c.Staff != nil {
		all = append(all, c.Staff.People, c.Staff.Departments, c.Staff.Index.Find("qanna", 10), c.Staff.Index.Find("qchief", 10),
			c.Staff.Index.Find("+79001331005", 10))
	}
	return all
}

// remotely is a command in another process: what is sent there is as good as told.
func remotely(t testing.TB, sent *[]string) commands.Command {
	schema := commands.Schema{
		Name:  "elsewhere",
		Title: map[string]string{"en": "Elsewhere", "ru": "Elsewhere"},
		Arguments: []commands.ArgumentSchema{
			{Name: "who", Type: "person", Asker: true}, {Name: "unit", Type: "department", Optional: true},
		},
	}
	return commands.Described(schema, func(ctx context.Context, c commands.Call, values commands.Values) (commands.Reply, error) {
		looked := []any{values}
		for _, who := range marksmen {
			u, _ := c.People.User(ctx, bitrix.UserID(who))
			looked = append(looked, commands.NewPersonValue(u))
		}
		text, err := json.Marshal(looked)
		if err != nil {
			t.Error(err)
		}
		*sent = append(*sent, string(text))
		return commands.Reply{Text: "sent"}, nil
	})
}
