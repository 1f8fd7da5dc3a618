package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/events"
	"github.com/whois24/whois24/events/stream"
)

// part is one of the things asked in an event: a command, one of several lines of a message, or an answer.
type part struct {
	commands.Request
	n    int   // from 0
	anew bool  // the message that had its reply is gone
	at   place // of the reply to what this was before it was edited
}

// name tells a reply apart from the others to its event.
func (p part) name() string {
	if p.anew {
		return strconv.Itoa(p.n) + ", anew"
	}
	return strconv.Itoa(p.n)
}

// answering reports whether the part is an answer to what a command asked back.
func (p part) answering() bool { return len(p.Answers) > 0 }

// parts takes an event apart into what was asked. Last is the last question to the person in that dialog, which the event
// may answer.
func (w *Worker) parts(p *Portal, d stream.Delivery, last stream.Question) []part {
	e := d.Event
	how := relationOf(last, d)
	var all []part
	for n, line := range w.lines(p, e, how != unrelated) {
		all = append(all, part{n: n, Request: commands.Request{
			ID:           fmt.Sprintf("%s.%d", e.Key(), n),
			Name:         strings.ToLower(line.Name),
			Args:         line.Args,
			Asker:        commands.Asker{ID: e.User.ID, Outsider: e.User.Outsider},
			Chat:         chat(e),
			Lang:         w.language(e),
			Zone:         w.texts.Zone,
			Now:          w.now(),
			People:       p.Client,
			Staff:        p.staff.Load(),
			StaffUntold:  p.untold.Load(),
			Privacy:      w.texts.Privacy,
			WorkingHours: w.texts.Hours,
			Joined:       e.Kind == bitrix.JoinChat,
		}})
	}
	if e.Wake != nil && len(all) == 1 {
		all[0].Woken, all[0].Note, all[0].Answers = true, e.Wake.Note, e.Wake.Answers
		return all
	}
	if len(all) == 1 && all[0].Name == "" && !all[0].Joined {
		all[0].answer(last, how, commands.Said(message(e)))
	}
	return all
}

// chat is where the answer will be read. Where nobody says who reads along, outsiders do: what they have read cannot be taken
// back. A greeting tells nothing of anybody.
func chat(e events.Event) commands.Chat {
	unsure := e.Chat.Unvouched && e.Kind != bitrix.JoinChat
	return commands.Chat{Private: e.Chat.Private, Outsiders: e.Chat.Outsiders || unsure}
}

// answer makes the part an answer to the question, if it may be one and says something.
func (p *part) answer(last stream.Question, how relation, said string) {
	if how == unrelated || how == answers && said == "" {
		return
	}
	p.Name, p.Args, p.Answers = last.Command, last.Args, slices.Clone(last.Answers)
	if how == answers {
		p.Answers = append(p.Answers, said)
	}
}

func (w *Worker) lines(p *Portal, e events.Event, asked bool) []commands.Line {
	switch e.Kind {
	case bitrix.CommandAdd:
		params, _ := commands.CutInPlace(e.Command.Params)
		return []commands.Line{{Name: e.Command.Name, Args: commands.Args(params)}}
	case events.Woken:
		return wokenLines(p, e)
	case bitrix.JoinChat:
		return []commands.Line{{}} // nothing was said, and there is a greeting
	}
	m := message(e)
	m.Asked = asked
	return commands.Lines(m, p.Commands.Has)
}

func message(e events.Event) commands.Message {
	return commands.Message{
		Text:      e.Message.Text,
		Private:   e.Chat.Private,
		Bot:       bitrix.UserID(e.Bot.ID),
		Forwarded: e.Message.Forwarded,
	}
}
