// Package commandtest tests commands the way people use them: on a portal, with people on it, in its messenger.
//
//	func TestBirthday(t *testing.T) {
//		office := commandtest.New(t, Birthday())
//		anna := office.Hire(bitrix.User{Name: "Anna", Birthday: "14-02"})
//		oleg := office.Hire(bitrix.User{Name: "Oleg"})
//		office.Say(oleg, "/birthday anna").Reads("Anna has a birthday on 14 February.")
//		office.Say(anna, "/birthday").Reads("Anna has a birthday on 14 February.")
//		office.Say(oleg, "/birthday").Reads("I cannot tell the birthday.")
//	}
//
// A test of a command in package commands stands beside it in package commands_test, which may import this one.
//
// The portal is the emulated one of package bitrix/portal, empty but for those who are hired. The bot is the real one: the
// portal's event goes through the receiver to the worker, which runs the command and posts its reply. All of it is in memory
// and takes a millisecond or two.
//
// # What people do
//
// [Office.Say] is a line to the bot in private. [Office.Group] opens a chat with the bot in it, where outsiders read along if
// one of its members is hired as one, bitrix.User{Extranet: true}; [Chat.Say] is a line there, where the bot hears commands
// and what begins with its [Office.Mention]. [Office.Open] and [Office.Invite] are chats the bot is new in, where it greets.
// The bot knows who works in the office, as after a reading. [Answer.Press] presses a button, [Answer.Edit] and
// [Answer.Delete] change what was said. [Office.Speak] changes the language, which is English at the beginning. What there is no word for here, such as dismissing somebody or a portal that
// fails, is done to [Office.Portal].
//
// # What they expect
//
// Each of these is about the next message of the answer, and fails the test with what was said, what was answered and what was
// expected:
//
//	office.Say(oleg, "/birthday").Reads("I cannot tell the birthday.")
//	office.Say(oleg, "/whois anna").Contains("Accountant", "Online")
//	office.Say(oleg, "/whois smith").Contains("Whom do you mean?").Offers("Anna Smith", "Vera Smith")
//	office.Say(oleg, "/report").Reads("42 calls today.").After("One moment…")
//	office.Say(oleg, "/weather").Fails("connection refused")
//	group.Say(oleg, "Good morning!").Nothing()
//
// Reads is about the message as it stands at the end: one that was posted at first and replaced later, [commands.Call.Later],
// stood After another. A question of the command, [commands.Call.Ask], is what it [Answer.Asks], and the answer to it is the
// next line of the same person in the same chat:
//
//	office.Say(oleg, "/order").Asks("What shall I order?")
//	office.Say(oleg, "pizza").Reads("One pizza is on its way.")
//
// And nothing more: a message that nobody expected fails the test at its end, and so does a command that fails unexpectedly.
// [Answer.Redeliver] plays a bot that died before it could note that it had answered: the question comes once more, and
// nobody may notice.
//
// # Time
//
// It is ten o'clock on Monday, 21 September 2026, and stays so until [Office.Sleep]. What a command says when it is run again by
// itself, [commands.Wake], is the answer to that:
//
//	office.Sleep(time.Hour).Reads("Anna is back.")
//
// Nothing waits in earnest: when the bot wants to try again later, it is later at once. Two things do take their time, a command that itself sleeps, and one in
// another process.
//
// # What every command should bear
//
// [Check] tries that by itself: titles in every language, a call with nothing said, hostile words and hostile names, answers
// that are too long, the same answer again, once.
//
//	func TestBirthdayBearsEverything(t *testing.T) { commandtest.Check(t, Birthday()) }
package commandtest
