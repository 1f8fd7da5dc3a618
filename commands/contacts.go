package commands

// contacts are how to reach a person, and their birthday. They are for colleagues: where outsiders read along there is
// a word about it instead. Of those who left there are none.
func (c card) contacts() []string {
	if c.state == dismissed {
		return nil
	}
	lines := c.phones()
	if filled(c.user.Email) {
		lines = append(lines, c.Text("card.email", Data{"Email": c.user.Email}))
	}
	if filled(c.user.Website) {
		lines = append(lines, c.Text("card.website", Data{"Website": c.user.Website}))
	}
	if day, ok := c.Birthday(c.user); ok {
		lines = append(lines, c.Text("card.birthday", Data{"Day": day}))
	}
	if c.Chat.Outsiders && len(lines) > 0 {
		return []string{c.Text("card.contacts_hidden", nil)}
	}
	return lines
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
