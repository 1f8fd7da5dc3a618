package commands_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
)

// now is when the fixtures were taken: Monday 21 September 2026, 17:13:20 in Moscow.
var now = time.Date(2026, 9, 21, 17, 13, 20, 0, time.FixedZone("", 3*60*60))

// people is a portal as the commands see it.
type people map[bitrix.UserID]bitrix.User

func (p people) User(_ context.Context, id bitrix.UserID) (bitrix.User, error) {
	if u, ok := p[id]; ok {
		return u, nil
	}
	return bitrix.User{}, fmt.Errorf("im.user.get: %w", bitrix.ErrUserNotExists)
}

// Profile has the departments that Department knows.
func (p people) Profile(ctx context.Context, id bitrix.UserID) (bitrix.Profile, error) {
	u, err := p.User(ctx, id)
	profile := bitrix.Profile{User: u}
	for _, number := range u.Departments {
		if d, ok, _ := p.Department(ctx, bitrix.DepartmentID(number)); ok {
			profile.Units = append(profile.Units, bitrix.Unit{Department: d, Leader: p[d.Head]})
		}
	}
	return profile, err
}

// SearchUsers finds whom the words begin a name or a position of, by id. Like a portal it finds no one dismissed.
func (p people) SearchUsers(_ context.Context, find string, limit int) ([]bitrix.FoundUser, error) {
	var found []bitrix.FoundUser
	for _, id := range slices.Sorted(maps.Keys(p)) {
		u := p[id]
		if len(found) < limit && u.Active && begins(u.Name+" "+u.WorkPosition, find) {
			found = append(found, bitrix.FoundUser{ID: id, Name: u.Name, WorkPosition: u.WorkPosition, Bot: u.Bot})
		}
	}
	return found, nil
}

// begins reports whether each word of find begins a word of text.
func begins(text, find string) bool {
	for start := range strings.FieldsSeq(strings.ToLower(find)) {
		if !strings.Contains(" "+strings.ToLower(text), " "+start) {
			return false
		}
	}
	return true
}

func (p people) Department(_ context.Context, id bitrix.DepartmentID) (bitrix.Department, bool, error) {
	return bitrix.Department{ID: id, Name: "Отдел разработки", Head: 6}, id == 50, nil
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

// person is the answer of im.user.get in a fixture.
func person(t testing.TB, fixture string) bitrix.User {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "bitrix", "testdata", "rest", "im-user-get."+fixture+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var answer struct{ Result bitrix.User }
	if err := json.Unmarshal(data, &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Result
}

// setOf is a set of these commands, or of the two that most tests are about. The bot may have others: see defaults.
func setOf(t testing.TB, list ...commands.Command) *commands.Set {
	t.Helper()
	if len(list) == 0 {
		list = []commands.Command{commands.Whois(), commands.Help()}
	}
	set, err := commands.NewSet(list...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// defaults are the bot's own commands.
func defaults(t testing.TB) *commands.Set {
	t.Helper()
	set, err := commands.Default()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// say is what happens to a message: its lines are found, run, and errors with words become the reply.
func say(t testing.TB, set *commands.Set, m commands.Message, r commands.Request) []commands.Reply {
	t.Helper()
	var replies []commands.Reply
	for _, line := range commands.Lines(m, set.Has) {
		r.Name, r.Args = line.Name, line.Args
		replies = append(replies, run(t, set, r))
	}
	return replies
}

func run(t testing.TB, set *commands.Set, r commands.Request) commands.Reply {
	t.Helper()
	reply, err := set.Run(t.Context(), r)
	if words, ok := commands.Words(err, r.Lang); ok {
		return words
	}
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

// exact is an instant as the messenger is told it.
func exact(t time.Time) string {
	return fmt.Sprintf("([timestamp=%[1]d format=SHORT_DATE_FORMAT] [timestamp=%[1]d format=SHORT_TIME_FORMAT])", t.Unix())
}
