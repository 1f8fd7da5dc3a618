package people

import "strings"

// address is the e-mail address in a word of a query, folded, or "" if there is none: "<Maria@Example.com>,".
func address(s string) string {
	s = strings.TrimPrefix(strings.Trim(fold(s), ` <>()[]"',.;:`), "mailto:")
	if at := strings.LastIndexByte(s, '@'); at <= 0 {
		return ""
	}
	return s
}

// localPart is an address before its @.
func localPart(address string) string {
	return address[:max(strings.LastIndexByte(address, '@'), 0)]
}

// sameLocalPart are the points of an address for another that differs after the @: people move between domains, and are
// namesakes in two.
const sameLocalPart = 85

// sameEmail are the points of somebody's address for the one asked for.
func sameEmail(email, asked string) int {
	switch {
	case email == "":
		return 0
	case email == asked:
		return same
	case localPart(email) == localPart(asked):
		return sameLocalPart
	default:
		return 0
	}
}
