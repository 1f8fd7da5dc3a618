package bitrix_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/whois24/whois24/bitrix"
)

// keeper keeps one portal's access as bitrix.Tokens does, and plays the portal's side of it: which token is good.
// Tokens hold canary, so that hides finds them.
type keeper struct {
	endpoint bitrix.Endpoint
	renewal  func(ctx context.Context) error // before a new token is there; nil: none fails

	mu      sync.Mutex
	token   bitrix.Secret // what callers have
	good    bitrix.Secret // what the portal takes
	stale   []bitrix.Secret
	refused int // requests
}

func newKeeper() *keeper {
	return &keeper{endpoint: "https://demo-portal.bitrix24.example/rest/", token: token(1), good: token(1)}
}

func token(n int) bitrix.Secret { return bitrix.Secret(fmt.Sprintf("%s-access/%d", canary, n)) }

// expire has the portal take only the next token.
func (k *keeper) expire() *keeper {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.good = token(2)
	return k
}

func (k *keeper) Access(context.Context) (bitrix.Access, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return bitrix.Access{Endpoint: k.endpoint, Token: k.token}, nil
}

func (k *keeper) Renew(ctx context.Context, stale bitrix.Secret) (bitrix.Access, error) {
	k.mu.Lock()
	k.stale = append(k.stale, stale)
	k.mu.Unlock()
	if k.renewal != nil {
		if err := k.renewal(ctx); err != nil {
			return bitrix.Access{}, err
		}
	}
	k.mu.Lock()
	k.token = k.good
	k.mu.Unlock()
	return k.Access(ctx)
}

// guard stands before a portal and lets in who shows the good token where an application has to show it: in the body.
func (k *keeper) guard(t testing.TB, answer transport) transport {
	return func(r *http.Request) (*http.Response, error) {
		body := map[string]json.RawMessage{}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		var shown bitrix.Secret
		_ = json.Unmarshal(body["auth"], (*string)(&shown))
		if strings.Contains(fmt.Sprint(r.URL, r.Header), canary) || !strings.HasPrefix(r.URL.Path, "/rest/") {
			t.Errorf("asked at %s with %v", r.URL, r.Header)
		}
		if !k.takes(shown) {
			return response(http.StatusUnauthorized, fixture(t, "error.expired-token.json")), nil
		}
		delete(body, "auth")
		rest, _ := json.Marshal(body)
		r.Body = io.NopCloser(bytes.NewReader(rest))
		return answer(r)
	}
}

func (k *keeper) takes(shown bitrix.Secret) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if shown != k.good {
		k.refused++
	}
	return shown == k.good
}

// application makes a client of a portal that is played by answer.
func application(t testing.TB, k *keeper, answer transport) *bitrix.Client {
	t.Helper()
	return bitrix.NewClient(bitrix.ClientOptions{Tokens: k, API: bitrix.APIv2, HTTP: &http.Client{Transport: k.guard(t, answer)}})
}

// applicationCrowd is as newCrowd, for an application.
func applicationCrowd(t testing.TB, k *keeper) (*crowd, *bitrix.Client) {
	t.Helper()
	p, _ := newCrowd(t)
	return p, application(t, k, p.roundTrip)
}

// isExpired expects the error of a call that was refused for its token, and has not run.
func isExpired(t *testing.T, err error, temporary bool) {
	t.Helper()
	e, ok := errors.AsType[*bitrix.Error](err)
	if !ok || !errors.Is(e, bitrix.ErrExpiredToken) || e.Temporary() != temporary || e.MayHaveRun() {
		t.Errorf("got %v, temporary %v, may have run %v", err, ok && e.Temporary(), ok && e.MayHaveRun())
	}
	hides(t, err)
}
