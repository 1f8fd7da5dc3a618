// Package bitrix speaks to Bitrix24 both ways: it reads the events a portal posts and calls its REST methods.
// It knows Bitrix24's habits so that nobody else has to, and nothing of commands, queues or NATS.
//
// # Calling a portal
//
// An incoming webhook is address and credential in one. A [Client] made from it is one portal:
//
//	webhook, err := bitrix.ParseWebhook("https://example.bitrix24.com/rest/1/code/")
//	…
//	client := bitrix.NewClient(bitrix.ClientOptions{Webhook: webhook})
//	user, err := client.User(ctx, 5)
//
// Methods used by the bot have a typed function each ([Client.User], [Client.SendMessage], [Client.RegisterBot],
// [Client.FetchEvents] and so on); [Client.Call] reaches the others, and [Client.Batch] up to 50 at once. Make
// one Client per portal and share it: it keeps connections open and spends the portal's allowance, which counts
// everything that comes from one address.
//
// # Two generations of the bot API
//
// Current portals have imbot.v2.*, older ones imbot.* alone. A client finds out which ([Client.Version]), once, unless
// [ClientOptions] says it. The typed functions then speak the one the portal has, and its codes compare as those of v2. Three
// things API v1 cannot do, which is errors.ErrUnsupported: keep events to be fetched, list a bot's commands, and register
// anything without an address to post to. And one it does not do: know a repeated message by its TemplateID
// ([Client.Repeatable]).
//
// # Applications
//
// An application is installed on many portals, and has an access token for each that lives for an hour. A Client is
// given one portal's [Tokens], whoever keeps them, and an [AuthServer] makes new ones:
//
//	client := bitrix.NewClient(bitrix.ClientOptions{Tokens: tokens})
//
// The token goes in the body of each request, never in its address, and is the one there is when the request's turn
// has come. To a portal that says expired_token, and on no other occasion, the Client asks the Tokens for a newer one
// than that, and makes the calls that were refused again: they did not run. That is done once; a second expired_token
// is told to the caller. A renewal that fails is an error of the calls that wanted it, which wraps what happened: it is
// temporary if the authorization server was away, and is not if the installation is no longer valid.
//
// # Renamed portals
//
// A portal that was renamed answers at its old host with the new one. The Client posts the call there again and stays
// there ([Client.Host]), until its credentials name another host. It follows within a zone of the cloud only (from
// a.bitrix24.eu to b.bitrix24.eu), and on this machine: any other host would be given a token.
//
// # Limits
//
// A portal takes 50 requests at once and 2 a second from then on. A call that finds nothing else going on is made
// at once. Calls that have to wait share the next request: [Client.User], [Client.SendMessage] and
// [Client.AnswerCommand] up to 50 in a batch, in the order they came, and up to 200 look-ups in one of the 50. So
// 3000 questions with a look-up and an answer each take some 65 requests and 7 seconds. All others, [Client.Call]
// too, make a request each.
//
// Up to 8 requests are out at once, each for 30 seconds at most. A call waits for the one that is out for a tenth
// of a second, half a second when half of the 50 are spent, unless the next request is full. A call's context
// bounds how long it waits. Messages to one dialog are never in two requests at once. At most 10 000 calls wait;
// one more fails with a temporary error.
//
//   - QUERY_LIMIT_EXCEEDED pauses the client: others behind the same address spend from the same bucket. The pause
//     grows from a second to half a minute. Calls that share requests are made again after it, since they did not
//     run, until their context ends; the others return the error.
//   - OPERATION_TIME_LIMIT blocks one method. Calls of it fail until its time comes, RetryAfter says when, and cost
//     no request; others go on.
//   - A call made again with a new access token waits its turn, and is a request more.
//   - Everything else that goes wrong is told to the caller, and to each of a batch for its own call. Nothing that
//     may have run is made again here, so no batch is unsafe to be in.
//
// # Errors
//
// A call that failed is an [*Error]. Its code compares with [errors.Is], in whatever case the portal wrote it:
//
//	if errors.Is(err, bitrix.ErrUserNotExists) { … }
//
// Two questions decide what to do next. [Error.Temporary]: may the same call succeed later? And
// [Error.MayHaveRun]: may the portal have carried it out, although we do not know? A call that may have run
// must be repeated only if twice does no harm: a read, or a message with a TemplateID. The answers come from one
// table, by code first and HTTP status second, because portals send errors with status 200 and the same error
// with several statuses. A connection lost, a body cut short or a gateway's page leave it open whether the call
// ran; a connection that was never made does not.
//
// # Receiving
//
// A portal posts events as forms of PHP's making. [ParseForm] reads one within bounds, [Form.ApplicationToken]
// is what proves it came from the portal (for a bot registered through a webhook, [ApplicationToken] tells what
// to expect), and [Form.Events] gives the same [Event] for both generations of the bot API, without tokens. What was
// kept to be fetched instead reads the same: [QueuedEvent.Events].
//
// # Loose types
//
// Where a value is missing, a portal writes false, null, "", 0 or an empty list, and numbers may be text. The
// types here take all of it: [OptTime] is zero when a date is unknown, [Phones] when there are none. What is
// neither a value nor a known blank is an error. An id is never sent as less than 1, since im.user.get answers a
// missing id with the caller; and a user other than the one asked for is an error too.
//
// # Foreign text and secrets
//
// BB-code has no escapes. Whatever people have written (names, positions, what they asked) goes through [Plain]
// before it goes into a message.
//
// Tokens are of type [Secret], which prints as ***. They appear in no error, whatever is unwrapped: net/http
// puts the address, and the token in it, into its own. A webhook's code, a bot's token, the access token of the
// request, and an application's secret and refresh token are looked for in whatever comes back.
package bitrix
