package commands

// status is whether the person can be reached, in one line that is true: an account that is switched off says so and nothing
// else, and who is on leave and about all the same is both.
func (c card) status() string {
	switch c.state {
	case dismissed:
		return c.dismissal()
	case robot:
		return c.Text("presence.bot", nil)
	case customer:
		return c.Text("presence.customer", nil)
	case onLeave:
		return c.leave()
	case here:
		return c.availability()
	case never:
		return c.Text("presence.never", Data{"Feminine": c.feminine()})
	case untold:
		return c.Text("presence.untold", nil)
	default:
		return c.Text("presence.offline", nil)
	}
}

func (c card) dismissal() string {
	if c.user.Bot || c.user.Outsider() {
		return c.Text("presence.disabled", nil)
	}
	return c.Text("presence.dismissed", nil)
}

func (c card) leave() string {
	back := Data{"Day": c.Date(dayAt(c.user.Absent.Time))} // a day of the portal, not an instant, so no zone moves it
	if c.recent(c.user, c.Now) {
		return c.Text("presence.leave_here", back)
	}
	return c.Text("presence.leave_until", back)
}

func (c card) availability() string {
	if id := chosen(c.user, c.Now); id != "" {
		return c.Text(id, nil)
	}
	return c.Text("presence.custom", Data{"Status": c.user.Status})
}

// activity is one line, and none for bots: they have no activity to tell of.
func (c card) activity() []string {
	switch {
	case c.state == robot:
		return nil
	case c.state == never:
		return []string{c.Text("activity.never", nil)}
	case c.seen.IsZero():
		return []string{c.Text("activity.untold", nil)}
	}
	return []string{c.Text("activity.seen", Data{
		"Feminine": c.feminine(),
		"Ago":      ago(c.Call, c.seen),
		"Exact":    exactly(c.seen),
	})}
}

// feminine is true only where the profile says so: "M" is also what people have who never chose.
func (c card) feminine() bool { return c.user.Gender == "F" }
