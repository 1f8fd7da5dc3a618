package portal

import (
	"cmp"
	"io"
	"mime"
	"net/http"
	"strings"
)

// maxBody is how much of a request is read.
const maxBody = 8 << 20

// request is one REST call as it came in.
type request struct {
	method string // as sent, less .json
	user   string // of an incoming webhook; empty without
	token  string // the webhook's
	access string // of an application
	params array
}

func readRequest(w http.ResponseWriter, r *http.Request) request {
	q := request{params: parseForm(r.URL.RawQuery)}
	if r.URL.RawQuery == "" {
		q.params = nil
	}
	q.user, q.token, q.method = splitPath(r.URL.Path)
	for _, e := range readBody(w, r) { // the body wins over the query
		q.params = q.params.set(e.key, e.value)
	}
	q.access = cmp.Or(text(q.params.get("auth")), text(q.params.get("access_token")), bearer(r))
	return q
}

// bearer is the token of an Authorization header.
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return token
}

// restPath is what paths of methods begin with.
const restPath = "/rest/"

// splitPath takes /rest/1/code/method.json and /rest/method apart. Slashes too many do not matter: the official
// JavaScript SDK puts one between an endpoint, which ends with one, and the method.
func splitPath(path string) (user, token, method string) {
	method = strings.TrimLeft(strings.TrimPrefix(path, restPath), "/")
	if owner, rest, ofWebhook := strings.Cut(method, "/"); ofWebhook {
		user = owner
		token, method, _ = strings.Cut(rest, "/")
	}
	return user, token, strings.TrimSuffix(method, ".json")
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
