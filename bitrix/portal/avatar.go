package portal

import (
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/whois24/whois24/bitrix"
)

const avatarPath = "/upload/avatar/"

// serveAvatar draws a person's initials on the person's colour.
func (p *Portal) serveAvatar(w http.ResponseWriter, r *http.Request) {
	name, isSVG := strings.CutSuffix(r.PathValue("file"), ".svg")
	id, err := strconv.ParseInt(name, 10, 64)
	who, ok := p.Person(bitrix.UserID(id))
	if !isSVG || err != nil || !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", "max-age=3600")
	_, _ = fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" role="img">`+
		`<rect width="100" height="100" fill="%s"/>`+
		`<text x="50" y="52" fill="#fff" font-family="system-ui,sans-serif" font-size="42" font-weight="600" `+
		`text-anchor="middle" dominant-baseline="central">%s</text></svg>`,
		html.EscapeString(who.Color), html.EscapeString(initials(who)))
}

func initials(who Person) string { return firstLetter(who.First) + firstLetter(who.Last) }

func firstLetter(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return strings.ToUpper(string(r))
}
