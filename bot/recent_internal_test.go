package bot

import "testing"

func TestRecentRemembersWhatIsUsed(t *testing.T) {
	r := recent[int, string]{size: 10}
	r.put(0, "kept")
	for i := range 1000 {
		r.put(i+1, "x")
		if i%4 == 0 {
			r.get(0)
		}
		if n := len(r.young) + len(r.old); n > 10 {
			t.Fatalf("%d entries, want at most 10", n)
		}
	}
	if v, ok := r.get(0); !ok || v != "kept" {
		t.Error("an entry in use is forgotten")
	}
	for i := 997; i <= 1000; i++ {
		if _, ok := r.get(i); !ok {
			t.Errorf("one of the last, %d, is forgotten", i)
		}
	}
	if _, ok := r.get(1); ok {
		t.Error("the oldest is there")
	}
	r.drop(0)
	if _, ok := r.get(0); ok {
		t.Error("what was dropped is there")
	}
}
