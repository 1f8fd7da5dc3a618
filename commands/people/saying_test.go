package people_test

import (
	"slices"
	"strings"
)

// What people say of a person to have them found: each function gives all ways that a kind of query may have.

func fullName(c citizen) []string {
	return []string{c.first + " " + c.last, c.last + " " + c.first}
}

func lastName(c citizen) []string { return []string{c.last} }

// longLastName leaves out surnames in which a wrong letter leaves too little.
func longLastName(c citizen) []string {
	if len([]rune(c.last)) < 5 {
		return nil
	}
	return lastName(c)
}

func initials(c citizen) []string {
	i := string([]rune(c.first)[:1])
	return []string{c.last + " " + i, c.last + " " + i + ".", i + ". " + c.last, i + "." + c.last}
}

// beginnings are at least four letters of the surname and three of the first name.
func beginnings(c citizen) []string {
	var all []string
	first, last := []rune(c.first), []rune(c.last)
	for i := 4; i <= len(last); i++ {
		for j := 3; j <= len(first); j++ {
			a, b := string(last[:i]), string(first[:j])
			all = append(all, a+" "+b, b+" "+a)
		}
	}
	return all
}

func shortName(c citizen) []string {
	var all []string
	for _, short := range c.shorts {
		all = append(all, short+" "+c.last, c.last+" "+short)
	}
	return all
}

// otherScript writes Russian words in Latin letters, by all schemes, and English names in Russian letters, as they are
// heard.
func otherScript(names func(citizen) []string) func(citizen) []string {
	return func(c citizen) []string {
		if !c.russian {
			c.first, c.last, c.shorts = c.heard[0], c.heard[1], nil
			return names(c)
		}
		var all []string
		for _, name := range names(c) {
			for _, s := range schemes {
				words := strings.FieldsFunc(name, func(c rune) bool { return c == ' ' || c == '.' })
				for i, w := range words {
					words[i] = s.spell(w)
				}
				all = append(all, strings.Join(words, " "))
			}
		}
		return all
	}
}

// declined is every case, and the nominative: "Иванова" is a woman's name too, so it does not tell.
func declined(c citizen) []string {
	if !c.russian {
		return nil
	}
	return declinedAs(c, c.first)
}

func declinedAs(c citizen, first string) []string {
	all := []string{first + " " + c.last}
	firsts, lasts := casesOfFirst(first), casesOfLast(c.last, c.man)
	for i := range firsts {
		all = append(all, firsts[i]+" "+lasts[i], lasts[i]+" "+firsts[i])
	}
	return all
}

func declinedLast(c citizen) []string {
	if !c.russian {
		return nil
	}
	cases := casesOfLast(c.last, c.man)
	return append(slices.Clone(cases[:]), c.last)
}

func declinedShort(c citizen) []string {
	var all []string
	for _, short := range c.shorts {
		if c.russian {
			all = append(all, declinedAs(c, short)...)
		}
	}
	return all
}

func positionAndLast(c citizen) []string {
	return []string{strings.ToLower(c.Position) + " " + c.last, c.last + " " + c.Position}
}

// contacts are the address, its local part, and the phone with and without what is before its ten digits.
func contacts(c citizen) []string {
	local, _, _ := strings.Cut(c.Email, "@")
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, c.Phones[0])
	return []string{
		c.Email, strings.ToUpper(c.Email), local,
		c.Phones[0], digits, "8" + digits[1:], digits[1:], digits[4:], c.Phones[1],
	}
}
