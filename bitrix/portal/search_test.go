package portal_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix/portal"
)

func TestUserList(t *testing.T) {
	p := newPortal(t)
	for _, ids := range []any{[]int{7, 999, 5}, "[7,999,5]"} {
		byID := get[map[string]map[string]any](t, p, "im.user.list.get", params{"ID": ids})
		if len(byID) != 3 || byID["5"]["first_name"] != "Евгений" || byID["999"] != nil {
			t.Errorf("%v: got %v", ids, byID)
		}
	}
	inOrder := get[[]map[string]any](t, p, "im.user.list.get", params{"ID": []int{7, 999}, "RESULT_TYPE": "array"})
	if len(inOrder) != 2 || inOrder[0]["id"] != 7.0 || inOrder[1] != nil {
		t.Errorf("as an array: got %v", inOrder)
	}
	wantError(t, call(t, p, "im.user.list.get", params{"ID": "5,7"}), 400, "INVALID_FORMAT")
	if got := call(t, p, "im.user.list.get", params{"ID": []int{}}); string(got.Result) != "[]" {
		t.Errorf("nobody asked for: got %s, want a list", got.Result)
	}
}

func TestUserSearch(t *testing.T) {
	p := newPortal(t)
	found := func(find string, more params) (answer, []string) {
		with := params{"FIND": find}
		maps.Copy(with, more)
		a := call(t, p, "im.search.user.list", with)
		if string(a.Result) == "[]" {
			return a, nil
		}
		return a, keysOf(t, a.Result)
	}
	for find, want := range map[string][]string{
		"шелен":        {"5"},
		"Евгений Шел":  {"5"},
		"семен":        {"55"}, // е finds ё
		"ведущий разр": {"5"},
		"Weber int":    {"65"}, // the department is searched too
		"уваров":       nil,    // dismissed
		"гостева":      nil,    // guests drop out
		"ыыы":          nil,
	} {
		_, ids := found(find, nil)
		if diff := cmp.Diff(want, ids); diff != "" {
			t.Errorf("%s (-want +got):\n%s", find, diff)
		}
	}
	if a, _ := found("ыыы", nil); string(a.Result) != "[]" || *a.Total != 0 || a.Next != nil {
		t.Errorf("nothing found: %s", a.Raw)
	}
	if a, _ := found("гостева", nil); *a.Total != 1 {
		t.Errorf("a guest found: total %d, want the 1 that dropped out", *a.Total)
	}
	a, first := found("разработчик", params{"LIMIT": 2})
	if len(first) != 2 || *a.Next != 2 || *a.Total < 4 {
		t.Errorf("first page: %s", a.Raw)
	}
	a, rest := found("разработчик", params{"LIMIT": 50, "OFFSET": *a.Next})
	if a.Next != nil || len(rest) != *a.Total-2 || slices.Contains(rest, first[0]) {
		t.Errorf("the rest: %v after %v", rest, first)
	}
	wantError(t, call(t, p, "im.search.user.list", params{"FIND": "е"}), 400, "FIND_SHORT")
}

func TestSearchSwapsTwoDates(t *testing.T) {
	p := newPortal(t)
	users := get[map[string]map[string]any](t, p, "im.search.user.list", params{"FIND": "Шеленков"})
	got := users["5"]
	if got["last_activity_date"] != false || got["mobile_last_date"] != "2026-09-21T17:12:45+03:00" {
		t.Errorf("got last_activity_date %v, mobile_last_date %v", got["last_activity_date"], got["mobile_last_date"])
	}
	if got["birthday"] != false {
		t.Errorf("the search tells a birthday: %v", got["birthday"])
	}
	for _, absent := range []string{"active", "type", "email", "desktop_last_date"} {
		if _, ok := got[absent]; ok {
			t.Errorf("the search tells %s", absent)
		}
	}
}

func TestDepartments(t *testing.T) {
	p := newPortal(t)
	got := get[[]map[string]any](t, p, "im.department.get", params{"ID": []int{50, 777, 21}})
	want := []map[string]any{
		{"id": 50.0, "name": "Отдел разработки", "full_name": "Отдел разработки / Демо", "manager_user_id": 6.0},
		{
			"id": 21.0, "name": "Крупные клиенты", "manager_user_id": 21.0,
			"full_name": "Крупные клиенты / Отдел продаж / Демо",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("departments (-want +got):\n%s", diff)
	}
	managers := get[map[string][]int](t, p, "im.department.managers.get", params{"ID": []int{50}})
	if diff := cmp.Diff(map[string][]int{"50": {6}}, managers); diff != "" {
		t.Errorf("managers (-want +got):\n%s", diff)
	}
	people := get[map[string][]map[string]any](t, p, "im.department.managers.get", params{"ID": []int{50}, "USER_DATA": "Y"})
	if people["50"][0]["first_name"] != "Дмитрий" {
		t.Errorf("managers with data: got %v", people)
	}
	wantError(t, call(t, p, "im.department.get", params{}), 400, "ID_EMPTY")
}

// TestEmployees: who is in which department, as long as they work there. The list may be a text, and of any length.
func TestEmployees(t *testing.T) {
	p := newPortal(t)
	for _, ids := range []any{[]int{21, 777, 51}, "[21, 777, 51]"} {
		got := get[map[string][]int](t, p, "im.department.employees.get", params{"ID": ids})
		want := map[string][]int{"21": {21, 24, 25}, "51": {40, 41, 42, 43, 99}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("employees (-want +got):\n%s", diff)
		}
	}
	people := get[map[string][]map[string]any](t, p, "im.department.employees.get", params{"ID": []int{21}, "USER_DATA": "Y"})
	if len(people["21"]) != 3 || people["21"][0]["id"] != 21.0 {
		t.Errorf("employees with data: got %v", people)
	}
	wantError(t, call(t, p, "im.department.employees.get", params{}), 400, "ID_EMPTY")
}

// TestDepartmentsInACircle do not keep the portal.
func TestDepartmentsInACircle(t *testing.T) {
	p := newPortal(t)
	first := p.AddDepartment(portal.Department{Name: "Hen", Parent: 102})
	p.AddDepartment(portal.Department{Name: "Egg", Parent: first})
	got := get[[]map[string]any](t, p, "im.department.get", params{"ID": []int64{first}})
	if got[0]["full_name"] != "Hen / Egg" {
		t.Errorf("%v is called %v", first, got[0]["full_name"])
	}
}
