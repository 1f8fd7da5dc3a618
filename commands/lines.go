package commands

import (
	"regexp"
	"strings"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/commands/people"
)

// maxLines is how many commands of one message are answered; the portal stops at ten as well.
const maxLines = 10

// Message is a chat message that did not come as a slash command.
type Message struct {
	// Text is as the portal sends it, BB-code intact; in groups with all mentions still in it.
	Text    string
	Private bool          // a chat of two, the person and the bot
	Bot     bitrix.UserID // who is being spoken to
	// Forwarded is true when the text is somebody else's.
	Forwarded bool
	// Asked is true when the bot waits for an answer. Then only what begins with a slash is a command.
	Asked bool
}

// Line is one command found in a message. An empty Name means that the bot was spoken to but not told a command; Args
// is then what was said.
type Line struct {
	Name, Args string
}

// Lines finds the commands in a message, at most ten. In a private chat, and in a group from the bot's mention on, a
// line may begin with a command: with its slash, or one that is known also without, and as the keyboard writes it in its other
// layout. It may hold a known one with its slash further on. Elsewhere in a group nothing is a command. What somebody else
// wrote never is: quotes, forwards, code, the names shown in mentions.
//
// When the bot is spoken to without a command there is one Line with no Name. A message that says nothing, such as a
// file or a mere quote, has no lines.
func Lines(m Message, known func(name string) bool) []Line {
	if m.Forwarded {
		return nil
	}
	text, how := addressed(ownWords(m.Text), m)
	if how == overheard {
		return nil
	}
	var lines []Line
	for said := range strings.SplitSeq(text, "\n") {
		if line, ok := find(Args(said), how, m.Asked, known); ok {
			lines = append(lines, line)
		}
		if len(lines) == maxLines {
			return lines
		}
	}
	if len(lines) == 0 && how == spokenTo && (text != "" || !m.Private) {
		return []Line{{Args: Args(strings.ReplaceAll(text, "\n", " "))}}
	}
	return lines
}

// address is how far a message is meant for the bot.
type address int

const (
	overheard address = iota // the bot is not mentioned
	inPassing                // the bot is mentioned after other words
	spokenTo                 // a private chat, or the mention comes first
)

// addressed is the part of text that is for the bot. Mentions of the bot itself are cut off its front.
func addressed(text string, m Message) (string, address) {
	if m.Private {
		return withoutMention(text, m.Bot), spokenTo
	}
	for _, at := range mentions.FindAllStringIndex(text, -1) {
		if id, _ := mentioned(text[at[0]:at[1]]); id != m.Bot {
			continue
		}
		how := inPassing
		if blank(mentions.ReplaceAllString(text[:at[0]], "")) {
			how = spokenTo
		}
		return withoutMention(text[at[0]:], m.Bot), how
	}
	return "", overheard
}

// withoutMention cuts mentions of the bot off the front of text.
func withoutMention(text string, bot bitrix.UserID) string {
	for {
		text = strings.TrimLeftFunc(text, separates)
		at := mentions.FindStringIndex(text)
		if at == nil || at[0] != 0 {
			return text
		}
		if id, _ := mentioned(text); id != bot {
			return text
		}
		text = text[at[1]:]
	}
}

var words = regexp.MustCompile(`\S+`)

// find looks for a command in one line. Only known ones are found further on in it or after a mention in passing: a
// slash there may be anything. Without a slash none is found where the bot asked something.
func find(line string, how address, asked bool, known func(string) bool) (Line, bool) {
	for i, at := range words.FindAllStringIndex(masked(line), -1) {
		first := i == 0 && how == spokenTo
		name, slash := called(strings.TrimLeft(line[at[0]:at[1]], `("'«“`), first, known)
		if name == "" || !slash && (!first || asked) || asked && !known(name) && cancels(name) {
			continue
		}
		if known(name) || slash && first {
			return Line{Name: name, Args: Args(line[at[1]:])}, true
		}
	}
	return Line{}, false
}

// masked hides mentions without moving anything, so that words of a shown name are not taken for words of the line.
func masked(line string) string {
	return mentions.ReplaceAllStringFunc(line, func(m string) string { return strings.Repeat("x", len(m)) })
}

// called is what a word names if it can be a command, and whether with a slash. The first word for the bot may have been typed in
// the other layout of the keyboard, which has a full stop where the slash is; a known command is certain enough.
func called(word string, first bool, known func(string) bool) (name string, slash bool) {
	bare, slash := strings.CutPrefix(word, "/")
	name = commandName(bare)
	if !first || known(name) {
		return name, slash
	}
	meant, meantSlash := strings.CutPrefix(people.OtherLayout(strings.TrimRight(word, sentenceEnds)), "/")
	if meant = commandName(meant); known(meant) {
		return meant, meantSlash
	}
	return name, slash
}

// sentenceEnds are the marks that may follow a command.
const sentenceEnds = ".,:;!?"

var plausibleName = regexp.MustCompile(`^[\p{L}\p{N}_-]{1,32}$`)

// commandName is what word names if it can be a command: lower case, without the punctuation of a sentence.
func commandName(word string) string {
	name := strings.ToLower(strings.TrimRight(word, sentenceEnds))
	if !plausibleName.MatchString(name) {
		return ""
	}
	return name
}
