package commands

import (
	"errors"
	"fmt"
)

// sorry is an outcome that the person who asked can understand and mend.
type sorry struct {
	id   string
	data Data
}

// Sorry is an error with words for the person who asked: a text of the catalogue with its values, as in
// [Call.Text]. Trying again would not help, so the bot says the words and is done.
func Sorry(id string, data map[string]any) error {
	return &sorry{id: id, data: data}
}

// Error is for the log. It holds the id alone, since the values are what people wrote.
func (s *sorry) Error() string { return "sorry: " + s.id }

// spoken remembers whose words a Sorry uses, since the set it came out of may have texts of its own, and whether they are for who
// asked alone.
type spoken struct {
	error
	texts   *catalogue
	private bool
}

func (s spoken) Unwrap() error { return s.error }

// Words are what a Sorry anywhere in err says, in lang; false when there is none in it.
func Words(err error, lang Language) (Reply, bool) {
	var s *sorry
	if !errors.As(err, &s) {
		return Reply{}, false
	}
	texts := builtin()
	var from spoken
	if errors.As(err, &from) {
		texts = from.texts
	}
	return Reply{Text: tame(texts.text(lang, s.id, s.data)), Private: from.private, Sorry: true}, true
}

// ErrAway is the error of a command that runs in another process, when no such process is there. It may come back.
var ErrAway = errors.New("nobody runs the command now")

// Reason is why the bot gives up on a question through no fault of the person who asked.
type Reason int

// Reasons to apologise. The zero Reason is Broken.
const (
	Broken        Reason = iota // a fault of ours
	PortalRefuses               // the portal denies the bot a right it needs
	PortalTrouble               // the portal does not answer, or answers with faults
	TooLate                     // the question has waited too long
	Away                        // the process that runs the command is not there
)

// Apology says that there will be no answer, why, and what to do. Under the reference, if there is one, those who run the
// bot find out more.
func Apology(lang Language, reason Reason, reference string) Reply {
	text := builtin().text(lang, reason.id(), nil)
	if reference != "" {
		text += "\n" + builtin().text(lang, "apology.reference", Data{"Reference": reference})
	}
	return Reply{Text: text}
}

func (r Reason) id() string {
	switch r {
	case PortalRefuses:
		return "apology.refused"
	case PortalTrouble:
		return "apology.trouble"
	case TooLate:
		return "apology.late"
	case Away:
		return "apology.away"
	default:
		return "apology.broken"
	}
}

// String is for the log.
func (r Reason) String() string {
	switch r {
	case Broken:
		return "broken"
	case PortalRefuses:
		return "portal refuses"
	case PortalTrouble:
		return "portal trouble"
	case TooLate:
		return "too late"
	case Away:
		return "away"
	default:
		return fmt.Sprintf("reason %d", int(r))
	}
}
