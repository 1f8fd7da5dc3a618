package messenger

import (
	"errors"
	"fmt"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// request is what the page asks for; Type tells which fields are set (see the package comment).
type request struct {
	Type    string           `json:"type"`
	Ref     string           `json:"ref"`
	Dialog  bitrix.DialogID  `json:"dialog"`
	Text    string           `json:"text"`
	Message bitrix.MessageID `json:"message"`
	Button  int              `json:"button"`
	Person  bitrix.UserID    `json:"person"`
	Change  change           `json:"change"`
}

// answer does what was asked, once, and says how it went.
func (s *socket) answer(r request) frame {
	id, err := s.do(r)
	f := frame{Type: "result", Ref: r.Ref, ID: id}
	if err != nil {
		f.Error = err.Error()
	}
	return f
}

func (s *socket) do(r request) (bitrix.MessageID, error) {
	switch r.Type {
	case "say":
		return s.portal.Say(s.as, r.Dialog, r.Text)
	case "press":
		return 0, s.portal.Press(s.as, r.Message, r.Button)
	case "change":
		return 0, s.change(r.Person, r.Change)
	}
	return 0, fmt.Errorf("unknown request %.20q", r.Type)
}

func (s *socket) change(id bitrix.UserID, c change) error {
	who, known := s.portal.Person(id)
	switch {
	case !known:
		return errors.New("nobody has this ID")
	case who.Bot:
		return errors.New("a bot has no presence")
	}
	apply, err := c.on(who, s.now())
	if err != nil {
		return err
	}
	s.portal.SetPerson(id, func(p *portal.Person) { apply(p) })
	return nil
}
