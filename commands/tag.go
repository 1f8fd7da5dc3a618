package commands

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
)

// tags are what a field says beyond its type.
type tags struct {
	leftOut  bool     // arg:"optional": zero when nothing is said
	required bool     // arg:"required": of a Person, who otherwise is who asks
	rest     bool     // arg:"rest": the rest of the line
	fallback string   // arg:"default=week": what stands for nothing said, as it would be typed
	choices  []string // choice:"today week"
	ownHint  string   // hint:"birthday.who": the id of a text in place of the type's own
}

var goodChoice = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func readTags(tag reflect.StructTag) (tags, error) {
	t := tags{ownHint: tag.Get("hint"), choices: strings.Fields(tag.Get("choice"))}
	if tag != "" && tag.Get("arg") == "" && t.ownHint == "" && len(t.choices) == 0 {
		return t, fmt.Errorf("its tag %s says nothing; accepted are arg, choice and hint", tag)
	}
	if err := checkChoices(t.choices); err != nil {
		return t, err
	}
	for option := range strings.SplitSeq(tag.Get("arg"), ",") {
		value, isDefault := strings.CutPrefix(option, "default=")
		switch {
		case option == "":
		case option == "optional":
			t.leftOut = true
		case option == "required":
			t.required = true
		case option == "rest":
			t.rest = true
		case isDefault && value != "":
			t.fallback = value
		default:
			return t, fmt.Errorf("unknown word %q in its tag; accepted are optional, required, rest and default=…", option)
		}
	}
	if t.required && (t.leftOut || t.fallback != "") || t.leftOut && t.fallback != "" {
		return t, errors.New("it can only be one of required, optional and with a default")
	}
	return t, nil
}

func checkChoices(keys []string) error {
	seen := map[string]bool{}
	for _, key := range keys {
		if !goodChoice.MatchString(key) {
			return fmt.Errorf("choice %q is not of lower-case Latin letters, digits and _", key)
		}
		if seen[key] {
			return fmt.Errorf("choice %q is there twice", key)
		}
		seen[key] = true
	}
	return nil
}
