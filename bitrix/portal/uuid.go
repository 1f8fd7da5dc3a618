package portal

import (
	"regexp"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// uuid is the only form of templateId that counts: version 4, lower case. Others are ignored.
var uuid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

const (
	claimLife  = 31 * day  // how long a message's UUID is remembered
	claimStuck = time.Hour // after this one without its message may be taken again
)

// claims are the UUIDs of messages: of the whole portal, whoever sent them and wherever to.
type claims struct {
	byUUID map[string]claim
	oldest []claimed
}

type claim struct {
	message bitrix.MessageID // 0 until it is written
	at      time.Time
}

type claimed struct {
	uuid string
	at   time.Time
}

// take claims a UUID. When it has a message already, that one's id comes back; while the message is being
// written, or after the portal died over it, there is an error.
func (c *claims) take(id string, now time.Time) (bitrix.MessageID, error) {
	c.forget(now)
	known, taken := c.byUUID[id]
	if known.message != 0 {
		return known.message, nil
	}
	if taken && now.Sub(known.at) < claimStuck {
		return 0, errSending
	}
	c.byUUID[id] = claim{at: now}
	c.oldest = append(c.oldest, claimed{id, now})
	return 0, nil
}

// settle gives a claimed UUID its message.
func (c *claims) settle(id string, message bitrix.MessageID) {
	known := c.byUUID[id]
	known.message = message
	c.byUUID[id] = known
}

func (c *claims) forget(now time.Time) {
	for len(c.oldest) > 0 && now.Sub(c.oldest[0].at) > claimLife {
		old := c.oldest[0]
		c.oldest = c.oldest[1:]
		if c.byUUID[old.uuid].at.Equal(old.at) { // else it was claimed again since
			delete(c.byUUID, old.uuid)
		}
	}
}
