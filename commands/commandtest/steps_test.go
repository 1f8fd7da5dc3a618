package commandtest_test

import (
	"context"
	"testing"
	"time"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands"
	"github.com/whois24/whois24/commands/commandtest"
)

// report takes its time.
func report() commands.Command {
	return command("report", func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
		return c.Later("report.wait", nil, func(context.Context) (commands.Reply, error) {
			return c.Later("report.almost", nil, func(context.Context) (commands.Reply, error) {
				return c.Say("report.done", commands.Data{"N": 42})
			})
		})
	}, "report.wait = 'One moment…'", "report.almost = 'Almost there…'", "report.done = '{{.N}} calls today.'")
}

// TestLater: the message that stands at the end is the answer, and what stood there before can be asked for.
func TestLater(t *testing.T) {
	office := commandtest.New(t, report())
	anna := office.Hire(bitrix.User{Name: "Anna"})
	office.Say(anna, "/report").Reads("42 calls today.")
	office.Say(anna, "/report").Reads("42 calls today.").After("One moment…", "Almost there…").Redeliver()
	office.Group(anna).Say(anna, "/report").Reads("42 calls today.").After("One moment…", "Almost there…")
}

// tally counts how often it was asked, and offers to go on in the same message.
func tally() commands.Command {
	asked := 0
	return command("tally", func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
		asked++
		reply, err := c.Say("tally.so_far", commands.Data{"N": asked})
		more := commands.InPlace(c.Button("More", "tally", nil))
		reply.Keyboard = &bitrix.Keyboard{Buttons: []bitrix.Button{more, c.Button("Anew", "tally", nil)}}
		return reply, err
	}, "tally.so_far = 'So far: {{.N}}'")
}

// TestInPlace: the message whose button was pressed is the answer.
func TestInPlace(t *testing.T) {
	office := commandtest.New(t, tally())
	anna := office.Hire(bitrix.User{Name: "Anna"})
	first := office.Say(anna, "/tally").Reads("So far: 1")
	first.Press(anna, "More").Reads("So far: 2").After("So far: 1")
	first.Press(anna, "More").Reads("So far: 3").After("So far: 1", "So far: 2")
	first.Press(anna, "Anew").Reads("So far: 4").After()
}

// order asks what and how many.
func order() commands.Command {
	return command("order", func(_ context.Context, c commands.Call, _ none) (commands.Reply, error) {
		what, said := c.Answer(0)
		if !said {
			return c.Ask("order.what", nil)
		}
		many, said := c.Answer(1)
		if !said {
			return c.Ask("order.amount", commands.Data{"What": what})
		}
		return c.Say("order.done", commands.Data{"What": what, "Many": many})
	}, "order.what = 'What shall I order?'", "order.amount = 'How much {{.What}}?'", "order.done = '{{.Many}} {{.What}} on the way.'")
}

// TestQuestions: the next line of the same person in the same chat is the answer.
func TestQuestions(t *testing.T) {
	office := commandtest.New(t, order(), hi())
	anna, oleg := office.Hire(bitrix.User{Name: "Anna"}), office.Hire(bitrix.User{Name: "Oleg"})
	office.Say(anna, "/order").Asks("What shall I order?").Redeliver()
	office.Say(oleg, "pizza").Contains("What /order does") // nobody asked him
	office.Say(anna, "pizza").Asks("How much pizza?").Redeliver()
	office.Say(anna, "two").Reads("two pizza on the way.").Redeliver()

	office.Say(anna, "/order").Asks("What shall I order?")
	office.Say(anna, "/hi").Reads("Hi, Anna!") // a command ends the question
	office.Say(anna, "pizza").Contains("What /order does")

	office.Say(anna, "/order").Asks("What shall I order?")
	office.Sleep(commands.AskedFor + time.Second)
	office.Say(anna, "pizza").Contains("What /order does")
}

// TestQuestionsInGroups are answered with a mention, as the bot says.
func TestQuestionsInGroups(t *testing.T) {
	office := commandtest.New(t, order())
	anna := office.Hire(bitrix.User{Name: "Anna"})
	group := office.Group(anna)
	group.Say(anna, "/order").Asks("What shall I order?")
	group.Say(anna, "pizza").Nothing()
	group.Say(anna, office.Mention(office.Bot())+", pizza").Asks("How much pizza?")
	office.Say(anna, "two").Contains("What /order does") // this is another chat
	group.Say(anna, office.Mention(office.Bot())+" two").Reads("two pizza on the way.")
}

// TestCheckTalks: answers to questions are hostile too, and what comes after a while is looked at.
func TestCheckTalks(t *testing.T) {
	commandtest.Check(t, report(), order())
}
