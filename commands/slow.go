package commands

// SlowDown tells a person who asks a lot at once that every answer will come, later.
func SlowDown(lang Language) Reply {
	return Reply{Text: builtin().text(lang, "flood.notice", nil)}
}
