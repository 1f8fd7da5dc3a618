package bitrix_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bitrix/portal"
)

func TestDepartment(t *testing.T) {
	_, c := emulated(t, portal.Options{})
	got, ok, err := c.Department(t.Context(), 50)
	want := bitrix.Department{ID: 50, Name: "Отдел разработки", FullName: "Отдел разработки / Демо", Head: 6}
	if diff := cmp.Diff(want, got); diff != "" || !ok || err != nil {
		t.Errorf("%v, %v (-want +got)\n%s", ok, err, diff)
	}
	if _, ok, err := c.Department(t.Context(), 777); ok || err != nil {
		t.Errorf("an unknown one: %v, %v", ok, err)
	}
}

func TestDepartmentRefused(t *testing.T) {
	c := answering(t, 403, fixture(t, "error.department-bot.json"))
	if _, _, err := c.Department(t.Context(), 50); !errors.Is(err, bitrix.ErrDepartmentAccess) {
		t.Errorf("got %v", err)
	}
	c = answering(t, 200, `{"result":[{"id":51}]}`)
	if _, ok, err := c.Department(t.Context(), 50); ok || err == nil {
		t.Error("somebody else's department is taken")
	}
}
