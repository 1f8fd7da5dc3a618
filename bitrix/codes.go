package bitrix

// ErrorCode is a code of a portal's error, for errors.Is:
//
//	if errors.Is(err, bitrix.ErrUserNotExists) { … }
//
// Portals write codes in either case, so case does not matter.
type ErrorCode string

func (c ErrorCode) Error() string { return string(c) }

// Codes of the REST interface itself: any method may answer them.
const (
	ErrQueryLimit         ErrorCode = "QUERY_LIMIT_EXCEEDED" // too many requests a second from this address
	ErrOperationTimeLimit ErrorCode = "OPERATION_TIME_LIMIT" // this method has used up its time; others go on
	ErrOverloadLimit      ErrorCode = "OVERLOAD_LIMIT"       // blocked by hand: only the vendor's support helps
	ErrExpiredToken       ErrorCode = "expired_token"        // renew the access token, then call again
	ErrNoAuthFound        ErrorCode = "NO_AUTH_FOUND"
	ErrInvalidToken       ErrorCode = "invalid_token"
	ErrInvalidCredentials ErrorCode = "INVALID_CREDENTIALS" // the webhook's code is wrong or was revoked
	ErrInsufficientScope  ErrorCode = "insufficient_scope"  // the webhook or application lacks a permission
	ErrAccessDenied       ErrorCode = "ACCESS_DENIED"       // not in the chat, not allowed, or not in the plan
	ErrUserAccess         ErrorCode = "user_access_error"
	ErrAuthorization      ErrorCode = "authorization_error"
	ErrApplicationGone    ErrorCode = "APPLICATION_NOT_FOUND" // uninstalled
	ErrConnection         ErrorCode = "CONNECTION_ERROR"      // the portal did not reach its auth server
	ErrInvalidRequest     ErrorCode = "INVALID_REQUEST"       // https wanted
	ErrMethodNotFound     ErrorCode = "ERROR_METHOD_NOT_FOUND"
	ErrArgument           ErrorCode = "ERROR_ARGUMENT"
	ErrCore               ErrorCode = "ERROR_CORE"
	ErrInternal           ErrorCode = "INTERNAL_SERVER_ERROR"
	ErrUnexpectedAnswer   ErrorCode = "ERROR_UNEXPECTED_ANSWER"
	ErrPortalDeleted      ErrorCode = "PORTAL_DELETED"
	ErrWrongEncoding      ErrorCode = "WRONG_ENCODING" // the portal could not write its answer down
	ErrBatchMethod        ErrorCode = "ERROR_BATCH_METHOD_NOT_ALLOWED"
	ErrBatchLength        ErrorCode = "ERROR_BATCH_LENGTH_EXCEEDED"
)

// Codes of the authorization server.
const (
	ErrInvalidGrant    ErrorCode = "invalid_grant"  // the refresh token is used up, too old, or not ours
	ErrInvalidClient   ErrorCode = "invalid_client" // the client id or secret is wrong
	ErrPaymentRequired ErrorCode = "PAYMENT_REQUIRED"
)

// Codes of the methods used here.
const (
	ErrUserNotExists    ErrorCode = "USER_NOT_EXISTS"
	ErrIDEmpty          ErrorCode = "ID_EMPTY"
	ErrBotNotFound      ErrorCode = "BOT_NOT_FOUND"
	ErrBotOwnership     ErrorCode = "BOT_OWNERSHIP_ERROR"
	ErrBotCodeTaken     ErrorCode = "BOT_CODE_ALREADY_TAKEN"
	ErrBotCallback      ErrorCode = "BOT_INVALID_CALLBACK" // the portal does not like the webhook URL
	ErrBotTokenMissing  ErrorCode = "BOT_TOKEN_NOT_SPECIFIED"
	ErrBotTokenLength   ErrorCode = "BOT_TOKEN_INVALID_LENGTH"
	ErrCommandNotFound  ErrorCode = "COMMAND_NOT_FOUND"
	ErrCommandTitle     ErrorCode = "COMMAND_TITLE_REQUIRED"
	ErrCommandAnswer    ErrorCode = "COMMAND_ANSWER_FAILED"
	ErrEmptyMessage     ErrorCode = "EMPTY_MESSAGE"
	ErrSendingFailed    ErrorCode = "SENDING_FAILED"
	ErrDuplicateMessage ErrorCode = "MESSAGE_DUPLICATED_BY_UUID" // the first one is still being written
	ErrReply            ErrorCode = "REPLY_ERROR"                // the message to quote is not there
	ErrAttach           ErrorCode = "ATTACH_ERROR"
	ErrKeyboard         ErrorCode = "KEYBOARD_ERROR"
	ErrChatNotFound     ErrorCode = "CHAT_NOT_FOUND"
)
