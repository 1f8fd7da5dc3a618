package bot

import "testing"

// TestFairnessOfPortalsThatComeAndGo: each has its own, and one that left takes it along.
func TestFairnessOfPortalsThatComeAndGo(t *testing.T) {
	portals := NewPortals(&Portal{Name: "a"}, &Portal{Name: "b"})
	f := newFairnesses(Limits{}, portals)
	a, b := f.of("a"), f.of("b")
	if a == b || a != f.of("a") {
		t.Error("each portal has one of its own, and keeps it")
	}
	portals.Remove("a")
	if f.of("a") != nil {
		t.Error("a portal that left is not served")
	}
	portals.Add(&Portal{Name: "c"})
	f.of("c")
	portals.Add(&Portal{Name: "a"})
	if f.of("a") == a {
		t.Error("a portal that came back has the debts it left with")
	}
}
