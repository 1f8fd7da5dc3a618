package people

// What a slip costs, in quarters of a mistake. A finger leaves out a letter or changes two in one way, but it can hit any
// wrong key; so the same distance tells more where fewer slips lead to it.
const (
	mistake    = 4 // a letter wrong or too many
	missed     = 3 // a letter too few
	swapped    = 3 // two neighbours changed
	doubled    = 3 // a letter twice
	besideIt   = 3 // the key beside the right one
	soundsSame = 2 // a letter that is heard the same there
)

// mistakes is how many there may be in a word of n letters that is still taken for another.
func mistakes(n int) int {
	switch {
	case n < 4:
		return 0
	case n < 8:
		return 1
	default:
		return 2
	}
}

// longestWord is how long a word may be to be compared letter by letter.
const longestWord = 40

// distance is what the slips cost that make of b, the right word, a, the typed: optimal string alignment, the edit distance
// where two neighbours may change places once. Costs over most come out as more than most. Neither word may be longer
// than longestWord. Only the places are looked at that so many slips can move a letter to.
func distance(a, b []byte, most int) int {
	reach := most / missed
	if abs(len(a)-len(b)) > reach {
		return most + 1
	}
	var table [3][longestWord + 2]int
	before, last, row := &table[0], &table[1], &table[2]
	for j := range min(reach+1, len(b)) + 1 {
		last[j] = j * missed
	}
	for i := range a {
		extra := tooMany(a, i)
		from, to := max(i-reach, 0), min(i+reach+1, len(b))
		row[from], row[to+1] = most+1, most+1
		if from == 0 {
			row[0] = last[0] + extra
		}
		least := row[from]
		for j := from; j < to; j++ {
			d := min(last[j]+instead(a[i], b[j]), last[j+1]+extra, row[j]+missed)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, before[j-1]+swapped)
			}
			row[j+1] = d
			least = min(least, d)
		}
		if least > most {
			return least
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// tooMany is what the letter at i costs if it should not be there.
func tooMany(a []byte, i int) int {
	if i > 0 && a[i-1] == a[i] {
		return doubled
	}
	return mistake
}

// instead is what a for b costs.
func instead(a, b byte) int {
	switch {
	case a == b:
		return 0
	case alike[a] == alike[b]:
		return soundsSame
	case keys[a].beside(keys[b]):
		return besideIt
	default:
		return mistake
	}
}

// alike has for each letter the first of its family: letters put for each other by those who hear no difference.
var alike = families("ao", "ei", "bp", "vf", "dt", "gkh", "csz", "ао", "иыеэ", "ую", "бп", "вф", "дт", "гкх", "зсц", "жшщч")

func families(groups ...string) (first [256]byte) {
	for i := range first {
		first[i] = byte(i)
	}
	for _, group := range groups {
		for _, c := range code(group) {
			first[c] = code(group)[0]
		}
	}
	return first
}

// A key has its place on the keyboard, counted from 1.
type key struct{ row, column int8 }

var keys = keyboard("qwertyuiop", "asdfghjkl", "zxcvbnm", "ицукенгшщзхъ", "фывапролджэ", "ячсмить"+"бю")

func keyboard(rows ...string) (keys [256]key) {
	for r, row := range rows {
		for c, letter := range code(row) {
			keys[letter] = key{int8(r + 1), int8(c + 1)}
		}
	}
	return keys
}

// beside reports whether two keys of a row are neighbours. Fingers rarely miss the row.
func (k key) beside(other key) bool {
	return k.row > 0 && k.row == other.row && (k.column-other.column == 1 || other.column-k.column == 1)
}
