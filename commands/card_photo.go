package commands

import (
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// photo is what the portal has for showing a person; nil for who has no photo, or no name to stand beside it.
func (c card) photo() *bitrix.Attach {
	if !c.Shows(FieldPhoto) || !strings.HasPrefix(c.user.Avatar, "http") || !filled(c.user.Name) {
		return nil
	}
	return &bitrix.Attach{Color: "base", Blocks: []bitrix.Block{{
		User: &bitrix.UserBlock{Name: bitrix.Plain(c.user.Name), Avatar: c.user.Avatar, User: c.user.ID},
	}}}
}
