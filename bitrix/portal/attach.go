package portal

import "slices"

// What attachments are made of, and their colours.
var (
	blockKinds  = []string{"MESSAGE", "GRID", "USER", "LINK", "DELIMITER", "IMAGE", "FILE"}
	listBlocks  = []string{"GRID", "USER", "LINK", "IMAGE", "FILE"} // kept as lists, however they came
	linkBlocks  = []string{"LINK", "IMAGE", "FILE"}                 // nothing without a link that opens
	cardColours = []string{"primary", "secondary", "alert", "base"}
)

// readAttach normalises an attachment given in the full form, as just its blocks, or either as JSON text.
// Unknown blocks are left out; none left, or too many, is an error.
func readAttach(v any) (blocks array, colour string, err error) {
	if isNone(v) {
		return nil, "", nil
	}
	given, _ := unpack(v)
	colour = "base"
	source := given
	if full, ok := given.lookup("BLOCKS"); ok {
		source, _ = full.(array)
		if token := text(given.get("COLOR_TOKEN")); slices.Contains(cardColours, token) {
			colour = token
		}
	}
	for _, e := range source {
		b, _ := e.value.(array)
		if norm := block(b); norm != nil {
			blocks = blocks.push(norm)
		}
	}
	switch {
	case len(blocks) == 0:
		return nil, "", errAttach
	case tooLong(blocks):
		return nil, "", errAttachSize
	}
	return blocks, colour, nil
}

// block is one block as the portal keeps it: an object with one key. It is nil when there is nothing to show.
func block(given array) array {
	for _, kind := range blockKinds {
		v, ok := given.lookup(kind)
		if !ok {
			continue
		}
		if slices.Contains(listBlocks, kind) {
			v = parts(v, slices.Contains(linkBlocks, kind))
		}
		if v == nil {
			return nil
		}
		return array{{kind, v}}
	}
	return nil
}

// parts are the members of a block that has several; nil when none can be shown.
func parts(v any, needLink bool) any {
	a, _ := v.(array)
	if !a.isList() {
		a = list(a)
	}
	var kept array
	for _, e := range a {
		part, ok := e.value.(array)
		if ok && (!needLink || link.MatchString(text(part.get("LINK")))) {
			kept = kept.push(part)
		}
	}
	if kept == nil {
		return nil
	}
	return kept
}
