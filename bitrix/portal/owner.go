package portal

// owner is what registered a bot and alone may use it: an application, or whoever knows the token given with an
// incoming webhook (botToken of API v2, CLIENT_ID of API v1).
type owner struct {
	app   string // client id of an application; empty with a webhook
	token string // empty with an application
}

// ownerOf is the application that calls, or who has a token.
func (c call) ownerOf(token string) owner {
	if c.app != "" {
		return owner{app: c.app}
	}
	return owner{token: token}
}

// owner is who a call of API v2 is made for. Applications need no token.
func (c call) owner() (owner, error) {
	o := c.ownerOf(text(c.params.get("botToken")))
	if o == (owner{}) {
		return o, errNoBotToken
	}
	return o, nil
}

// generation is a generation of the bot API. A bot gets events in the format of the one it was registered through,
// though methods of both see it.
type generation string

const (
	generation1 generation = "v1" // imbot.*
	generation2 generation = "v2" // imbot.v2.*
)
