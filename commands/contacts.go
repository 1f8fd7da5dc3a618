package commands

import (
	"regexp"
	"slices"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// contacts are how to reach a person. Where they may not be told there is a word about it instead, if in private they may be; it is
// there whether the person has any or not. Of those who left there are none.
func (c card) contacts() []string {
	switch silent := c.state == robot || c.state == customer || !c.tellsAlone(FieldContacts); {
	case c.state == dismissed, !c.Shows(FieldContacts) && silent:
		return nil
	case !c.Shows(FieldContacts):
		return []string{c.Text("card.contacts_hidden", nil)}
	}
	lines := c.phones()
	if filled(c.user.Email) {
		lines = append(lines, c.Text("card.email", Data{"Email": c.user.Email}))
	}
	if filled(c.user.Website) {
		lines = append(lines, c.Text("card.website", Data{"Website": c.user.Website}))
	}
	return lines
}

// tellsAlone reports whether the same question in private would be answered with the field.
func (c card) tellsAlone(f Field) bool {
	return c.Audience() == Mixed && slices.Contains(c.privacy().rules[Colleagues], f)
}

func (c card) phones() []string {
	var lines []string
	p := c.user.Phones
	if filled(p.Mobile) {
		lines = append(lines, c.Text("card.mobile", Data{"Phone": p.Mobile}))
	}
	switch {
	case filled(p.Work) && filled(p.Inner):
		lines = append(lines, c.Text("card.work_and_inner", Data{"Phone": p.Work, "Inner": p.Inner}))
	case filled(p.Work):
		lines = append(lines, c.Text("card.work", Data{"Phone": p.Work}))
	case filled(p.Inner):
		lines = append(lines, c.Text("card.inner", Data{"Inner": p.Inner}))
	}
	if filled(p.Personal) {
		lines = append(lines, c.Text("card.personal", Data{"Phone": p.Personal}))
	}
	return lines
}

// callable matches what a telephone can dial, however it is written.
var callable = regexp.MustCompile(`^\+?[\d\s().\-–/]+$`)

// number is what to dial: the mobile, which is where the person is, or else the one at work; false: there is none.
func (c card) number() (string, bool) {
	for _, phone := range []string{c.user.Phones.Mobile, c.user.Phones.Work} {
		phone = bitrix.Plain(phone)
		if digits := strings.Map(dialled, phone); callable.MatchString(phone) && len(digits) >= shortestNumber {
			return digits, true
		}
	}
	return "", false
}

// shortestNumber is what a country's shortest numbers have, in digits. Less is a slip or a word about it.
const shortestNumber = 5

// dialled leaves of a number what is dialled.
func dialled(r rune) rune {
	if r == '+' || '0' <= r && r <= '9' {
		return r
	}
	return -1
}
