package commands

import "encoding/json"

// Schema describes a command to programs: what it is called, what can be said to it, and its words in every language.
type Schema struct {
	Name      string            `json:"name"`
	Title     map[string]string `json:"title"`
	Arguments []ArgumentSchema  `json:"arguments"`
	// Texts are what replies say by id, in files of go-i18n, by language. Ids begin with the command's name and a dot.
	Texts map[string]json.RawMessage `json:"texts,omitempty"`
}

// ArgumentSchema describes an argument. Type is person, department, day, duration, number, word, text or choice.
type ArgumentSchema struct {
	Name     string            `json:"name"`
	Type     string            `json:"type"`
	Optional bool              `json:"optional,omitempty"`
	Rest     bool              `json:"rest,omitempty"`    // takes the rest of the line
	Asker    bool              `json:"asker,omitempty"`   // nothing said is the person who asks
	Default  string            `json:"default,omitempty"` // as it would be typed
	Choices  []ChoiceSchema    `json:"choices,omitempty"`
	Hint     map[string]string `json:"hint"`
}

// ChoiceSchema describes one of the values of a choice.
type ChoiceSchema struct {
	Key   string            `json:"key"`
	Words map[string]string `json:"words"` // ways to say it, with commas between
}

// Schema describes the command. The error is that of [NewSet] about it.
func (cmd Command) Schema() (Schema, error) {
	s, err := NewSet(cmd)
	if err != nil {
		return Schema{}, err
	}
	return s.Schemas()[0], nil
}

// Schemas describe every command, in the order of the set.
func (s *Set) Schemas() []Schema { return s.now.Load().schemas() }

func (t *table) schemas() []Schema {
	all := make([]Schema, 0, len(t.list))
	for _, cmd := range t.list {
		schema := Schema{Name: cmd.name, Title: t.texts.inAll(cmd.title()), Arguments: []ArgumentSchema{}, Texts: cmd.said}
		for _, a := range cmd.arguments {
			schema.Arguments = append(schema.Arguments, a.schema(t.texts))
		}
		all = append(all, schema)
	}
	return all
}

func (a argument) schema(t *catalogue) ArgumentSchema {
	schema := ArgumentSchema{
		Name: a.name, Type: a.kind.name(), Optional: a.optional(), Rest: a.rest, Asker: a.asker(), Default: a.fallback,
		Hint: t.byLanguage(func(lang Language) string { return a.hint(t, lang) }),
	}
	if choice, ok := a.kind.(choiceKind); ok {
		for i, id := range choice.ids() {
			schema.Choices = append(schema.Choices, ChoiceSchema{choice.keys[i], t.inAll(id)})
		}
	}
	return schema
}
