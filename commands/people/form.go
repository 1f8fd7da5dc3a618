package people

import "math/bits"

// A form is a word as one byte a letter: Latin letters and digits as they are, Russian letters from 0x80.
type form struct {
	code []byte // nil: it has other letters, or too many, and is not compared letter by letter
	bag  bag
}

func newForm(code []byte) form {
	if len(code) > longestWord {
		return form{}
	}
	return form{code, bagOf(code)}
}

func code(w string) []byte {
	all := make([]byte, 0, len(w))
	for _, c := range w {
		switch {
		case c < 0x80:
			all = append(all, byte(c))
		case 'а' <= c && c <= 'я':
			all = append(all, byte(0x80+c-'а'))
		default:
			return nil
		}
	}
	return all
}

// A bag says which letters are in a word, one bit for each family of letters that sound alike. It is there to be quick:
// most pairs of words have so different letters that nothing else need be compared.
type bag uint64

func bagOf(code []byte) (b bag) {
	for _, c := range code {
		b |= 1 << (alike[c] % 64)
	}
	return b
}

// lacks is how many families of b are not in other. As many mistakes at least make one of the other.
func (b bag) lacks(other bag) int { return bits.OnesCount64(uint64(b &^ other)) }

// forms are those of a vocabulary, looks or sounds, in columns: a search runs along the bags.
type forms struct {
	bags  []bag
	codes [][]byte
	words []int32 // whose form it is
}

func (all *forms) add(f form, word int32) {
	if f.code != nil {
		all.bags, all.codes, all.words = append(all.bags, f.bag), append(all.codes, f.code), append(all.words, word)
	}
}

// compare calls give with the words that have a form like f, and their points.
func (all *forms) compare(f form, how likeness, give func(word int32, points int)) {
	if f.code == nil {
		return
	}
	for i, b := range all.bags {
		if f.bag.lacks(b) > how.mistakes {
			continue
		}
		if points := how.points(f, form{all.codes[i], b}); points > 0 {
			give(all.words[i], points)
		}
	}
}
