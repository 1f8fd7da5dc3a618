package commands

// TooManyWakes tells a person that they wait for so many things already that no other can be added.
func TooManyWakes(lang Language, most int) Reply {
	return Reply{Text: builtin().text(lang, "wake.many", Data{"N": most}), Sorry: true}
}
