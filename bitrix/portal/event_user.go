package portal

// eventUser is a person as bot events and bot methods show one; moments of activity are never told there.
func (p *Portal) eventUser(who Person) array {
	return array{
		{"id", who.ID},
		{"active", who.Active},
		{"name", who.Name()},
		{"firstName", who.First},
		{"lastName", who.Last},
		{"workPosition", who.Position},
		{"color", who.Color},
		{"avatar", p.avatar(who)},
		{"gender", gender(who)},
		{"birthday", who.Birthday},
		{"extranet", who.outsider()},
		{"bot", who.Bot},
		{"connector", who.Connector},
		{"externalAuthId", authID(who)},
		{"status", "online"},
		{"idle", false},
		{"lastActivityDate", false},
		{"mobileLastDate", false},
		{"desktopLastDate", false},
		{"absent", p.absent(who)},
		{"departments", list(who.Departments...)},
		{"phones", phones(who.Phones)},
		{"type", kind(who)},
		{"website", ""},
		{"email", who.Email},
	}
}
