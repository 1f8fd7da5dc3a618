package bitrix

import "strings"

// outcome is what an error means for the call behind it.
type outcome struct {
	temporary  bool
	mayHaveRun bool
}

// verdict is a row of the table below: for this code, or any with code "", and a status in this range.
type verdict struct {
	code     ErrorCode
	from, to int
	outcome
}

const (
	anyStatus  = 0
	lastStatus = 999
)

var (
	never   = outcome{}                                  // refused; asking again changes nothing
	later   = outcome{temporary: true}                   // not carried out, may be later
	unknown = outcome{temporary: true, mayHaveRun: true} // nobody knows; again if twice does no harm
	futile  = outcome{mayHaveRun: true}                  // carried out perhaps, and will end the same way
)

// verdicts says what codes and statuses mean. The first row that fits counts, codes before statuses: portals
// answer the same code with different statuses (the documentation's and the source's differ), and some
// errors with 200. Unknown codes below 500 are refusals.
var verdicts = []verdict{
	{ErrQueryLimit, anyStatus, lastStatus, later}, // 503 or 429
	{ErrOperationTimeLimit, anyStatus, lastStatus, later},
	{ErrOverloadLimit, anyStatus, lastStatus, never}, // 503 or 401; ended by the vendor's support only
	{ErrExpiredToken, anyStatus, lastStatus, never},
	{ErrNoAuthFound, anyStatus, lastStatus, never},
	{ErrInvalidToken, anyStatus, lastStatus, never},
	{ErrInvalidCredentials, anyStatus, lastStatus, never}, // 401 or 403
	{ErrInsufficientScope, anyStatus, lastStatus, never},  // 403 or 401
	{ErrAccessDenied, anyStatus, lastStatus, never},       // 403, 401 (plan) or 400 (chats, im.user.get)
	{ErrUserAccess, anyStatus, lastStatus, never},
	{ErrAuthorization, anyStatus, lastStatus, never},
	{ErrApplicationGone, anyStatus, lastStatus, never},
	{ErrInvalidGrant, anyStatus, lastStatus, never},
	{ErrInvalidClient, anyStatus, lastStatus, never},
	{ErrPaymentRequired, anyStatus, lastStatus, never}, // 402
	{ErrConnection, anyStatus, lastStatus, later},
	{ErrInvalidRequest, anyStatus, lastStatus, never},
	{ErrMethodNotFound, anyStatus, lastStatus, never},
	{ErrArgument, anyStatus, lastStatus, never},
	{ErrBatchMethod, anyStatus, lastStatus, never},
	{ErrBatchLength, anyStatus, lastStatus, later},   // this one of the batch was left out
	{ErrPortalDeleted, anyStatus, lastStatus, never}, // 500 or 403
	{ErrInternal, anyStatus, lastStatus, unknown},
	{ErrUnexpectedAnswer, anyStatus, lastStatus, unknown},
	{ErrCore, 500, lastStatus, unknown}, // the database failed half-way
	{ErrCore, anyStatus, 499, futile},
	{ErrWrongEncoding, anyStatus, lastStatus, futile},     // 200: it ran, its answer could not be written
	{ErrSendingFailed, anyStatus, lastStatus, unknown},    // also while the first of two equal ones is written
	{ErrDuplicateMessage, anyStatus, lastStatus, unknown}, // the same by its inner name
	{"", 408, 408, unknown},
	{"", 429, 429, later},
	{"", 500, lastStatus, unknown}, // 502 and 504 too: what is behind the gateway may have finished
	{"", anyStatus, 499, never},    // redirects, refusals, and codes nobody told us of
}

func (e *Error) outcome() outcome {
	switch e.reach {
	case unsent:
		return later
	case lost:
		return unknown
	case unreadable:
		return futile
	case answered:
	}
	for _, v := range verdicts {
		if v.fits(e.Code, e.Status) {
			return v.outcome
		}
	}
	return never
}

func (v verdict) fits(code string, status int) bool {
	return (v.code == "" || strings.EqualFold(string(v.code), code)) && v.from <= status && status <= v.to
}
