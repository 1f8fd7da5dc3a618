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
// to expect), and [Form.Events] gives the same [Event] for both generations of the bot API, without tokens.
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
// puts the address, and the token in it, into its own.
package bitrix
