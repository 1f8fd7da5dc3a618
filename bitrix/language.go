package bitrix

// ownCodes are the languages that Bitrix24 calls otherwise than everybody else: its code, then the tag of BCP 47. The list is
// that of the official library b24jssdk (B24LocaleMap).
var ownCodes = [...]struct{ code, tag string }{
	{"br", "pt"}, {"in", "hi"}, {"kz", "kk"}, {"la", "es"}, {"sc", "zh"}, {"ua", "uk"}, {"vn", "vi"},
}

// LanguageTag is what everybody calls the language that a portal has a code for: "uk" for "ua".
func LanguageTag(code string) string {
	for _, own := range ownCodes {
		if own.code == code {
			return own.tag
		}
	}
	return code
}

// LanguageCode is what a portal calls a language: "ua" for "uk".
func LanguageCode(tag string) string {
	for _, own := range ownCodes {
		if own.tag == tag {
			return own.code
		}
	}
	return tag
}
