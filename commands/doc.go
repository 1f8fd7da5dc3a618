// Package commands is what the bot can do: a question in, a reply out.
//
// A [Command] is one value: a name, a function from a [Call] with typed arguments to a [Reply], and texts by language.
// [New] makes it. The function returns its reply and never sends it; sending, retrying and settling belong to package
// bot. The directory of the portal that was asked comes with the call, so a command is tested by putting it into a [Set]
// and running a line.
//
//	// Birthday tells when to congratulate somebody.
//	func Birthday() Command {
//		return New("birthday", func(_ context.Context, c Call, a struct{ Who Person }) (Reply, error) {
//			day, ok := c.Birthday(a.Who.User)
//			if !ok {
//				return c.Sorry("birthday.unknown", nil)
//			}
//			return c.Say("birthday.answer", Data{"Name": a.Who.Name, "Day": day})
//		})
//	}
//
// Its title is the text birthday.title. From the same value come the entry in the portal's list, /help, [Reference],
// [Schema], and [Call.Button], which calls it back, with [InPlace] in the same message. [Default] is the table of contents; a
// program of its own makes its own list with [NewSet], which tells every mistake at once.
//
// # Arguments
//
// They are the fields of a struct, in the order they are typed, by these types:
//
//   - [Person]: a mention, a number, a part of the name. Nothing said is who asks. Where several people match, the reply
//     is a list to pick from, which the command never sees.
//   - [Department]: its number, or whole words of its name once the staff has been read.
//   - [Day]: today, friday, 14.02, 2026-02-14.
//   - [time.Duration]: 90m, 1 h.
//   - int: a whole number.
//   - string: a word, or several in quotes.
//
// and these tags, with commas between those in arg:
//
//   - arg:"optional": nothing needs to be said, and the field is zero then;
//   - arg:"default=week": what stands for nothing said, as it would be typed;
//   - arg:"required": of a Person, who is not to be who asks;
//   - arg:"rest": of a string, the rest of the line;
//   - choice:"today week": of a string, one of these. Each has a text command.field.key with its ways to say it in a
//     language, commas between;
//   - hint:"birthday.who": the id of the text that stands for it in hints, in place of the type's own.
//
// What may be left out stands after what may not. A word that does not fit is named to the asker before anything is looked
// up. A person costs one search and one look-up at most.
//
// # Words
//
// Whatever a person reads comes from the catalogue through [Call.Text], in the reader's language, with the plural forms of
// CLDR. Values put into a text are foreign until proven otherwise: names and positions are written by anybody and may
// hold BB-code, so every string goes through [bitrix.Plain]. Only a [Markup] is printed as it is.
//
// A command fails in one of three ways: with [Call.Sorry], words for the person who asked; with an error of the portal,
// wrapped, which the bot may try again; or with any other error, which the bot explains with an [Apology].
//
// Another language is one more file in locales and no Go.
//
// # More than one reply
//
// What takes longer than a moment says so first: [Call.Later] posts a text, and what its function returns takes the place of
// that, or is the next step. It may be run again, wherever the bot died, and all steps together have two minutes.
//
// A command that needs to know more asks: after [Call.Ask] it is run again with what the person says next, as [Call.Answer].
// It keeps nothing itself: each time it gets the same arguments and all answers so far. Who gives another command instead, says
// “cancel”, or says nothing for [AskedFor] is not asked any more. Answers are foreign text.
//
// # Privacy
//
// What an answer may tell of people depends on who reads it, see [Privacy]. A command is given people who are without the rest, so
// it has nothing to take care of; [Call.Shows] tells it what is left out, and [Call.Privately] makes the button that sends the
// whole answer to whoever presses it.
//
// # Other processes
//
// A command may run elsewhere: package remote serves the same value, and asks for it. What it takes is here. A [Schema] tells
// all there is to know of a command, [Described] makes a command of one that is read, resolved and listed like any other, and
// [Values] carry its arguments. [Set.Host] takes such guests into a set while it runs, and [Set.RunWith] answers in the other
// process. What a schema says and what values hold comes from strangers, and is checked.
package commands
