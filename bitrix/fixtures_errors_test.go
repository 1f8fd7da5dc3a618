package bitrix_test

import (
	"testing"

	"github.com/whois24/whois24/bitrix"
)

const (
	again    = true  // worth another try, unchanged
	final    = false // it is not
	perhaps  = true  // the portal may have carried the call out
	certain  = false // it has not
	codeless = bitrix.ErrorCode("")
)

// refusals are the portal's errors: what it said, whether to try again, whether the call may have run.
var refusals = map[string]expectation{
	"error.id-empty.json":                           fails(bitrix.ErrIDEmpty, final, certain),
	"error.user-not-exists.json":                    fails(bitrix.ErrUserNotExists, final, certain),
	"error.access-denied-extranet.json":             fails(bitrix.ErrAccessDenied, final, certain),
	"error.user-list-invalid-format.json":           fails("INVALID_FORMAT", final, certain),
	"error.find-short.json":                         fails("FIND_SHORT", final, certain),
	"error.department-bot.json":                     fails("ACCESS_ERROR", final, certain),
	"error.imbot-v2.bot-token-not-specified.json":   fails(bitrix.ErrBotTokenMissing, final, certain),
	"error.imbot-v2.bot-id-required.json":           fails("BOT_ID_REQUIRED", final, certain),
	"error.imbot-v2.bot-not-found.json":             fails(bitrix.ErrBotNotFound, final, certain),
	"error.imbot-v2.bot-ownership.json":             fails(bitrix.ErrBotOwnership, final, certain),
	"error.imbot-v2.bot-code-taken.json":            fails(bitrix.ErrBotCodeTaken, final, certain),
	"error.imbot-v2.bot-invalid-callback.json":      fails(bitrix.ErrBotCallback, final, certain),
	"error.imbot-v2.bot-token-length.json":          fails(bitrix.ErrBotTokenLength, final, certain),
	"error.imbot-v2.command-not-found.json":         fails(bitrix.ErrCommandNotFound, final, certain),
	"error.imbot-v2.command-title-required.json":    fails(bitrix.ErrCommandTitle, final, certain),
	"error.imbot-v2.command-answer-failed.json":     fails(bitrix.ErrCommandAnswer, final, certain),
	"error.imbot-v2.chat-access-denied.json":        fails(bitrix.ErrAccessDenied, final, certain),
	"error.imbot-v2.empty-message.json":             fails(bitrix.ErrEmptyMessage, final, certain),
	"error.imbot-v2.sending-failed.json":            fails(bitrix.ErrSendingFailed, again, perhaps),
	"error.imbot-v2.attach-error.json":              fails(bitrix.ErrAttach, final, certain),
	"error.imbot-v2.keyboard-error.json":            fails(bitrix.ErrKeyboard, final, certain),
	"error.imbot-v2.reaction-not-found.json":        fails("REACTION_NOT_FOUND", final, certain),
	"error.imbot-v2.event-user-not-subscribed.json": fails("USER_NOT_SUBSCRIBED", final, certain),
	"error.imbot-v1.client-id.json":                 fails(bitrix.ErrAccessDenied, final, certain),
	"error.imbot-v1.bot-id.json":                    fails("BOT_ID_ERROR", final, certain),
	"error.imbot-v1.app-id.json":                    fails("APP_ID_ERROR", final, certain),
	"error.imbot-v1.dialog-id.json":                 fails("DIALOG_ID_EMPTY", final, certain),
	"error.imbot-v1.message-empty.json":             fails("MESSAGE_EMPTY", final, certain),
	"error.imbot-v1.wrong-request.json":             fails("WRONG_REQUEST", final, certain),
	"error.imbot-v1.attach-oversize.json":           fails("ATTACH_OVERSIZE", final, certain),
	"error.imbot-v1.command-id.json":                fails("COMMAND_ID_ERROR", final, certain),
	"error.imbot-v1.session-auth.json":              fails("WRONG_AUTH_TYPE", final, certain),
	"error.query-limit-exceeded.json":               fails(bitrix.ErrQueryLimit, again, certain),
	"error.query-limit-exceeded-429.json":           fails(bitrix.ErrQueryLimit, again, certain),
	"error.operation-time-limit.json":               fails(bitrix.ErrOperationTimeLimit, again, certain),
	"error.overload-limit.json":                     fails(bitrix.ErrOverloadLimit, final, certain),
	"error.expired-token.json":                      fails(bitrix.ErrExpiredToken, final, certain),
	"error.no-auth-found.json":                      fails(bitrix.ErrNoAuthFound, final, certain),
	"error.invalid-token.json":                      fails(bitrix.ErrInvalidToken, final, certain),
	"error.invalid-credentials.json":                fails(bitrix.ErrInvalidCredentials, final, certain),
	"error.insufficient-scope.json":                 fails(bitrix.ErrInsufficientScope, final, certain),
	"error.access-denied-plan.json":                 fails(bitrix.ErrAccessDenied, final, certain),
	"error.user-access-error.json":                  fails(bitrix.ErrUserAccess, final, certain),
	"error.authorization-error.json":                fails(bitrix.ErrAuthorization, final, certain),
	"error.application-not-found.json":              fails(bitrix.ErrApplicationGone, final, certain),
	"error.connection-error.json":                   fails(bitrix.ErrConnection, again, certain),
	"error.invalid-request-https.json":              fails(bitrix.ErrInvalidRequest, final, certain),
	"error.method-not-found.json":                   fails(bitrix.ErrMethodNotFound, final, certain),
	"error.error-argument.json":                     fails(bitrix.ErrArgument, final, certain),
	"error.internal-server-error.json":              fails(bitrix.ErrInternal, again, perhaps),
	"error.unexpected-answer.json":                  fails(bitrix.ErrUnexpectedAnswer, again, perhaps),
	"error.error-core-sql.json":                     fails(bitrix.ErrCore, again, perhaps),
	"error.portal-deleted.json":                     fails(bitrix.ErrPortalDeleted, final, certain),
	"error.empty-code.json":                         fails(codeless, final, certain),
	"error.wrong-encoding.json":                     fails(bitrix.ErrWrongEncoding, final, perhaps),
}

// accidents are answers that are none of the portal's REST interface.
var accidents = map[string]expectation{
	"error.gateway-502.txt":  fails(codeless, again, perhaps),
	"error.truncated.txt":    fails(codeless, again, perhaps),
	"error.redirect-302.txt": fails(codeless, final, certain), // to a host that gets no token
}

// TestOutcomeOfRows: rows of the table that no recorded answer reaches.
func TestOutcomeOfRows(t *testing.T) {
	for _, row := range []struct {
		name                  string
		e                     bitrix.Error
		temporary, mayHaveRun bool
	}{
		{"source's status for overload", bitrix.Error{Status: 401, Code: "OVERLOAD_LIMIT"}, final, certain},
		{"documented status for a deleted portal", bitrix.Error{Status: 500, Code: "PORTAL_DELETED"}, final, certain},
		{"limit inside a batch", bitrix.Error{Status: 200, Code: "QUERY_LIMIT_EXCEEDED"}, again, certain},
		{"case does not matter", bitrix.Error{Status: 503, Code: "query_limit_exceeded"}, again, certain},
		{"core error without a crash", bitrix.Error{Status: 400, Code: "ERROR_CORE"}, final, perhaps},
		{"batch too long", bitrix.Error{Status: 200, Code: "ERROR_BATCH_LENGTH_EXCEEDED"}, again, certain},
		{"method not for batches", bitrix.Error{Status: 405, Code: "ERROR_BATCH_METHOD_NOT_ALLOWED"}, final, certain},
		{"equal message being written", bitrix.Error{Status: 400, Code: "MESSAGE_DUPLICATED_BY_UUID"}, again, perhaps},
		{"grant lost, with any status", bitrix.Error{Status: 500, Code: "invalid_grant"}, final, certain},
		{"client unknown, with any status", bitrix.Error{Status: 500, Code: "invalid_client"}, final, certain},
		{"not paid, with any status", bitrix.Error{Status: 503, Code: "PAYMENT_REQUIRED"}, final, certain},
		{"unknown code", bitrix.Error{Status: 400, Code: "CANCELED"}, final, certain},
		{"unknown code in a batch", bitrix.Error{Status: 200, Code: "CANCELED"}, final, certain},
		{"no code in a batch", bitrix.Error{Status: 200, Text: "User is not found"}, final, certain},
		{"unknown code of a crash", bitrix.Error{Status: 500, Code: "NEW"}, again, perhaps},
		{"gateway timeout", bitrix.Error{Status: 504}, again, perhaps},
		{"request timeout", bitrix.Error{Status: 408}, again, perhaps},
		{"front end's limit", bitrix.Error{Status: 429}, again, certain},
		{"refused by a front end", bitrix.Error{Status: 403}, final, certain},
	} {
		t.Run(row.name, func(t *testing.T) {
			if row.e.Temporary() != row.temporary || row.e.MayHaveRun() != row.mayHaveRun {
				t.Errorf("temporary %v, may have run %v", row.e.Temporary(), row.e.MayHaveRun())
			}
		})
	}
}
