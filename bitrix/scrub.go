package bitrix

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
)

// hide masks our secrets in a text that came from outside.
func (c credentials) hide(text string) string {
	for _, secret := range []sealed{c.webhook.code, c.botToken} {
		if secret != nil && secret() != "" {
			text = strings.ReplaceAll(text, secret(), masked)
		}
	}
	return text
}

// scrub returns err without the URL that net/http puts around it, and as mere text if a secret is left
// anywhere inside.
func (c credentials) scrub(err error) error {
	if outer, ok := errors.AsType[*url.Error](err); ok {
		err = outer.Err
	}
	if !c.leaks(err) {
		return err
	}
	return scrubbed{text: c.hide(err.Error()), ended: contextError(err)}
}

// leaks looks through everything err wraps: a caller may print any of it.
func (c credentials) leaks(err error) bool {
	if err == nil {
		return false
	}
	if text := err.Error(); c.hide(text) != text {
		return true
	}
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		if slices.ContainsFunc(several.Unwrap(), c.leaks) {
			return true
		}
	}
	return c.leaks(errors.Unwrap(err))
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
