package commands

import (
	"regexp"
	"strconv"

	"github.com/whois24/whois24/bitrix"
)

// mentions matches [USER=5]Name[/USER], which the portal also writes [USER=5 REPLACE]…, with the comma that may follow.
// Its groups are the head, the number or "all", and the shown name.
var (
	mentions    = regexp.MustCompile(`(?i)(\[USER=(\d+|all)(?: REPLACE)?\])(.*?)\[/USER\],?`)
	mentionHere = regexp.MustCompile(`^` + mentions.String())
	mentionEnds = regexp.MustCompile(`(?i)\[/USER\]`)
)

// parseID reads a person's number, which starts from 1.
func parseID(digits string) (bitrix.UserID, bool) {
	id, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || id < 1 || id > maxID {
		return 0, false
	}
	return bitrix.UserID(id), true
}

// mentioned is the number of the first person mentioned in s. The shown name is not looked at: anybody may write it.
func mentioned(s string) (bitrix.UserID, bool) {
	m := mentions.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	return parseID(m[2])
}
