package portal

// scope lists what the caller may do.
func (p *Portal) scope(call) (any, error) { return list(p.options.Scope...), nil }

// appInfo is app.info. For an incoming webhook there is no application to tell of.
func (p *Portal) appInfo(c call) (any, error) {
	license := entry{"LICENSE", p.options.Language + "_demo"}
	if c.app == "" {
		return array{{"SCOPE", list(p.options.Scope...)}, license}, nil
	}
	return array{
		{"ID", 1},
		{"CODE", c.app},
		{"VERSION", p.app.version},
		{"STATUS", localApplication},
		{"INSTALLED", p.app.complete},
		{"PAYMENT_EXPIRED", "N"},
		{"DAYS", nil},
		{"LANGUAGE_ID", p.options.Language},
		license,
	}, nil
}

// profile is who calls.
func (p *Portal) profile(c call) (any, error) {
	who := p.people[c.caller]
	return array{
		{"ID", text(who.ID)},
		{"ADMIN", who.ID == admin},
		{"NAME", who.First},
		{"LAST_NAME", who.Last},
		{"PERSONAL_GENDER", who.Gender},
		{"PERSONAL_PHOTO", p.avatar(*who)},
	}, nil
}
