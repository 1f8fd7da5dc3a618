package stream

import (
	"fmt"
	"slices"
	"testing"
)

func names(prefix string, n int) []string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("%s%02d.bitrix24.ru", prefix, i))
	}
	return list
}

// owners says whose each portal is.
func owners(t *testing.T, portals, members []string) map[string]string {
	t.Helper()
	of := map[string]string{}
	for _, m := range members {
		for _, p := range share(portals, members, m) {
			if of[p] != "" {
				t.Fatalf("portal %s belongs to %s and %s", p, of[p], m)
			}
			of[p] = m
		}
	}
	if len(of) != len(portals) {
		t.Fatalf("%d portals have an owner, want %d", len(of), len(portals))
	}
	return of
}

func loads(of map[string]string, members []string) (least, most int) {
	load := map[string]int{}
	for _, m := range of {
		load[m]++
	}
	least = len(of)
	for _, m := range members {
		least, most = min(least, load[m]), max(most, load[m])
	}
	return least, most
}

// TestShareIsEven: every portal has one owner, and nobody has two more than anybody else.
func TestShareIsEven(t *testing.T) {
	for portals := range 25 {
		for members := 1; members <= 7; members++ {
			m := names("worker", members)
			least, most := loads(owners(t, names("portal", portals), m), m)
			if most-least > 1 {
				t.Errorf("%d portals, %d members: from %d to %d each", portals, members, least, most)
			}
		}
	}
}

// TestShareIsTheSameForAll: members list each other, and are told the portals, in any order.
func TestShareIsTheSameForAll(t *testing.T) {
	portals, members := names("portal", 10), names("worker", 3)
	want := share(portals, members, members[1])
	slices.Reverse(portals)
	slices.Reverse(members)
	if got := share(portals, members, members[1]); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestShareMovesFew counts the portals that change their owner when a member joins; leaving is the same backwards.
func TestShareMovesFew(t *testing.T) {
	portals := names("portal", 100)
	for n := 1; n < 10; n++ {
		before, after := owners(t, portals, names("worker", n)), owners(t, portals, names("worker", n+1))
		moved := 0
		for _, p := range portals {
			if before[p] != after[p] {
				moved++
			}
		}
		needed := len(portals) / (n + 1)
		if t.Logf("%d members and one: %d portals move, at least %d must", n, moved, needed); moved > 2*needed {
			t.Errorf("with %d members %d portals move, want at most %d", n, moved, 2*needed)
		}
	}
}

func TestNoMembersNoPortals(t *testing.T) {
	if got := share(names("portal", 3), nil, "me"); got != nil {
		t.Errorf("got %v", got)
	}
}
