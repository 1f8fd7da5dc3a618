package commandtest

import (
	"net/http"
	"net/http/httptest"
)

// inProcess calls a handler in place of the network.
type inProcess struct {
	handler http.Handler
}

func (p *inProcess) client() *http.Client { return &http.Client{Transport: p} }

// RoundTrip answers a request. A handler that hangs up, as the portal does when it is told to fail so, leaves no answer.
func (p *inProcess) RoundTrip(r *http.Request) (answer *http.Response, err error) {
	defer func() {
		if v := recover(); v != nil {
			answer, err = nil, http.ErrAbortHandler
		}
	}()
	in := r.Clone(r.Context())
	in.Host, in.RequestURI = r.URL.Host, r.URL.RequestURI()
	if r.Body == nil {
		in.Body = http.NoBody
	}
	recorder := httptest.NewRecorder()
	p.handler.ServeHTTP(recorder, in)
	return recorder.Result(), nil
}
