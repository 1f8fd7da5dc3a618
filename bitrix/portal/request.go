package portal

import (
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/whois24/whois24/bitrix"
)

// maxBody is how much of a request is read.
const maxBody = 8 << 20

// request is one REST call as it came in.
type request struct {
	method string // as sent, less .json
	user   string // of an incoming webhook; empty without
	token  string
	params array
}

func readRequest(w http.ResponseWriter, r *http.Request) request {
	q := request{params: parseForm(r.URL.RawQuery)}
	if r.URL.RawQuery == "" {
		q.params = nil
	}
	path := strings.TrimPrefix(r.URL.Path, "/rest/")
	if user, rest, ofWebhook := strings.Cut(path, "/"); ofWebhook {
		q.user = user
		q.token, path, _ = strings.Cut(rest, "/")
	}
	q.method = strings.TrimSuffix(path, ".json")
	for _, e := range readBody(w, r) { // the body wins over the query
		q.params = q.params.set(e.key, e.value)
	}
	return q
}

// readBody reads JSON or a form. A body that is neither, or broken JSON, counts as none: the call runs without
// parameters.
func readBody(w http.ResponseWriter, r *http.Request) array {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	body := http.MaxBytesReader(w, r.Body, maxBody)
	if kind == "multipart/form-data" {
		r.Body = body
		return readMultipart(r)
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		return nil
	}
	switch kind {
	case "application/json":
		v, _ := parseJSON(raw)
		a, _ := v.(array)
		return a
	case "application/x-www-form-urlencoded":
		return parseForm(string(raw))
	}
	return nil
}

func readMultipart(r *http.Request) array {
	if err := r.ParseMultipartForm(maxBody); err != nil {
		return nil
	}
	a := array{}
	for key, values := range r.MultipartForm.Value {
		if path := formPath(key); path != nil {
			a = put(a, path, values[len(values)-1])
		}
	}
	return a
}

// name is the method's name for look-ups.
func (q request) name() string { return strings.ToLower(q.method) }

// caller is whose rights the call has: those of the webhook's owner. Without a webhook in the path nobody is
// known yet, which is where tokens of applications would be looked at.
func (p *Portal) caller(q request) (bitrix.UserID, error) {
	if q.token == "" {
		return 0, errNoAuth
	}
	if q.user != "1" || q.token != webhookToken {
		return 0, errCredentials
	}
	return admin, nil
}
