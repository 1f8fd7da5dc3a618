package bitrix

// User is a person, bot or guest as im.user.get tells it, in its older and its current shape. Only TimeZone comes from elsewhere.
// A field the portal did not send has its zero value.
type User struct {
	ID           UserID
	Active       bool // true where an old portal does not say
	Name         string
	FirstName    string
	LastName     string
	WorkPosition string
	Color        string // #rrggbb
	Avatar       string // absolute URL
	AvatarHR     string // the same, large
	Gender       Gender
	Birthday     string // DD-MM

	Extranet, Network, Bot, Connector bool

	ExternalAuthID string // "default", "bot", "imconnector", "email", …
	Type           string // "user", "bot", "extranet", "collaber", "guest"; empty on old portals
	Status         string // what the person chose; always "online" on current portals, so trust the dates

	// Zero when the portal says false, null, "" or nothing.
	Idle, LastActivity, MobileLast, DesktopLast OptTime
	// Absent is the first day back from leave, not the last day of it.
	Absent OptTime

	// TimeZone is the IANA name of the zone that the person has chosen in the profile: "Europe/Kaliningrad". It looks like one,
	// and need not be one that exists. "" is automatic, which a portal does not tell, or unknown: only [Client.Staff] knows zones,
	// from user.get, where the credentials have the permission user_brief.
	TimeZone string

	Departments []int64
	Phones      Phones
	BotData     *BotData // nil for people
	Website     string
	Email       string
	Profile     string // only very old portals
	Services    []string
}

// Gender is "F", or "M" for men and for everybody who did not say.
type Gender string

// Outsider reports whether the person does not belong to the company: a guest, a collaborator,
// a customer in an open line.
func (u User) Outsider() bool {
	switch u.Type {
	case "extranet", "collaber", "guest", "email":
		return true
	}
	return u.Extranet || u.Connector
}
