package commands_test

import (
	"fmt"
	"testing"
)

// placed is a test whose failures name the line of the page.
type placed struct {
	testing.TB
	line int
}

func (p *placed) Error(args ...any) {
	p.Helper()
	p.TB.Errorf("%s:%d: %s", conversationsPage, p.line, fmt.Sprint(args...))
}

func (p *placed) Fatal(args ...any) {
	p.Helper()
	p.Error(args...)
	p.FailNow()
}

func (p *placed) Errorf(format string, args ...any) {
	p.Helper()
	p.Error(fmt.Sprintf(format, args...))
}

func (p *placed) Fatalf(format string, args ...any) {
	p.Helper()
	p.Fatal(fmt.Sprintf(format, args...))
}
