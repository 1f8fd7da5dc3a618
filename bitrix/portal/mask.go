package portal

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	masked   = "***"
	longText = 1000 // runes of a text that Calls show
)

// secretKeys are the names, in lower case, under which secrets travel.
var secretKeys = []string{
	"access_token", "application_token", "auth", "bottoken", "client_id", "client_secret", "refresh_token",
}

// secretQuery finds the same in a command of a batch, which is a query string.
var secretQuery = regexp.MustCompile(`(?i)((?:^|[?&\[]|%5B)(?:` + strings.Join(secretKeys, "|") + `)(?:%5D|\])?=)[^&]*`)

// maskParams returns what a call was given, less its secrets.
func maskParams(a array) array {
	shown := make(array, len(a))
	for i, e := range a {
		shown[i] = entry{e.key, maskValue(e.key, e.value)}
	}
	return shown
}

func maskValue(key string, value any) any {
	if a, ok := value.(array); ok {
		return maskParams(a)
	}
	if isSecret(key) {
		return masked
	}
	if v, ok := value.(string); ok {
		return shorten(secretQuery.ReplaceAllString(v, "${1}"+masked))
	}
	return value
}

func isSecret(key string) bool {
	for _, s := range secretKeys {
		if strings.EqualFold(s, key) {
			return true
		}
	}
	return false
}

func shorten(s string) string {
	if utf8.RuneCountInString(s) <= longText {
		return s
	}
	return string([]rune(s)[:longText]) + "…"
}

// readable shows a form as lines of key=value, less its secrets.
func readable(form string) string {
	var b strings.Builder
	for pair := range strings.SplitSeq(form, "&") {
		key, value, _ := strings.Cut(pair, "=")
		key, value = urldecode(key), urldecode(value)
		if isSecret(lastKey(key)) {
			value = masked
		}
		b.WriteString(key + "=" + value + "\n")
	}
	return b.String()
}

// lastKey is the innermost name of a key: application_token of auth[application_token].
func lastKey(key string) string {
	name := strings.TrimSuffix(key, "]")
	return name[strings.LastIndexByte(name, '[')+1:]
}
