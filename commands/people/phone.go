package people

import (
	"regexp"
	"strings"
)

const (
	// longestExtension is how many digits an internal extension may have; longer numbers are dialled from outside.
	longestExtension = 6
	// shortestNumber is how many digits tell a number from a part of one: a city's own have seven.
	shortestNumber = 7
	// shortestTail is how many last digits of a number people give instead of all.
	shortestTail = 4
	// longestNumber is E.164's 15 digits after two zeros.
	longestNumber = 17
	// mostPhones of one person are searched.
	mostPhones = 10
)

// dialled matches a number with what people write around it: digits in groups, then perhaps an extension.
var dialled = regexp.MustCompile(
	`(?i)^\s*(?:тел|телефон|моб|tel|phone|mob)?\s*[.:]?\s*(\+?[\d\s().\-–/]*)` +
		`(?:(?:доб|доп|вн|внутр|ext|x|[,;#])[^\d]*(\d{1,6}))?\s*$`)

// parsePhone splits a written number into digits to dial from outside, without what countries put before it, and an
// extension; both are "" for what is no phone.
func parsePhone(s string) (number, extension string) {
	m := dialled.FindStringSubmatch(s)
	if m == nil {
		return "", ""
	}
	number, extension = digits(m[1]), m[2]
	if extension == "" && len(number) <= longestExtension {
		return "", number
	}
	if len(number) > longestNumber {
		return "", extension
	}
	return national(number), extension
}

// national leaves out the prefixes that are dialled or not depending on from where: 00 and 8, 7 of Russia and Kazakhstan,
// the 0 of most of Europe.
func national(number string) string {
	number = strings.TrimLeft(number, "0")
	if len(number) == 11 && (number[0] == '8' || number[0] == '7') {
		number = number[1:]
	}
	return number
}

func digits(s string) string {
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, s)
}

// tailPoints are what the last digits of a number get: several people's may end so.
const tailPoints = 66

// samePhone are the points of a number for the digits asked for. One may have the country's code and the other not.
func samePhone(number, asked string) int {
	long, short := number, asked
	if len(long) < len(short) {
		long, short = short, long
	}
	switch {
	case !strings.HasSuffix(long, short):
		return 0
	case len(short) >= shortestNumber:
		return same - min(len(long)-len(short), same-whole)
	case short == asked && len(short) >= shortestTail:
		return tailPoints
	default:
		return 0
	}
}
