package bitrix

import "context"

const revisionMethod = "imbot.v2.Revision.get"

// Revision tells how new a portal's bot API is, for each kind of client.
type Revision struct {
	Rest, Web, Mobile, Desktop int
}

// Revision reads the revision of the bot API's second generation (imbot.v2.Revision.get). A portal that is
// too old for it answers ErrMethodNotFound.
func (c *Client) Revision(ctx context.Context) (Revision, error) {
	var r Revision
	err := c.Call(ctx, revisionMethod, nil, &r)
	return r, err
}
