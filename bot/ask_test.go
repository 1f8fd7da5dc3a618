package bot_test

import (
	"context"
	"errors"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bot"
	"github.com/whois24/whois24/commands"
)

// The texts of the commands that these tests hold conversations with.
var spokenTexts = fstest.MapFS{
	"en.toml": {Data: []byte("[order]\ntitle = 'Order'\nwhat = 'What shall it be?'\nnumber = 'How many?'\ndone = '{{.Many}} of {{.What}}'\n" +
		"[report]\ntitle = 'Report'\nwait = 'One moment'\nhalf = 'Half of it'\ndone = 'Here it is'\n")},
	"ru.toml": {Data: []byte("[order]\ntitle = 'Заказ'\nwhat = 'Что заказать?'\nnumber = 'Сколько?'\ndone = '{{.What}}: {{.Many}}'\n" +
		"[report]\ntitle = 'Отчёт'\nwait = 'Минуту'\nhalf = 'Половина'\ndone = 'Вот он'\n")},
}

// ordering asks two questions.
func ordering() commands.Command {
	return commands.New("order", func(_ context.Context, c commands.Call, a struct {
		What string `arg:"optional"`
	},
	) (commands.Reply, error) {
		what, ok := c.Answer(0)
		if !ok {
			return c.Ask("order.what", nil)
		}
		many, ok := c.Answer(1)
		if !ok {
			return c.Ask("order.number", nil)
		}
		if many == "none" {
			return commands.Reply{}, errors.New("nobody orders none")
		}
		return c.Say("order.done", commands.Data{"What": what + a.What, "Many": many})
	}, spokenTexts)
}

// reporting takes its time, and ends in one of several ways.
func reporting() commands.Command {
	return commands.New("report", func(_ context.Context, c commands.Call, a struct {
		How string `arg:"optional"`
	},
	) (commands.Reply, error) {
		return c.Later("report.wait", nil, func(context.Context) (commands.Reply, error) {
			switch a.How {
			case "fails":
				return commands.Reply{}, errors.New("no paper")
			case "panics":
				panic("no ink")
			}
			return c.Later("report.half", nil, func(context.Context) (commands.Reply, error) { return c.Say("report.done", nil) })
		})
	}, spokenTexts)
}

// conversing is somebody's conversation on a portal with these commands.
func conversing(t *testing.T) *bot.Conversation {
	t.Helper()
	s := newSite(t, portal.Options{}).with(t, ordering(), reporting(), commands.Whois())
	return bot.NewConversation(s.served, bot.Texts{Language: "en"}, bitrix.Author{ID: 7})
}

// hears says something and returns the texts that are shown, and whether there was an error.
func hears(t *testing.T, c *bot.Conversation, text string) (shown []string, failed bool) {
	t.Helper()
	err := c.Say(t.Context(), text, func(r commands.Reply) { shown = append(shown, r.Text) })
	return shown, err != nil
}

// TestConversation goes through what a chat without a portal's messenger has to remember.
func TestConversation(t *testing.T) {
	const sorry = "I could not answer"
	for name, lines := range map[string][]struct {
		says  string
		reads []string
	}{
		"questions": {
			{"/order !", []string{"What shall it be?"}},
			{"two words", []string{"How many?"}},
			{"3", []string{"3 of two words!"}},
			{"tea", []string{"what?"}},
		},
		"another command ends a question": {
			{"/order", []string{"What shall it be?"}},
			{"/report", []string{"One moment", "Half of it", "Here it is"}},
			{"tea", []string{"what?"}},
		},
		"nothing is wanted any more": {
			{"/order", []string{"What shall it be?"}},
			{"cancel", []string{"All right, never mind."}},
			{"tea", []string{"what?"}},
		},
		"a question again": {
			{"/order", []string{"What shall it be?"}},
			{"/order", []string{"What shall it be?"}},
			{"tea", []string{"How many?"}},
		},
		"a question beside another command": {
			{"/order\n/report", []string{"What shall it be?", "One moment", "Half of it", "Here it is"}},
			{"tea", []string{"How many?"}},
		},
		"a fault after an answer": {
			{"/order", []string{"What shall it be?"}},
			{"tea", []string{"How many?"}},
			{"none", []string{sorry}},
			{"3", []string{"3 of tea"}},
		},
		"nothing said": {{" ", nil}},
		"a fault":      {{"/report fails", []string{"One moment", sorry}}},
		"a panic":      {{"/report panics", []string{"One moment", sorry}}},
	} {
		t.Run(name, func(t *testing.T) {
			c := conversing(t)
			apology, what := commands.Apology("en", commands.Broken, "").Text, puzzled(t)
			for _, line := range lines {
				shown, failed := hears(t, c, line.says)
				for i := range shown {
					switch shown[i] {
					case apology:
						shown[i] = sorry
					case what:
						shown[i] = "what?"
					}
				}
				if diff := cmp.Diff(line.reads, shown); diff != "" {
					t.Errorf("%s (-want +got)\n%s", line.says, diff)
				}
				if apologised := len(shown) > 0 && shown[len(shown)-1] == sorry; failed != apologised {
					t.Errorf("%s: failed %v", line.says, failed)
				}
			}
		})
	}
}

// puzzled is what the bot answers to what it cannot make anything of.
func puzzled(t *testing.T) string {
	t.Helper()
	shown, _ := hears(t, conversing(t), "tea")
	return shown[0]
}

// TestConversationButtons: what a command offers can be pressed, and whoever is from outside is refused as in the messenger.
func TestConversationButtons(t *testing.T) {
	b := bitrix.Button{Command: "whois", Params: "5"}
	var shown []string
	show := func(r commands.Reply) { shown = append(shown, r.Text[:len("[b]Евгений Шеленков")]) }
	if err := conversing(t).Press(t.Context(), b, show); err != nil || len(shown) != 1 || shown[0] != "[b]Евгений Шеленков" {
		t.Errorf("shown %q, error %v", shown, err)
	}
	guest := bot.NewConversation(newSite(t, portal.Options{}).served, bot.Texts{Language: "en"}, bitrix.Author{ID: 31, Outsider: true})
	if shown, _ := hears(t, guest, "/whois 5"); len(shown) != 1 || shown[0] != "Sorry, I answer only people of the company. Please ask whoever you work with here." {
		t.Errorf("a guest reads %q", shown)
	}
}

// TestAskEndsWithTheLast: of a reply in steps whoever asks once reads the last.
func TestAskEndsWithTheLast(t *testing.T) {
	s := newSite(t, portal.Options{}).with(t, reporting())
	replies, err := bot.Ask(t.Context(), s.served, bot.Texts{Language: "en"}, bitrix.Author{ID: 7}, "/report")
	if err != nil || len(replies) != 1 || replies[0].Text != "Here it is" {
		t.Errorf("replies %+v, error %v", replies, err)
	}
}
