package commands

import (
	"context"
	"errors"
	"strings"
)

// plainRule is something people ask for in plain words. How they say it stands in the catalogue, with commas between and "…"
// for whom it is about, in every language; what it means stands here.
type plainRule struct {
	phrases string // the id of the text
	command string // that answers; what stands in the gap are its arguments
	args    string // of a rule without a gap
	says    string // the id of a text that answers, where no command does
}

var plainRules = []plainRule{
	{phrases: "plain.whois", command: "whois"},
	{phrases: "plain.me", command: "whois"},
	{phrases: "plain.manager", command: "manager"},
	{phrases: "plain.own_manager", command: "manager"},
	{phrases: "plain.team", command: "team"},
	{phrases: "plain.own_team", command: "team"},
	{phrases: "plain.whosout", command: "whosout"},
	{phrases: "plain.whosout_week", command: "whosout", args: "week"},
	{phrases: "plain.whosout_team", command: "whosout", args: "team"},
	{phrases: "plain.notify", command: "notify"},
	{phrases: "plain.birthdays", command: "birthdays"},
	{phrases: "plain.birthdays_on", command: "birthdays"},
	{phrases: "plain.help", command: "help"},
	{phrases: "plain.noted", says: "plain.noted_too"},
}

// plain answers who speaks to the bot without a command: a question in plain words, a name, thanks. These are simple rules;
// where none is sure, the answer is what the person may want to press.
func (t *table) plain(ctx context.Context, c Call) (Reply, error) {
	said := tokens(c.Args)
	if _, able := t.byName["whois"]; !able || len(said) == 0 {
		return overview(c, c.Text("help.hello", nil)), nil
	}
	rest, polite := t.withoutManners(said)
	rule, about := t.meant(said, rest)
	switch {
	case rule != plainRule{}:
		return t.obey(ctx, c, rule, about)
	case len(rest) == 0 && polite == "plain.thanks":
		return c.Say("plain.welcome", nil)
	case len(rest) == 0 && polite == "plain.hello":
		return t.greet(c), nil
	case somebody(c, rest):
		return t.obey(ctx, c, plainRule{command: "whois"}, typed(rest))
	}
	return t.unsure(c, rest), nil
}

// meant is the rule that was followed, and what stands in its gap. The words may be taken with all manners or without. Of
// several rules it is the one that says most, and the zero one where none does.
func (t *table) meant(ways ...[]token) (rule plainRule, about string) {
	most := 0
	for _, r := range plainRules {
		if _, there := t.byName[r.command]; !there && r.command != "" {
			continue
		}
		for _, s := range t.texts.spellings(r.phrases) {
			p := readSaying(s)
			for _, said := range ways {
				if gap, fits := p.fits(said); fits && p.weight() > most {
					rule, about, most = r, t.about(gap), p.weight()
				}
			}
		}
	}
	return rule, about
}

// about is what stands in a gap, without manners if there is anything else: whom, in "where is Maria now".
func (t *table) about(gap []token) string {
	if rest, _ := t.withoutManners(gap); len(rest) > 0 {
		gap = rest
	}
	return typed(gap)
}

// obey answers by a rule. Who is found nowhere and what the command cannot read was perhaps not meant for it: then the person
// hears no lecture about a command they did not give.
func (t *table) obey(ctx context.Context, c Call, rule plainRule, about string) (Reply, error) {
	if rule.says != "" {
		return c.Say(rule.says, nil)
	}
	if c.Name, c.Args = rule.command, Args(about); about == "" {
		c.Args = rule.args
	}
	reply, err := t.byName[rule.command].answer(ctx, c)
	var s *sorry
	switch {
	case !errors.As(err, &s):
	case s.id == "person.none", s.id == "person.unclear":
		return t.nobody(c, about), nil
	case strings.HasPrefix(s.id, "argument."):
		return t.unsure(c, nil), nil
	}
	return reply, err
}

// manners are the ids of words that say nothing of what is asked. They are cut off both ends of it.
var manners = []string{"plain.hello", "plain.thanks", "plain.please"}

// withoutManners is what is left without them, and the id of the last in front that were thanks or a greeting.
func (t *table) withoutManners(said []token) (rest []token, polite string) {
	rest = said
	for n, id := t.courtesy(rest, begins); n > 0; n, id = t.courtesy(rest, begins) {
		rest = rest[n:]
		if id != "plain.please" {
			polite = id
		}
	}
	for n, _ := t.courtesy(rest, ends); n > 0; n, _ = t.courtesy(rest, ends) {
		rest = rest[:len(rest)-n]
	}
	return rest, polite
}

// courtesy is how many words the longest of the manners has that stands there, and its id.
func (t *table) courtesy(list []token, there func(list []token, words []string) bool) (longest int, id string) {
	for _, m := range manners {
		for _, s := range t.texts.spellings(m) {
			if words := strings.Fields(s); len(words) > longest && there(list, words) {
				longest, id = len(words), m
			}
		}
	}
	return longest, id
}
