package main

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/whois24/whois24/commands"
)

// TestSchemaInTheDocs is what somebody copies who writes a command in another language.
func TestSchemaInTheDocs(t *testing.T) {
	page, err := os.ReadFile("../../docs/commands-elsewhere.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(page), "\nThe schema:\n")
	var schema commands.Schema
	if err := json.NewDecoder(strings.NewReader(after)).Decode(&schema); err != nil {
		t.Fatal(err)
	}
	run := func(context.Context, commands.Call, commands.Values) (commands.Reply, error) {
		return commands.Reply{}, nil
	}
	if _, err := commands.Described(schema, run).Schema(); err != nil {
		t.Error(err)
	}
}
