// Package portal is a Bitrix24 portal to develop and test against: an http.Handler with invented people, chats,
// REST methods and bot events, all in memory.
//
//	p := portal.New(portal.Options{BaseURL: "http://127.0.0.1:8024"})
//	defer p.Close()
//	go http.ListenAndServe("127.0.0.1:8024", p)
//	id, err := p.Say(7, "456", "/whois 5") // user 7 writes to the bot
//
// # What it does as a portal does
//
// Calls through an incoming webhook, WebhookURL, with JSON, form and query parameters read the way PHP reads
// them, and answers spelled the way PHP spells them; batches with references; the leaky bucket of 50 requests
// that drains at 2 a second; error codes and statuses. People, with im.user.get in today's shape and in the
// older one, search and departments. Bots of API v2 with their tokens, commands, messages, keyboards and
// attachments; sends that can be repeated with a templateId; Command.answer with its ten minutes and its silence
// afterwards. Events as forms posted once, with no retry, or queued for imbot.v2.Event.get. Who hears of what
// people type, edit, delete and press.
//
// # What only an emulated portal does
//
// Say, Press, SetPerson and the like act for people. Subscribe, Calls and Deliveries show what happens, secrets
// masked. Fail makes calls fail in the ways portals fail; SetDelivery loses, repeats and delays events. Time is
// Options.Now, and everything at the start is the same for the same moment.
//
// # What it does not do
//
// API v1 (imbot.register and so on), applications with OAuth and their events, context and reaction events,
// files, open lines, renamed portals, XML. Nobody's rights are checked but a bot's: the webhook's owner may see
// everybody. One bucket serves all callers, as if they came from one address. A command in a bot's own message
// never runs; whether a real portal might run it is not known.
package portal
