package people

import (
	"slices"
	"testing"
)

// Each line is one name as several people write it. All must sound the same.
func TestSounds(t *testing.T) {
	for _, names := range [][]string{
		{"шеленков", "shelenkov", "schelenkow", "shelenkow"},
		{"евгении", "evgeny", "evgenii", "evgeniy", "evgenij", "yevgeny", "yevgeniy", "jewgeni"},
		{"юлия", "yulia", "yuliya", "iuliia", "julia", "julija"},
		{"алексеи", "alexey", "aleksei", "aleksey", "alexei", "aleksej"},
		{"чернышев", "chernyshev", "chernyshov", "tchernyschow", "chernishev"},
		{"хохлов", "khokhlov", "hohlov", "xохлов"},
		{"цветков", "tsvetkov", "cvetkov", "tzvetkov"},
		{"федор", "fyodor", "fedor", "fiodor"},
		{"щукин", "shchukin", "schukin", "shhukin"},
		{"ксения", "ksenia", "xenia", "kseniya"},
		{"софья", "sofia", "sofya", "sophia"},
		{"джон", "john"},
		{"смит", "smith"},
		{"раит", "wright"},
		{"уилсон", "wilson"},
		{"вуд", "wood"},
		{"ли", "lee"},
		{"браун", "brown"},
	} {
		want := sounds(oneScript(names[0]))[0]
		for _, name := range names[1:] {
			if !slices.Contains(sounds(oneScript(name)), want) {
				t.Errorf("%s sounds %q, %s %q", names[0], want, name, sounds(oneScript(name)))
			}
		}
	}
}

// The likelier a slip of the finger, the less it costs.
func TestDistance(t *testing.T) {
	for _, c := range []struct {
		typed, right string
		want         int
	}{
		{"шеленков", "шеленков", 0},
		{"шиленков", "шеленков", soundsSame},
		{"шеленко", "шеленков", missed},
		{"шелнеков", "шеленков", swapped},
		{"шееленков", "шеленков", doubled},
		{"шеленкоы", "шеленков", besideIt},
		{"шеленкол", "шеленков", mistake},
		{"шеленковю", "шеленков", mistake},
		{"шлекнов", "шеленков", missed + swapped},
		{"ab", "ba", swapped},
		{"", "ab", 2 * missed},
	} {
		if got := distance(code(c.typed), code(c.right), 3*mistake); got != c.want {
			t.Errorf("%s for %s costs %d, want %d", c.typed, c.right, got, c.want)
		}
	}
}
