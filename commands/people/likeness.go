package people

import "bytes"

// Points say how much being alike in some way tells: hundredths of being the same. Their order is a judgement, their
// distances were found by measuring (TestQuality).
const (
	same         = 100
	sameSound    = 96 // Shelenkov for Шеленков
	customary    = 92 // Женя for Евгений, in hundredths of what Женя gets
	bothShort    = 86 // Саня for somebody who signed up as Саша
	declined     = 90 // Шеленкову for Шеленков
	declinedFar  = 87 // Смиту for Smith
	whole        = 80 // and more: a whole word is meant, not something like it
	startsLeast  = 62 // Шел for Шеленков: by how much of the word is there,
	startsMost   = 79 // up to so much
	insideLeast  = 35 // лен for Шеленков, likewise,
	insideMost   = 55
	slippedMost  = 75 // Шелнеков for Шеленков, less:
	slipCost     = 60 // the cost of each mistake, divided by the length
	otherStart   = 4  // if the first letter differs, which people rarely miss
	onlyHeard    = 3  // less than by looks, if it is alike in sound only
	insideLetter = 3  // so many letters at least; fewer are inside of everything
)

// A likeness is what is taken for alike.
type likeness struct {
	parts    bool // beginnings and insides
	mistakes int  // at most
	start    bool // the first letter must be there, at least as the second
}

// points are those of a form for f, which lacks no more letters than there may be mistakes.
func (how likeness) points(f, of form) int {
	if how.parts && len(f.code) < len(of.code) && f.bag.lacks(of.bag) == 0 {
		if at := bytes.Index(of.code, f.code); at == 0 {
			return starts(len(f.code), len(of.code))
		} else if at > 0 && len(f.code) >= insideLetter {
			return insideLeast + (insideMost-insideLeast)*len(f.code)/len(of.code)
		}
	}
	if of.bag.lacks(f.bag) > how.mistakes || abs(len(f.code)-len(of.code)) > how.mistakes {
		return 0
	}
	if how.start && !startsAlike(f.code, of.code) {
		return 0
	}
	return slipped(f.code, of.code, how.mistakes)
}

func startsAlike(a, b []byte) bool {
	return alike[a[0]] == alike[b[0]] || len(b) > 1 && a[0] == b[1] || len(a) > 1 && a[1] == b[0]
}

func starts(n, of int) int { return startsLeast + (startsMost-startsLeast)*n/of }

func slipped(a, b []byte, mistakes int) int {
	d := distance(a, b, mistakes*mistake)
	if d > mistakes*mistake {
		return 0
	}
	points := slippedMost - slipCost*d/mistake/len(a)
	if alike[a[0]] != alike[b[0]] {
		points -= otherStart
	}
	return points
}

func abs(n int) int { return max(n, -n) }
