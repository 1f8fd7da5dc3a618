package events

import (
	"errors"
	"net/http"
)

// refusal is an answer other than 200, in words for whoever sent the request. Its cause is for the log alone.
type refusal struct {
	status int
	words  string
	cause  error
}

func (e *refusal) Unwrap() error { return e.cause }

func (e *refusal) Error() string {
	if e.cause != nil {
		return e.words + ": " + e.cause.Error()
	}
	return e.words
}

var (
	errMethod  = &refusal{status: http.StatusMethodNotAllowed, words: "only POST is accepted here"}
	errNotForm = &refusal{status: http.StatusUnsupportedMediaType, words: "only application/x-www-form-urlencoded is accepted here"}
	errToken   = &refusal{status: http.StatusForbidden, words: "auth[application_token] is missing or wrong"}
	errTooBig  = &refusal{status: http.StatusRequestEntityTooLarge, words: "the body is over 1 MiB"}
)

// unavailable is the answer to what failed for a reason of ours; nil if nothing did.
func unavailable(words string, cause error) error {
	if cause == nil {
		return nil
	}
	return &refusal{http.StatusServiceUnavailable, words, cause}
}

// refuse answers a request that was not accepted. What is no refusal of ours is a body nobody can read: 400.
func refuse(w http.ResponseWriter, err error) {
	var r *refusal
	if !errors.As(err, &r) {
		r = &refusal{status: http.StatusBadRequest, words: err.Error()}
	}
	switch r.status {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", http.MethodPost)
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "5") // seconds
	}
	http.Error(w, r.words, r.status)
}
