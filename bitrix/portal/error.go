package portal

import (
	"cmp"
	"net/http"
)

// restError is a refusal as methods put it.
type restError struct {
	code, text string
	status     int // as documented; 0 is 400
	source     int // as the portal's source has it; 0: no different
}

func (e *restError) Error() string { return e.code + ": " + e.text }

// httpStatus is the documented one, or the source's.
func (e *restError) httpStatus(source bool) int {
	documented := cmp.Or(e.status, http.StatusBadRequest)
	if source {
		return cmp.Or(e.source, documented)
	}
	return documented
}

// What the portal as a whole refuses.
var (
	errNoMethod     = &restError{code: "ERROR_METHOD_NOT_FOUND", text: "Method not found!", status: 404}
	errNoAuth       = &restError{code: "NO_AUTH_FOUND", text: "Wrong authorization data", status: 401}
	errCredentials  = &restError{code: "INVALID_CREDENTIALS", text: "Invalid request credentials", status: 403, source: 401}
	errQueryLimit   = &restError{code: "QUERY_LIMIT_EXCEEDED", text: "Too many requests", status: 503}
	errOperating    = &restError{code: "OPERATION_TIME_LIMIT", text: "Method is blocked due to operation time limit.", status: 429}
	errInternal     = &restError{code: "INTERNAL_SERVER_ERROR", text: "Internal server error", status: 500}
	errBatchNesting = &restError{code: "ERROR_BATCH_METHOD_NOT_ALLOWED", text: "Method is not allowed for batch usage", status: 405}
	errBatchLength  = &restError{code: "ERROR_BATCH_LENGTH_EXCEEDED", text: "Max batch length exceeded"}
)

// What the portal refuses callers.
var (
	errExpiredToken  = &restError{code: "expired_token", text: "The access token provided has expired", status: 401}
	errInvalidToken  = &restError{code: "invalid_token", text: "Unable to get application by token", status: 401}
	errNoApplication = &restError{code: "APPLICATION_NOT_FOUND", text: "Application not found", status: 401}
	errAuthorization = &restError{code: "authorization_error", text: "Unable to authorize user", status: 401}
	errWebhookScope  = scopeError("webhook token")
	errTokenScope    = scopeError("access token")
)

func scopeError(of string) *restError {
	text := "The request requires higher privileges than provided by the " + of
	return &restError{code: "insufficient_scope", text: text, status: 403, source: 401}
}

// What the authorization server refuses.
var (
	errGrant        = &restError{code: "invalid_grant", text: "Invalid grant"}
	errClient       = &restError{code: "invalid_client", text: "Invalid client", status: 401}
	errGrantRequest = &restError{code: "invalid_request", text: "Invalid request"}
)

// What methods about people refuse.
var (
	errIDEmpty    = &restError{code: "ID_EMPTY", text: "User ID can't be empty"}
	errNoUser     = &restError{code: "USER_NOT_EXISTS", text: "User is not exists"}
	errListFormat = &restError{code: "INVALID_FORMAT", text: "A wrong format for the ID field is passed"}
	errFindShort  = &restError{code: "FIND_SHORT", text: "Too short a search phrase."}
	errDepartment = &restError{code: "ID_EMPTY", text: "Department ID can't be empty"}
	errIntranet   = &restError{code: "ACCESS_ERROR", text: "Only intranet users have access to this method.", status: 403}
)

// What methods of bots refuse.
var (
	errNoBotToken    = &restError{code: "BOT_TOKEN_NOT_SPECIFIED", text: "Bot token not specified (botToken is required for webhook auth)"}
	errBotTokenLong  = &restError{code: "BOT_TOKEN_INVALID_LENGTH", text: "Bot token must not exceed 40 characters"}
	errBotTokenTaken = &restError{code: "BOT_TOKEN_ROTATION_FAILED", text: "Bot token rotation failed"}
	errNoBotID       = &restError{code: "BOT_ID_REQUIRED", text: "botId is required"}
	errNoBot         = &restError{code: "BOT_NOT_FOUND", text: "Bot not found"}
	errNotOwner      = &restError{code: "BOT_OWNERSHIP_ERROR", text: "Bot was installed by another rest application"}
	errNoBotCode     = &restError{code: "BOT_CODE_REQUIRED", text: "Bot code is required"}
	errBotCodeTaken  = &restError{code: "BOT_CODE_ALREADY_TAKEN", text: "Bot with this code already exists"}
	errNoBotName     = &restError{code: "BOT_PROPERTIES_REQUIRED", text: "Bot properties are required"}
	errBotType       = &restError{code: "BOT_INVALID_TYPE", text: "Invalid bot type"}
	errEventMode     = &restError{code: "BOT_INVALID_EVENT_MODE", text: "Invalid event mode"}
	errNoWebhookURL  = &restError{code: "BOT_WEBHOOK_URL_REQUIRED", text: "Webhook URL is required"}
	errCallback      = &restError{code: "BOT_INVALID_CALLBACK", text: "Wrong handler URL"}
	errBotLimit      = &restError{code: "BOT_LIMIT_EXCEEDED", text: "Bot limit exceeded"}
	errBotParams     = &restError{code: "PARAMS_REQUIRED", text: "Required parameters are missing"}
	errNotSubscribed = &restError{code: "USER_NOT_SUBSCRIBED", text: "User is not subscribed. Call im.v2.Event.subscribe first"}
)

// What methods of commands refuse.
var (
	errNoCommandName = &restError{code: "COMMAND_REQUIRED", text: "Command is required"}
	errCommandEmpty  = &restError{code: "COMMAND_NAME_EMPTY", text: "Command name is empty"}
	errCommandName   = &restError{code: "COMMAND_NAME_INVALID", text: "Command name is invalid"}
	errCommandTitle  = &restError{code: "COMMAND_TITLE_REQUIRED", text: "Title is required for visible commands"}
	errCommandTaken  = &restError{code: "COMMAND_ALREADY_EXISTS", text: "Command already exists"}
	errNoCommand     = &restError{code: "COMMAND_NOT_FOUND", text: "Command not found"}
	errAnswer        = &restError{code: "COMMAND_ANSWER_FAILED", text: "Failed to send command answer"}
)

// What methods of messages refuse.
var (
	errNoDialogID = &restError{code: "ERROR_ARGUMENT", text: "Could not find value for parameter {dialogId}"}
	errNoChat     = &restError{code: "CHAT_NOT_FOUND", text: "Chat not found"}
	errNotMember  = &restError{code: "ACCESS_DENIED"}
	errNoMessage  = &restError{code: "MESSAGE_NOT_FOUND", text: "Message not found"}
	errEmpty      = &restError{code: "EMPTY_MESSAGE", text: "Message can't be empty"}
	errSending    = &restError{code: "SENDING_FAILED"}
	errAttach     = &restError{code: "ATTACH_ERROR", text: "Incorrect attach params"}
	errKeyboard   = &restError{code: "KEYBOARD_ERROR", text: "Incorrect keyboard params"}

	errAttachSize   = &restError{code: "ATTACH_ERROR", text: "Incorrect attach params"} // API v1 has a code of its own
	errKeyboardSize = &restError{code: "KEYBOARD_ERROR", text: "Incorrect keyboard params"}

	errReply = &restError{code: "REPLY_ERROR", text: "Reply message not found"}
)
