package bot

import "github.com/prometheus/client_golang/prometheus"

// How a reply ended that the portal would post twice.
const (
	effectPosted     = "posted"
	effectRepeated   = "repeated"   // it was posted before: nothing to do
	effectReleased   = "released"   // certainly not posted
	effectPrivate    = "private"    // nobody knows; the asker has it in private
	effectImpossible = "impossible" // nobody knows, and not even that could be done
	effectAgain      = "again"      // nobody knows; it is posted once more
)

func newThrottled() *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "whois24_throttled_total",
		Help: "Questions that had to wait, by whose limit it was: the person's or the chat's.",
	}, []string{"limit"})
}

func newLateAnswers() *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "whois24_late_answers_total",
		Help: "Answers too late for the chat of the command, by where they went: private, or impossible for nowhere.",
	}, []string{"outcome"})
}

func newEffects() *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "whois24_command_answers_total",
		Help: "Answers in chats the bot is not in: posted, repeated, released, or unknown and then private or impossible.",
	}, []string{"outcome"})
}

func newUnkeyed() *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "whois24_v1_messages_total",
		Help: "Messages through bot API v1, which knows no repetition: posted, repeated, released, or unknown and then again or impossible.",
	}, []string{"outcome"})
}
