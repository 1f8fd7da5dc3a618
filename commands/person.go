package commands

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// Person finds whom a request is about: the person mentioned or given by number in its arguments (5, #5, @5, №5, id5),
// or the one who asks when there are none ("me" and "я" say the same). Words that name nobody, a number nobody has and a
// profile the portal hides are a [Sorry]; other errors are the portal's.
func Person(ctx context.Context, users Users, r Request) (bitrix.User, error) {
	id, ok := who(r.Args, r.Asker.ID)
	if !ok {
		return bitrix.User{}, Sorry("person.unclear", Data{"Query": asTyped(r.Args), "Command": r.Name})
	}
	user, err := users.User(ctx, id)
	switch {
	case errors.Is(err, bitrix.ErrUserNotExists), errors.Is(err, bitrix.ErrIDEmpty):
		return bitrix.User{}, Sorry("person.nobody", Data{"ID": int64(id), "Command": r.Name})
	case errors.Is(err, bitrix.ErrAccessDenied):
		return bitrix.User{}, Sorry("person.hidden", nil)
	case err != nil:
		return bitrix.User{}, fmt.Errorf("look up user %d: %w", id, err)
	}
	return user, nil
}

// numbered matches 5, #5, @5, №5, id5, ID 5, id: 5.
var numbered = regexp.MustCompile(`^(?i:id\s?:?|[#@№])?\s?(\d+)$`)

// who is the person that args name. A mention wins over everything beside it.
func who(args string, asker bitrix.UserID) (bitrix.UserID, bool) {
	if id, ok := mentioned(args); ok {
		return id, true
	}
	word := strings.TrimRight(args, ` .,:;!?)"'»”`) // the end of a sentence
	switch strings.ToLower(word) {
	case "", "me", "я":
		return asker, true
	}
	m := numbered.FindStringSubmatch(word)
	if m == nil {
		return 0, false
	}
	return parseID(m[1])
}

// asTyped is args as the person saw them: mentions look like names.
func asTyped(args string) string {
	return shorten(mentions.ReplaceAllString(args, "$3"))
}
