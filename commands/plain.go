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
	args    string // of a rule without a gap; of one with a gap they follow what stands in it
	unit    string // the command that answers where a department stands in the gap
	wants   want   // what of the person
	says    string // the id of a text that answers, where no command does
}

var plainRules = []plainRule{
	{phrases: "plain.whois", command: "whois"},
	{phrases: "plain.phone", command: "whois", wants: aPhone},
	{phrases: "plain.email", command: "whois", wants: anEmail},
	{phrases: "plain.birthday", command: "whois", wants: aBirthday},
	{phrases: "plain.clock", command: "whois", wants: aClock},
	{phrases: "plain.me", command: "whois"},
	{phrases: "plain.manager", command: "manager", unit: "team"},
	{phrases: "plain.own_manager", command: "manager"},
	{phrases: "plain.team", command: "team"},
	{phrases: "plain.own_team", command: "team"},
	{phrases: "plain.unit", command: "team"},
	{phrases: "plain.whosout", command: "whosout"},
	{phrases: "plain.whosout_tomorrow", command: "whosout", args: "tomorrow"},
	{phrases: "plain.whosout_week", command: "whosout", args: "week"},
	{phrases: "plain.whosout_unit", command: "whosout"},
	{phrases: "plain.whosout_unit_week", command: "whosout", args: "week"},
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
	rest, polite := t.texts.mannersOff(said)
	rule, about := t.meant(said, rest, t.texts.withoutFillers(rest))
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

// meant is the rule that was followed, and what stands in its gap. The words may be taken in several ways: with all manners or
// without. Of several rules it is the one that says most, then the one that leaves least to the gap; the zero one where none does.
func (t *table) meant(ways ...[]token) (rule plainRule, about string) {
	most := 0
	var left []token
	for _, r := range plainRules {
		if _, there := t.byName[r.command]; !there && r.command != "" {
			continue
		}
		for _, s := range t.texts.spellings(r.phrases) {
			p := readSaying(s)
			for _, said := range ways {
				gap, fits := p.fits(said)
				if weight := p.weight(); fits && (weight > most || weight == most && len(gap) < len(left)) {
					rule, most, left = r, weight, gap
				}
			}
		}
	}
	return rule, t.about(left)
}

// about is what stands in a gap, without manners if there is anything else: whom, in "where is Maria now".
func (t *table) about(gap []token) string {
	if rest, _ := t.texts.mannersOff(gap); len(rest) > 0 {
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
	if _, able := t.byName[rule.unit]; able {
		if _, called := c.departmentCalled(about); called {
			rule.command = rule.unit
		}
	}
	c.wants, c.Name, c.Args = rule.wants, rule.command, Args(about+" "+rule.args)
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
