package bitrix

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	searchMethod = "im.search.user.list"
	// SearchLimit is how many people a search tells of at most.
	SearchLimit = 50
	// ShortestSearch is how many letters a search needs.
	ShortestSearch = 2
)

// ErrFindShort is a search for fewer letters than ShortestSearch.
const ErrFindShort ErrorCode = "FIND_SHORT"

// FoundUser is a person as a search tells of one: enough to choose by. Read the chosen one with [Client.User]: the
// search leaves fields out, says nothing of who was dismissed, and has the last activity and the last mobile activity
// in each other's place.
type FoundUser struct {
	ID           UserID
	Name         string
	WorkPosition string
	Bot          bool
}

// SearchUsers finds people the words of find begin names, positions or departments of, in the portal's order
// (im.search.user.list). Bots are found too. Guests are taken out of a page that is cut already, so fewer than limit
// need not be all. A limit outside of 1 to SearchLimit is SearchLimit; too few letters are ErrFindShort.
func (c *Client) SearchUsers(ctx context.Context, find string, limit int) ([]FoundUser, error) {
	found, err := c.SearchUsersEach(ctx, []string{find}, limit)
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// SearchUsersEach makes several searches as SearchUsers does, in one request. They come back in their order.
func (c *Client) SearchUsersEach(ctx context.Context, finds []string, limit int) ([][]FoundUser, error) {
	if limit < 1 || limit > SearchLimit {
		limit = SearchLimit
	}
	var calls []*pending
	for _, find := range finds {
		if find = strings.TrimSpace(find); utf8.RuneCountInString(find) < ShortestSearch {
			return nil, &Error{Method: searchMethod, Code: string(ErrFindShort), Text: "a search needs two letters"}
		}
		body, err := encodeParams(map[string]any{"FIND": find, "LIMIT": limit})
		if err != nil {
			return nil, fmt.Errorf("%s: encode parameters: %w", searchMethod, err)
		}
		calls = append(calls, &pending{method: searchMethod, body: body})
	}
	if len(calls) == 0 {
		return nil, nil
	}
	answers, err := c.queue.doTogether(ctx, calls)
	if err != nil {
		return nil, err
	}
	var found [][]FoundUser
	for _, got := range answers {
		var people inOrder[wireFound]
		if err := got.decode(searchMethod, &people); err != nil {
			return nil, err
		}
		found = append(found, foundUsers(people))
	}
	return found, nil
}

type wireFound struct {
	ID           looseInt    `json:"id"`
	Name         looseString `json:"name"`
	WorkPosition looseString `json:"work_position"`
	Bot          looseBool   `json:"bot"`
}

func foundUsers(people []wireFound) []FoundUser {
	var found []FoundUser
	for _, w := range people {
		found = append(found, FoundUser{UserID(w.ID), string(w.Name), string(w.WorkPosition), bool(w.Bot)})
	}
	return found
}

// inOrder is the values of an object in the order they are written, which is what a search means by it; or a list.
type inOrder[T any] []T

func (l *inOrder[T]) UnmarshalJSON(data []byte) error {
	*l = nil
	switch {
	case blank(data):
		return nil
	case data[0] != '{':
		return json.Unmarshal(data, (*[]T)(l))
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil { // the brace
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var value T
		if err := d.Decode(&value); err != nil {
			return fmt.Errorf("%v: %w", key, err)
		}
		*l = append(*l, value)
	}
	return nil
}
