package portal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strconv"
	"unicode/utf8"
)

// maxDepth is how deep PHP reads JSON.
const maxDepth = 512

var errNoJSON = errors.New("not JSON as PHP reads it")

// appendJSON writes a value as the portal does: on one line, letters as they are, but quotes, <, >, &, ' and /
// inside texts escaped; an array with the keys 0, 1, 2… is a list, and so is an empty one.
func appendJSON(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, v)
	case float64:
		return strconv.AppendFloat(b, v, 'f', -1, 64)
	case array:
		return appendArray(b, v)
	}
	r := reflect.ValueOf(v) // ids are types of their own
	if r.Kind() == reflect.String {
		return appendText(b, r.String())
	}
	return strconv.AppendInt(b, r.Int(), 10)
}

func appendArray(b []byte, a array) []byte {
	isList, open, end := a.isList(), byte('{'), byte('}')
	if isList {
		open, end = '[', ']'
	}
	b = append(b, open)
	for i, e := range a {
		if i > 0 {
			b = append(b, ',')
		}
		if !isList {
			b = append(appendText(b, e.key), ':')
		}
		b = appendJSON(b, e.value)
	}
	return append(b, end)
}

func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		b = appendRune(b, r)
	}
	return append(b, '"')
}

func appendRune(b []byte, r rune) []byte {
	switch r {
	case '\\':
		return append(b, `\\`...)
	case '/':
		return append(b, `\/`...)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	case '"', '<', '>', '&', '\'', '\u2028', '\u2029':
		return fmt.Appendf(b, `\u%04X`, r)
	}
	if r < ' ' {
		return fmt.Appendf(b, `\u%04x`, r)
	}
	return utf8.AppendRune(b, r)
}

// parseJSON reads one JSON value, keeping the order of keys.
func parseJSON(raw []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	v, err := readValue(d, 0)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errNoJSON
	}
	return v, nil
}

func readValue(d *json.Decoder, depth int) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case json.Delim:
		if depth == maxDepth {
			return nil, errNoJSON
		}
		return readArray(d, t == '{', depth+1)
	case json.Number:
		return number(t), nil
	}
	return t, nil
}

func readArray(d *json.Decoder, keyed bool, depth int) (array, error) {
	a := array{}
	for i := 0; d.More(); i++ {
		key := strconv.Itoa(i)
		if keyed {
			t, err := d.Token()
			if err != nil {
				return nil, err
			}
			key = t.(string) // the decoder takes nothing else here
		}
		v, err := readValue(d, depth)
		if err != nil {
			return nil, err
		}
		a = append(a, entry{key, v})
	}
	_, err := d.Token() // the closing bracket
	return a, err
}

func number(n json.Number) any {
	if i, err := n.Int64(); err == nil {
		return i
	}
	f, err := n.Float64()
	if err != nil {
		return math.MaxFloat64
	}
	return f
}
