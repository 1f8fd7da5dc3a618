package remote_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// looking is a command that says what it finds on the portal.
func looking(look func(ctx context.Context, c commands.Call) (any, error)) commands.Command {
	return command(func(ctx context.Context, c commands.Call, _ none) (commands.Reply, error) {
		found, err := look(ctx, c)
		if err != nil {
			return commands.Reply{}, fmt.Errorf("look: %w", err)
		}
		return c.Say("x.says", commands.Data{"What": found})
	})
}

// TestLookUps: a command asks the portal through the bot, with the same words as in the bot's own process.
func TestLookUps(t *testing.T) {
	ask := func(ctx context.Context, c commands.Call) (any, error) {
		anna, err := c.People.User(ctx, 5)
		if err != nil {
			return nil, err
		}
		found, err := c.People.SearchUsers(ctx, "anna", 10)
		if err != nil {
			return nil, err
		}
		research, ok, err := c.People.Department(ctx, 50)
		if err != nil || !ok {
			return nil, fmt.Errorf("department 50: %v, %w", ok, err)
		}
		whole, err := c.People.Profile(ctx, 7)
		if err != nil || len(whole.Units) != 1 {
			return nil, fmt.Errorf("profile 7: %+v, %w", whole, err)
		}
		_, ok, err = c.People.Department(ctx, 51)
		_, nobody := c.People.User(ctx, 99)
		_, short := c.People.SearchUsers(ctx, "", 10)
		_, zero := c.People.User(ctx, 0)
		_, empty := c.People.Profile(ctx, 0)
		return list(anna.WorkPosition, anna.Email, anna.Birthday, found[0].ID, found[0].WorkPosition, research.Name, research.Head, ok, err,
			whole.Name, whole.Units[0].Name, whole.Units[0].Leader.WorkPosition, errors.Is(empty, bitrix.ErrIDEmpty),
			errors.Is(nobody, bitrix.ErrUserNotExists), errors.Is(short, bitrix.ErrFindShort), errors.Is(zero, bitrix.ErrIDEmpty)), nil
	}
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", looking(ask))
	set := host(t, srv, i)
	hears(t, set, "/x", "Chief, anna@example.com, 14-02, 5, Chief, Research, 5, false, <nil>, Oleg, Research, Chief, true, true, true, true")

	r := question("/x")
	r.Chat = commands.Chat{Outsiders: true}
	if got, err := answers(t, set, r); err != nil || got[0] != "Chief, , , 5, Chief, Research, 5, false, <nil>, Oleg, Research, Chief, true, true, true, true" {
		t.Errorf("with outsiders in the chat: %q, %v", got, err)
	}
}

// list writes values with commas between.
func list(values ...any) string {
	var words []string
	for _, v := range values {
		words = append(words, fmt.Sprint(v))
	}
	return strings.Join(words, ", ")
}

// failing is a portal that answers everything with one error.
type failing struct{ err error }

func (f failing) User(context.Context, bitrix.UserID) (bitrix.User, error) {
	return bitrix.User{}, f.err
}

func (f failing) Profile(context.Context, bitrix.UserID) (bitrix.Profile, error) {
	return bitrix.Profile{}, f.err
}

func (f failing) SearchUsers(context.Context, string, int) ([]bitrix.FoundUser, error) {
	return nil, f.err
}

func (f failing) Department(context.Context, bitrix.DepartmentID) (bitrix.Department, bool, error) {
	return bitrix.Department{}, false, f.err
}

// TestPortalFails: the portal's own error decides what the bot does, though a command in another process met it.
func TestPortalFails(t *testing.T) {
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", looking(func(ctx context.Context, c commands.Call) (any, error) { return c.People.User(ctx, 5) }))
	set := host(t, srv, i)
	for code, temporary := range map[bitrix.ErrorCode]bool{bitrix.ErrQueryLimit: true, bitrix.ErrInsufficientScope: false} {
		r := question("/x")
		r.People = failing{&bitrix.Error{Method: "im.user.get", Status: 503, Code: string(code)}}
		_, err := set.Run(t.Context(), r)
		var e *bitrix.Error
		if !errors.As(err, &e) || !errors.Is(err, code) || e.Status != 503 {
			t.Errorf("%s: got %v", code, err)
		}
		var passing interface{ Temporary() bool }
		if !errors.As(err, &passing) || passing.Temporary() != (&bitrix.Error{Status: 503, Code: string(code)}).Temporary() {
			t.Errorf("%s: temporary is not %v: %v", code, temporary, err)
		}
	}
}

// TestLookUpFailsOtherwise: what is no error of the portal is not told to strangers.
func TestLookUpFailsOtherwise(t *testing.T) {
	srv := startNATS(t)
	i := start(t, srv, "1.0.0", looking(func(ctx context.Context, c commands.Call) (any, error) { return c.People.User(ctx, 5) }))
	r := question("/x")
	r.People = failing{errors.New("file /etc/secret")}
	if _, err := host(t, srv, i).Run(t.Context(), r); err == nil || err.Error() != "command x: look: the look-up failed" {
		t.Errorf("got %v", err)
	}
}
