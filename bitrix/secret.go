package bitrix

import (
	"encoding/json"
	"fmt"
)

// Secret is a token or a key. It prints as "***" whatever the verb and encodes to JSON so too; Reveal alone
// tells it. Two things it cannot help: fmt calls no methods on unexported struct fields, so a struct that keeps
// a Secret in one must not be printed whole; and as a map's key JSON shows it.
type Secret string

const masked = "***"

// Reveal returns the secret itself, for sending it where it belongs.
func (s Secret) Reveal() string { return string(s) }

func (s Secret) String() string   { return masked }
func (s Secret) GoString() string { return masked }

// Format prints the mask for every verb, %x and %q included.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(masked)) }

// MarshalText and MarshalJSON keep the secret out of encoded settings and logs.
func (s Secret) MarshalText() ([]byte, error) { return []byte(masked), nil }

// MarshalJSON is as MarshalText.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(masked) }

// sealed keeps a secret in an unexported field: fmt looks through those, and through pointers, but not into
// functions.
type sealed func() string

func seal(s Secret) sealed { return s.Reveal }
