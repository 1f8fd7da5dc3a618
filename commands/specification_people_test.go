package commands_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/commands"
)

// TestSpecificationPeople: the page says who is there, and it is they who are.
func TestSpecificationPeople(t *testing.T) {
	var there [][]string
	for _, u := range mayak(openMayak(t, portal.Current).Now()) {
		there = append(there, introduced(u))
	}
	if diff := cmp.Diff(there, readPeople(readPage(t))); diff != "" {
		t.Errorf("%s: the table of who is there (-Go +page)\n%s", conversationsPage, diff)
	}
}

// introduced is somebody as a row of the page's table: number, name, position, department, and as whom they speak.
func introduced(u bitrix.User) []string {
	department, speaks := "", ""
	for _, id := range u.Departments {
		department = departments[id-1].Name
	}
	for name, a := range askers {
		if a.id == u.ID {
			speaks = name + ", " + map[commands.Language]string{ru: "Russian", en: "English"}[a.lang]
		}
	}
	return []string{strconv.FormatInt(int64(u.ID), 10), u.Name, u.WorkPosition, department, speaks}
}

var row = regexp.MustCompile(`(?m)^\| \d+ \|.*$`)

// readPeople are the rows of the table of people, as introduced gives them.
func readPeople(page string) [][]string {
	var all [][]string
	for _, line := range row.FindAllString(page, -1) {
		var cells []string
		for cell := range strings.SplitSeq(line, "|") {
			cells = append(cells, unescape(strings.Trim(cell, " `")))
		}
		all = append(all, cells[1:min(6, len(cells))]) // what is special of somebody is for people to read
	}
	return all
}
