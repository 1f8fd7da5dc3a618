// Package commands is what the bot can do: a request in, a reply out.
//
// A [Command] is a value: a name, the ids of its texts and a function from a [Request] to a [Reply]. The function
// returns its reply and never sends it; sending, retrying and settling belong to package bot. What it needs besides
// the request it takes as an argument of its constructor, by a small interface such as [Users]. So a command is
// tested by calling it.
//
// # Adding a command
//
// Write one file with a constructor like [Whois], put its texts into locales/*.toml, and add one line to the list in
// [Default]. /help and the registration on the portal follow from the same value. A program of its own brings its
// texts in [Command.Texts] and makes its own list with [NewSet]; the package example does exactly that.
//
// # Words
//
// Whatever a person reads comes from the catalogue through [Request.Text], in the reader's language, with the plural
// forms of CLDR. Values put into a text are foreign until proven otherwise: names and positions are written by anybody
// and may hold BB-code, so every string goes through [bitrix.Plain]. Only a [Markup] is printed as it is.
//
// A command fails in one of three ways: with [Sorry], words for the person who asked; with an error of the portal,
// wrapped, which the bot may try again; or with any other error, which the bot explains with an [Apology].
//
// Another language is one more file in locales and no Go.
package commands
