package commands

// want is what of somebody a question in plain words is about. The card tells it, or that the portal does not.
type want int

const (
	everythingAbout want = iota
	aPhone
	anEmail
	aBirthday
	aClock
)

// missing is a line about what was asked for and the portal does not tell; false: it does, or it may not be told here.
func (c card) missing() (string, bool) {
	var id string
	field := FieldContacts
	switch c.wants {
	case aPhone:
		if len(c.phones()) == 0 {
			id = "card.no_phone"
		}
	case anEmail:
		if !filled(c.user.Email) {
			id = "card.no_email"
		}
	case aBirthday:
		field = FieldBirthday
		if _, _, known := birthdayOf(c.user); !known {
			id = "card.no_birthday"
		}
	case aClock:
		field = FieldPresence
		if c.zone() == nil {
			id = "card.no_clock"
		}
	}
	if id == "" || !c.Shows(field) || c.state == dismissed || c.state == robot {
		return "", false
	}
	return c.Text(id, nil), true
}
