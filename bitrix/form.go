package bitrix

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What one event form may hold. A portal stays far below: a message of 20,000 characters with a full
// keyboard is some hundred pairs, five levels deep.
const (
	maxFormPairs = 10_000 // the bound net/url sets itself
	maxFormKey   = 512    // bytes of a decoded key
	maxFormDepth = 16     // bracket levels of a key
)

// ErrForm is the error of a body that is no form a portal could have written.
var ErrForm = errors.New("malformed form")

// Form is an event as the portal posts it: PHP's nested arrays written flat, "data[bot][id]" being one key.
// An absent key, an empty value, "0" and "false" all mean "nothing" in an optional place, since PHP leaves
// nulls and empty arrays out and writes false as 0.
type Form struct {
	values map[string]string
}

// ParseForm reads an application/x-www-form-urlencoded body. It refuses, with ErrForm, what exceeds its bounds,
// is not UTF-8 or percent-encoded wrongly, and a key that comes twice, which PHP never writes.
func ParseForm(body []byte) (Form, error) {
	pairs := bytes.Count(body, []byte("&")) + 1
	if pairs > maxFormPairs {
		return Form{}, fmt.Errorf("%w: more than %d fields", ErrForm, maxFormPairs)
	}
	f := Form{values: make(map[string]string, pairs)}
	for field := range strings.SplitSeq(string(body), "&") {
		if field == "" {
			continue
		}
		if err := f.add(field); err != nil {
			return Form{}, err
		}
	}
	return f, nil
}

// add decodes one field. Its errors do not repeat the field, which may hold a token.
func (f Form) add(field string) error {
	rawKey, rawValue, _ := strings.Cut(field, "=")
	key, err := unescape(rawKey)
	if err != nil {
		return err
	}
	value, err := unescape(rawValue)
	if err != nil {
		return err
	}
	if err := checkKey(key); err != nil {
		return err
	}
	return f.put(key, value)
}

func checkKey(key string) error {
	if len(key) > maxFormKey || strings.Count(key, "[") > maxFormDepth {
		return fmt.Errorf("%w: a key is too long or too deep", ErrForm)
	}
	return nil
}

// put adds a field. A key comes twice in JSON when one holds brackets of its own.
func (f Form) put(key, value string) error {
	if len(f.values) == maxFormPairs {
		return fmt.Errorf("%w: more than %d fields", ErrForm, maxFormPairs)
	}
	if _, twice := f.values[key]; twice {
		return fmt.Errorf("%w: a key comes twice", ErrForm)
	}
	f.values[key] = value
	return nil
}

func unescape(s string) (string, error) {
	s, err := url.QueryUnescape(s)
	if err != nil {
		return "", fmt.Errorf("%w: broken percent-encoding", ErrForm)
	}
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("%w: not UTF-8", ErrForm)
	}
	return s, nil
}

// Text is the value of a key, empty if it is absent.
func (f Form) Text(key string) string { return f.values[key] }

// Has reports whether the key is there, with or without a value.
func (f Form) Has(key string) bool {
	_, ok := f.values[key]
	return ok
}

// ApplicationToken is the one token that proves the sender: the outer auth[application_token]. Others of the
// same name deeper in the form prove nothing.
func (f Form) ApplicationToken() Secret { return Secret(f.values["auth[application_token]"]) }

// number reads a positive id; anything else is 0.
func (f Form) number(key string) int64 {
	n, err := strconv.ParseInt(f.values[key], 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// flag reads a boolean of either API version: 1 or Y.
func (f Form) flag(key string) bool {
	switch f.values[key] {
	case "1", "Y", "y", "true":
		return true
	}
	return false
}

// holds reports whether there is something at the key or below it, as in an object that is not null.
func (f Form) holds(key string) bool {
	if v := f.values[key]; v != "" && v != "0" && v != "false" {
		return true
	}
	return len(f.children(key)) > 0
}

// children lists the names directly below a key, sorted: "data[BOT]" gives "456", "457".
func (f Form) children(key string) []string {
	var names []string
	for k := range f.values {
		rest, below := strings.CutPrefix(k, key+"[")
		if !below {
			continue
		}
		if name, _, closed := strings.Cut(rest, "]"); closed {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
