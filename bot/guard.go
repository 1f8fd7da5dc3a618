package bot

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// sameSite keeps pages of other sites from changing anything through the browser of an operator. Programs, which are
// no browsers, pass.
func sameSite(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusForbidden, "a page of another site may not do this")
	}))
	return protection.Handler(next)
}

// noRebinding answers only requests for an address in numbers or for localhost. Any other name may be a stranger's that
// was made to lead here (DNS rebinding): a browser takes that page for one of this site, so sameSite lets it pass.
// Such a page cannot be opened under a number or under localhost.
func noRebinding(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !unmistakable(r.Host) {
			refuse(w, http.StatusForbidden, "this is answered under an IP address or localhost only, not under a name")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func unmistakable(hostport string) bool {
	host := (&url.URL{Host: hostport}).Hostname()
	_, err := netip.ParseAddr(host)
	return err == nil || strings.EqualFold(host, "localhost")
}
