package portal

import (
	"cmp"
	"io"
	"mime"
	"net/http"
	"sync"
	"time"

	"github.com/whois24/whois24/bitrix"
)

// AuthServerOptions set up an AuthServer. The zero value of each field but BaseURL is fine.
type AuthServerOptions struct {
	BaseURL      string        // how others reach it: "http://127.0.0.1:8030"
	ClientID     string        // of the one application it knows; default "local.emulated.00000001"
	ClientSecret string        // default "emulated0secret0"
	TokenLife    time.Duration // of access tokens, by their portal's clock; default an hour
	KeepOld      bool          // refresh tokens work more than once; default: they die on use
}

// AuthServer is an emulated authorization server, an http.Handler. Portals made with it in their Options share it:
// it makes the tokens that their events carry, and POST and GET /oauth/token/ trade refresh tokens and codes for
// new ones. Its methods may be called at any time from any goroutine.
type AuthServer struct {
	options AuthServerOptions
	place   place

	mu       sync.Mutex // guards what follows; taken after a portal's, never before
	access   map[string]*token
	refresh  map[string]*token
	codes    map[string]code
	carried  map[holder]*token // by events
	renewals map[bitrix.MemberID]int
	faults   faults
}

// NewAuthServer makes an authorization server for one application.
func NewAuthServer(o AuthServerOptions) *AuthServer {
	o.ClientID = cmp.Or(o.ClientID, "local.emulated.00000001")
	o.ClientSecret = cmp.Or(o.ClientSecret, "emulated0secret0")
	o.TokenLife = cmp.Or(o.TokenLife, time.Hour)
	return &AuthServer{
		options:  o,
		place:    newPlace(o.BaseURL),
		access:   map[string]*token{},
		refresh:  map[string]*token{},
		codes:    map[string]code{},
		carried:  map[holder]*token{},
		renewals: map[bitrix.MemberID]int{},
	}
}

// URL is the server's address, with a slash at its end.
func (a *AuthServer) URL() string { return a.place.base + "/" }

// ClientID is the application's.
func (a *AuthServer) ClientID() string { return a.options.ClientID }

// ClientSecret is the application's.
func (a *AuthServer) ClientSecret() string { return a.options.ClientSecret }

// Renewals counts the refresh tokens of a portal that were traded for new ones, answers that were lost included.
func (a *AuthServer) Renewals(member bitrix.MemberID) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.renewals[member]
}

// Fail makes exchanges fail like a portal's calls; the fault's Method does not matter. With ResetAfter the old
// token is used up and nobody learns the new one.
func (a *AuthServer) Fail(f Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.faults = append(a.faults, f)
}

// Recover ends all faults.
func (a *AuthServer) Recover() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.faults = nil
}

// tokenPath is where tokens are. The official JavaScript SDK posts its parameters there as a form, others ask with
// a query.
const tokenPath = "/oauth/token/"

// ServeHTTP answers /oauth/token/.
func (a *AuthServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != tokenPath {
		http.NotFound(w, r)
		return
	}
	a.answer(w, r).write(w)
}

func (a *AuthServer) answer(w http.ResponseWriter, r *http.Request) reply {
	params, err := readExchange(w, r)
	if err != nil {
		return refused(err, false)
	}
	f := a.takeFault()
	if f.Kind == Slow {
		pause(r.Context(), f.Delay)
	}
	refuse := func(err error) reply { return refused(err, false) }
	return f.over(refuse, func() reply {
		body, err := a.exchange(params)
		if err != nil {
			return refuse(err)
		}
		return reply{status: http.StatusOK, body: body}
	})
}

func (a *AuthServer) takeFault() Fault {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.faults.take(func(Fault) bool { return true })
}

// readExchange reads the query of a GET, or the form of a POST.
func readExchange(w http.ResponseWriter, r *http.Request) (array, error) {
	switch r.Method {
	case http.MethodGet:
		return parseForm(r.URL.RawQuery), nil
	case http.MethodPost:
	default:
		return nil, errGrantRequest
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, errGrantRequest
	}
	return parseForm(string(raw)), nil
}
