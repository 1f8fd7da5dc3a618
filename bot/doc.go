// Package bot joins the rest: it brings events from the portals to the commands, and what the commands return back to the
// portals. A Bot is one process of it. Which of its fields are set makes it a receiver, a worker or both.
//
// # Portals
//
// Portals is the list of those served now. With an incoming webhook there is one, for ever. With an application, Applications
// adds each portal that installs it and removes those that leave; what it needs to call them is in the vault, so that every
// process on the store has the same list.
//
// # Registration
//
// Inspect compares a portal with what it should have and makes a Plan, Apply carries it out. Both may be repeated, and many
// processes may do so at once. A Bot with a Profile does that for each portal it serves (attend.go), looks every minute
// whether the bot is still there, and fetches its events where the portal does not post them. Of all processes on a store
// one does so for a portal at a time.
//
// # Commands in other processes
//
// One process looks every few seconds who runs commands on the bus and keeps the roster in the store (find.go, sight.go). Every
// process follows the roster and has its commands in the sets of all portals (guests.go), before it answers or registers
// anything. A command nobody runs stays for a time of grace, in which whoever asks is told so. A receiver without Profile
// registers these commands, and nothing else.
//
// # Answers
//
// A Worker finds the commands in an event, runs them, sends what they return and says how the event is to be settled
// (worker.go, verdict.go). Each answer has a name made from the question: a portal drops what it has under that name already
// (send.go). Where it knows no names, who answers claims the answer in the store first (effects.go, say.go). People are answered in the
// language they chose, which the store keeps, or else in the portal's (speak.go).
//
// A reply may come in several steps: the first is posted, and what the command makes of it later takes its place (later.go,
// steps.go). A repetition goes through all of them again, in the same message. A reply may also be a question. It is recorded
// before it is posted (questions.go), and what the person says next in that dialog is an answer for the command (parts.go).
//
// For a day it is known which messages answer which (answers.go): who edits a question finds the answer edited, and who deletes it
// finds the answer gone (edited.go). While an answer takes long the bot is seen typing (typing.go).
//
// # Watching
//
// Metrics, health and the console are at the admin address. A portal that is not well is listed there with what to do, and
// makes nothing else fail.
package bot
