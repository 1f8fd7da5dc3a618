package bitrix

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// phpQuery writes params as PHP reads a query: nested keys in brackets, fields[message]=…. True and false are
// Y and N, which both generations of the bot API take; null and empty lists have no spelling and are left out.
func phpQuery(params any) (string, error) {
	data, err := json.Marshal(params)
	if err != nil {
		return "", err
	}
	var tree any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber() // ids keep all their digits
	if err := decoder.Decode(&tree); err != nil {
		return "", err
	}
	return strings.Join(appendPairs(nil, "", tree), "&"), nil
}

func appendPairs(pairs []string, key string, value any) []string {
	switch v := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			pairs = appendPairs(pairs, subkey(key, name), v[name])
		}
	case []any:
		for i, element := range v {
			pairs = appendPairs(pairs, subkey(key, strconv.Itoa(i)), element)
		}
	case string:
		pairs = append(pairs, pair(key, v))
	case json.Number:
		pairs = append(pairs, pair(key, v.String()))
	case bool:
		pairs = append(pairs, pair(key, map[bool]string{true: "Y", false: "N"}[v]))
	}
	return pairs
}

func subkey(key, name string) string {
	if key == "" {
		return name
	}
	return key + "[" + name + "]"
}

func pair(key, value string) string { return url.QueryEscape(key) + "=" + url.QueryEscape(value) }
