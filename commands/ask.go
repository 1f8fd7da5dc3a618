package commands

import (
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

const (
	// AskedFor is how long a question of a command waits for its answer. Later the person has something else in mind.
	AskedFor = 10 * time.Minute
	// MaxAnswers is how many questions a command may ask one after the other.
	MaxAnswers = 20
	// longestAnswer is what a command gets of an answer, in characters.
	longestAnswer = 4000
)

// Said is what a message says to the bot, as an answer to its question: all lines of it, without mentions of the bot in
// front, quotes, and characters that do not show.
func Said(m Message) string {
	text, _ := addressed(ownWords(m.Text), m)
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, strings.TrimSpace(norm.NFC.String(strings.Map(visible, line))))
	}
	return bound(strings.TrimSpace(strings.Join(lines, "\n")), longestAnswer)
}

// bound cuts a text to so many characters.
func bound(s string, characters int) string {
	if letters := []rune(s); len(letters) > characters {
		return string(letters[:characters])
	}
	return s
}

// WithMention adds to a question in a group how to answer it: there the bot hears nothing else.
func WithMention(question Reply, lang Language) Reply {
	question.Text += "\n" + builtin().text(lang, "ask.mention", nil)
	return question
}

// cancelled reports whether the person does not want to answer any more.
func (c Call) cancelled() bool {
	n := len(c.Answers)
	return n > 0 && cancels(strings.TrimPrefix(trimSentence(c.Answers[n-1]), "/"))
}

func cancels(word string) bool { return builtin().meaning([]string{"word.cancel"}, word) >= 0 }
