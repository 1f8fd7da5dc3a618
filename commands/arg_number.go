package commands

import (
	"context"
	"fmt"
	"strconv"
)

// numberKind reads an int.
type numberKind struct{}

func (numberKind) name() string { return "number" }

func (numberKind) hint(t *catalogue, lang Language) string { return t.text(lang, "arg.number", nil) }

func (numberKind) accepted(t *catalogue, lang Language) string {
	return t.text(lang, "accepts.number", nil)
}

func (numberKind) take(_ Call, list []word) int {
	if _, err := readNumber(list[0]); err != nil {
		return 0
	}
	return 1
}

func (numberKind) value(_ context.Context, _ Call, s said) (any, error) {
	return readNumber(s.words[0])
}

func readNumber(w word) (int, error) { return strconv.Atoi(bare(w)) }

func (numberKind) write(v any) string { return fmt.Sprintf("%d", v) }
