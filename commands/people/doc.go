// Package people finds people by what somebody typed.
//
// People type what they hear, remember or have at hand: a surname and an initial, "Женя" for Евгений, "Shelenkov" for
// Шеленков, "Itktyrjd" with the keyboard in the wrong layout, "Шеленкову" as the sentence before it asked for, a letter
// missed, the last digits of a number. An [Index] is made once of all people and answers each query with the likeliest,
// best first, and with a [Verdict]: one person and no other, several to choose from, or only somebody near.
//
// # How it decides
//
// The query is cut into words, and each word is compared with each different word of the index: the words of names,
// positions and e-mail addresses, and extensions. The better a way of being alike tells people apart, the more points it
// gives. From best to weakest:
//
//   - the same word; ё and е, й and и, capital and small letters are the same everywhere
//   - the same sound in the other script: Чернышёв, Chernyshev, Chernyshov
//   - a customary form of the first name: Женя, Саша, Bob
//   - a Russian case of it: Шеленкову, Марии
//   - its beginning, the longer the better; one letter is an initial
//   - the same with a letter or two wrong: none in words below four letters, one in those below eight, then two
//   - a part from its middle
//
// Then every person gets the mean over the words of the query, each word of the query answered by another word of the
// person. Words of the position count less than those of the name. A patronymic or an initial may be missing, for portals
// often do not know it. Where the keyboard may have been in the other layout, the query is read that way too, for slightly
// less. Phone numbers and e-mail addresses are compared as such, whatever their notation.
//
// Where nobody fits, one more mistake is forgiven in each word, but only for suggestions. A first name that
// nobody here has is no slip for one that is like it: whoever fits it then is a suggestion too.
//
// What a query costs is bounded, for only its first 256 characters and 8 words count; there is no network and no clock
// here, and an Index never changes. TestQuality measures how often the right person comes first.
package people
