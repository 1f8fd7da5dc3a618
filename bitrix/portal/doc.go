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
// older one, search and departments; and with user.get, which knows their time zones, where Options.Scope has
// user_brief. Bots of API v2 with their tokens, commands, messages, keyboards and attachments; sends that can be
// repeated with a templateId; Command.answer with its ten minutes and its silence afterwards. Events as forms
// posted once, with no retry, or queued for imbot.v2.Event.get. Who hears of what people type, edit, delete and
// press. Bots of API v1, which both generations see and which are told in their own format, one event for several
// bots or commands; Options.V1Only is a portal that has no other.
//
// An application, if an AuthServer is in the Options: Install and Uninstall post its events, people's and bots' tokens
// come with events, expire after an hour and are renewed at the AuthServer, which many portals may share. Scopes.
// A portal renamed answers at its old address with 302.
//
// # What only an emulated portal does
//
// Say, Press, SetPerson and the like act for people; Hire brings more of them, and Options.Empty leaves out the invented ones. Subscribe, Calls and Deliveries show what happens, secrets
// masked; Lost shows events that a bot that fetches never read. Fail makes calls fail in the ways portals fail;
// SetDelivery loses, repeats and delays events. ExpireTokens, RevokeWebhook and Rename take away what a client relies
// on. Time is Options.Now, and everything but tokens is at the start the same for the same moment.
//
// # What it does not do
//
// The rest of API v1 (imbot.chat.add and so on), context and reaction events, files, open lines, XML. More than one
// application, its pages, ONAPPTEST and the end of a refresh token after 180 days; the counter by which a portal ends
// circles of events. Nobody's rights are checked but a bot's: the webhook's owner may see everybody. One bucket serves
// all callers, as if they came from one address. A command in a bot's own message never runs; whether a real portal
// might run it is not known.
package portal
