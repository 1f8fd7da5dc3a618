package bitrix

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
)

// secrets are what must never be told. Nil and empty ones are none.
type secrets []sealed

// hide masks them in a text that came from outside, also as a query spells them.
func (s secrets) hide(text string) string {
	for _, secret := range s {
		if secret != nil && secret() != "" {
			text = strings.ReplaceAll(text, secret(), masked)
			text = strings.ReplaceAll(text, url.QueryEscape(secret()), masked)
		}
	}
	return text
}

// scrub returns err without the URL that net/http puts around it, and as mere text if a secret is left
// anywhere inside.
func (s secrets) scrub(err error) error {
	if outer, ok := errors.AsType[*url.Error](err); ok {
		err = outer.Err
	}
	if !s.leaks(err) {
		return err
	}
	return scrubbed{text: s.hide(err.Error()), ended: contextError(err)}
}

// leaks looks through everything err wraps: a caller may print any of it.
func (s secrets) leaks(err error) bool {
	if err == nil {
		return false
	}
	if text := err.Error(); s.hide(text) != text {
		return true
	}
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		if slices.ContainsFunc(several.Unwrap(), s.leaks) {
			return true
		}
	}
	return s.leaks(errors.Unwrap(err))
}

// scrubbed stands for an error that held a secret. Only the end of a context shines through.
type scrubbed struct {
	text  string
	ended error
}

func (s scrubbed) Error() string { return s.text }
func (s scrubbed) Unwrap() error { return s.ended }

func contextError(err error) error {
	for _, end := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, end) {
			return end
		}
	}
	return nil
}
