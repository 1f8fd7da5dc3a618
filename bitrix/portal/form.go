package portal

import (
	"net/url"
	"strings"
)

// PHP reads no more variables than this from a form, and no deeper nesting.
const (
	maxVars    = 1000
	maxNesting = 64
)

// appendForm writes an array as PHP's http_build_query does: nested keys in escaped brackets, a space as +,
// true as 1 and false as 0, nothing for an empty array. Null is left out too, unless nullAsEmpty.
func appendForm(b []byte, a array, nullAsEmpty bool) []byte {
	for _, e := range a {
		b = appendField(b, urlencode(e.key), e.value, nullAsEmpty)
	}
	return b
}

func appendField(b []byte, key string, value any, nullAsEmpty bool) []byte {
	switch v := value.(type) {
	case nil:
		if !nullAsEmpty {
			return b
		}
	case array:
		for _, e := range v {
			b = appendField(b, key+"%5B"+urlencode(e.key)+"%5D", e.value, nullAsEmpty)
		}
		return b
	}
	if len(b) > 0 {
		b = append(b, '&')
	}
	b = append(append(b, key...), '=')
	if value == false {
		return append(b, '0')
	}
	return append(b, urlencode(text(value))...)
}

// urlencode is PHP's, which also escapes the tilde.
func urlencode(s string) string {
	return strings.ReplaceAll(url.QueryEscape(s), "~", "%7E")
}

// parseForm reads a query or a form body as PHP does: brackets in keys make arrays, what cannot be decoded stays
// as it is, and the later of two equal keys wins.
func parseForm(s string) array {
	a := array{}
	vars := 0
	for pair := range strings.SplitSeq(s, "&") {
		key, value, _ := strings.Cut(pair, "=")
		path := formPath(urldecode(key))
		if path == nil || vars == maxVars {
			continue
		}
		vars++
		a = put(a, path, urldecode(value))
	}
	return a
}

func urldecode(s string) string {
	if d, err := url.QueryUnescape(s); err == nil {
		return d
	}
	return s
}

// formPath takes a key like a[b][] apart: "a", "b", "". It is nil for a key PHP ignores.
func formPath(key string) []string {
	name, rest, _ := strings.Cut(strings.TrimLeft(key, " "), "[")
	if name == "" {
		return nil
	}
	path := []string{strings.NewReplacer(" ", "_", ".", "_").Replace(name)}
	for rest != "" && len(path) < maxNesting {
		part, tail, closed := strings.Cut(rest, "]")
		if !closed {
			break
		}
		path = append(path, part)
		rest, _ = strings.CutPrefix(tail, "[")
		if rest == tail {
			break
		}
	}
	return path
}

func put(a array, path []string, value string) array {
	var v any = value
	if len(path) > 1 {
		v = put(a.sub(path[0]), path[1:], value)
	}
	if path[0] == "" {
		return a.push(v)
	}
	return a.set(path[0], v)
}
