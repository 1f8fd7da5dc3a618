package portal_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

// TestEmptyPortal has its owner, whom no search finds, and whoever is hired.
func TestEmptyPortal(t *testing.T) {
	p := portal.New(portal.Options{BaseURL: "http://127.0.0.1", Empty: true, InviteBots: true})
	defer p.Close()
	if all := p.People(); len(all) != 1 || all[0].ID != 1 || all[0].Name() != "" {
		t.Errorf("people at the beginning: %+v", all)
	}
	if len(p.Departments()) != 0 || len(p.Dialogs(1)) != 0 {
		t.Errorf("departments %v, dialogs %v", p.Departments(), p.Dialogs(1))
	}
	var ids []bitrix.UserID
	for _, who := range []portal.Person{
		{First: "Anna", Active: true},
		{First: "Oleg", Active: true},
		{ID: 5, First: "Vera"},
		{ID: 5, First: "another"},
		{ID: 456, First: "no bot"},
		{ID: -1},
	} {
		ids = append(ids, p.Hire(who))
	}
	if diff := cmp.Diff([]bitrix.UserID{2, 3, 5, 0, 0, 0}, ids); diff != "" {
		t.Error(diff)
	}
	if vera, _ := p.Person(5); vera.First != "Vera" {
		t.Errorf("number 5 is %+v", vera)
	}
	sales, support := p.AddDepartment(portal.Department{Name: "Sales"}), p.AddDepartment(portal.Department{Name: "Support", Head: 2})
	want := []portal.Department{{ID: sales, Name: "Sales"}, {ID: support, Name: "Support", Head: 2}}
	if diff := cmp.Diff(want, p.Departments()); diff != "" || sales == support {
		t.Error(diff)
	}
}
