package portal_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whois24/whois24/bitrix/portal"
)

func TestParametersComeInAnyForm(t *testing.T) {
	p := newPortal(t)
	multi := &bytes.Buffer{}
	parts := multipart.NewWriter(multi)
	_ = parts.WriteField("ID[]", "5")
	_ = parts.Close()
	for _, c := range []struct{ name, query, kind, body string }{
		{"JSON", "", "application/json; charset=utf-8", `{"ID":[5]}`},
		{"form", "", "application/x-www-form-urlencoded", "ID%5B%5D=5"},
		{"form with numbers", "", "application/x-www-form-urlencoded", "ID[7]=5"},
		{"multipart", "", parts.FormDataContentType(), multi.String()},
		{"query", "?ID[0]=5", "", ""},
		{"body over query", "?ID[0]=7", "application/json", `{"ID":[5]}`},
		{"form with bad escapes", "", "application/x-www-form-urlencoded", "ID%5B%5D=5&x=%zz&=1&[=2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := post(t, p, "im.user.list.get"+c.query, c.kind, c.body)
			if keys := keysOf(t, a.Result); len(keys) != 1 || keys[0] != "5" {
				t.Errorf("got %v, want user 5", keys)
			}
		})
	}
}

func TestWhatCannotBeReadCountsAsNothing(t *testing.T) {
	p := newPortal(t)
	for _, c := range []struct{ name, kind, body string }{
		{"broken JSON", "application/json", `{"ID":5`},
		{"two values", "application/json", `{"ID":5}{}`},
		{"a list", "application/json", `5`},
		{"deep JSON", "application/json", `{"ID":5,"x":` + strings.Repeat("[", 600) + strings.Repeat("]", 600) + `}`},
		{"JSON as a form", "application/x-www-form-urlencoded", `{"ID":5}`},
		{"text", "text/plain", "ID=5"},
		{"broken multipart", "multipart/form-data; boundary=x", "ID=5"},
		{"variable 1001", "application/x-www-form-urlencoded", strings.Repeat("a=1&", 1000) + "ID=5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var user struct{ ID int }
			_ = json.Unmarshal(post(t, p, "im.user.get", c.kind, c.body).Result, &user)
			if user.ID != 1 {
				t.Errorf("got user %d, want the caller", user.ID)
			}
		})
	}
}

func TestMethodNames(t *testing.T) {
	p := newPortal(t)
	for _, method := range []string{"server.time", "Server.TIME", "server.time.json"} {
		if got := get[string](t, p, method, params{}); got != "2026-09-21T17:13:20+03:00" {
			t.Errorf("%s: got %s", method, got)
		}
	}
	wantError(t, call(t, p, "no.such.method", params{}), 404, "ERROR_METHOD_NOT_FOUND")
}

func TestWhoMayCall(t *testing.T) {
	for _, c := range []struct {
		path   string
		source bool
		status int
		code   string
	}{
		{"/rest/1/wrong/server.time", false, 403, "INVALID_CREDENTIALS"},
		{"/rest/1/wrong/server.time", true, 401, "INVALID_CREDENTIALS"},
		{"/rest/5/emulated0portal0/server.time", false, 403, "INVALID_CREDENTIALS"},
		{"/rest/1/wrong", false, 404, "ERROR_METHOD_NOT_FOUND"}, // a token, not a method
		{"/rest/server.time", false, 401, "NO_AUTH_FOUND"},
		{"/rest/1/wrong/no.such.method", false, 404, "ERROR_METHOD_NOT_FOUND"}, // looked up first
	} {
		p := newPortal(t, func(o *portal.Options) { o.SourceStatuses = c.source })
		w := httptest.NewRecorder()
		p.ServeHTTP(w, httptest.NewRequest("POST", c.path, nil))
		var a answer
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		a.Status = w.Code
		t.Run(c.path, func(t *testing.T) { wantError(t, a, c.status, c.code) })
		if m := p.Calls()[0].Method; strings.Contains(m, "wrong") {
			t.Errorf("%s: the log shows the token: %s", c.path, m)
		}
	}
}

func TestSourceStatuses(t *testing.T) {
	p := newPortal(t, func(o *portal.Options) { o.SourceStatuses = true })
	wantError(t, call(t, p, "im.user.get", params{"ID": 0}), 400, "ID_EMPTY")
}

func TestJSONIsSpelledAsOnThePortal(t *testing.T) {
	p := newPortal(t)
	a := call(t, p, "im.user.get", params{"ID": 98})
	for _, want := range []string{
		`"work_position":"R\u0026D \u0022ядро\u0022 \u003Cv2\u003E [url=https:\/\/demo.example]жми[\/url]"`,
		`"avatar":"http:\/\/portal.example\/upload\/avatar\/98.svg"`,
		`"bot_data":null`, `"phones":{"personal_mobile":"79990000098"`, `"active":true`,
	} {
		if !strings.Contains(a.Raw, want) {
			t.Errorf("no %s in\n%s", want, a.Raw)
		}
	}
	if strings.ContainsAny(a.Raw, "\n\t") {
		t.Error("the answer has more than one line")
	}
	if got := call(t, p, "im.user.get", params{"ID": 99}).Raw; !strings.Contains(got, `]\n\/whois 1"`) {
		t.Errorf("a line break is not escaped: %s", got)
	}
}

func TestTimeBlock(t *testing.T) {
	p := newPortal(t)
	want := map[string]any{
		"start": 1790000000.0, "finish": 1790000000.0, "duration": 0.0, "processing": 0.0,
		"date_start": "2026-09-21T17:13:20+03:00", "date_finish": "2026-09-21T17:13:20+03:00",
		"operating_reset_at": 1790000600.0, "operating": 0.0,
	}
	for _, method := range []string{"server.time", "batch"} {
		if diff := cmp.Diff(want, call(t, p, method, params{}).Time); diff != "" {
			t.Errorf("%s (-want +got):\n%s", method, diff)
		}
	}
}

func TestOperatingTimeAddsUp(t *testing.T) {
	for step, want := range map[time.Duration]float64{60 * time.Millisecond: 0, 250 * time.Millisecond: 0.5} {
		c := newClock()
		p := newPortal(t, func(o *portal.Options) {
			o.Now = func() time.Time { // each look at the clock takes time, so each run takes a step
				c.set(c.now().Add(step))
				return c.now()
			}
		})
		first := call(t, p, "profile", params{}).Time
		second := call(t, p, "profile", params{}).Time
		if first["operating_reset_at"] != second["operating_reset_at"] {
			t.Errorf("the window moved: %v, then %v", first, second)
		}
		if second["operating"] != want {
			t.Errorf("two runs of %s cost %v s, want %v", step, second["operating"], want)
		}
		c.set(start.Add(11 * time.Minute))
		third := call(t, p, "profile", params{}).Time
		if third["operating_reset_at"] == first["operating_reset_at"] || third["operating"] != want/2 {
			t.Errorf("the window is for ever: %v", third)
		}
	}
}

func TestBucketLeaks(t *testing.T) {
	c := newClock()
	p := newPortal(t, withClock(c), func(o *portal.Options) { o.Rate, o.Burst = 0, 0 })
	for i := range 50 {
		if a := call(t, p, "server.time", params{}); a.Status != 200 {
			t.Fatalf("request %d: %d %s", i+1, a.Status, a.Error)
		}
	}
	wantError(t, call(t, p, "server.time", params{}), 503, "QUERY_LIMIT_EXCEEDED")
	c.set(c.now().Add(500 * time.Millisecond))
	if a := call(t, p, "batch", params{"cmd": params{"a": "server.time", "b": "server.time"}}); a.Status != 200 {
		t.Errorf("after half a second: %d, want a place for one batch", a.Status)
	}
	wantError(t, call(t, p, "server.time", params{}), 503, "QUERY_LIMIT_EXCEEDED")
}

func TestBucketSurvivesAClockSetBack(t *testing.T) {
	c := newClock()
	p := newPortal(t, withClock(c), func(o *portal.Options) { o.Burst = 0 })
	call(t, p, "server.time", nil)
	c.set(start.Add(-time.Hour))
	if a := call(t, p, "server.time", nil); a.Status != 200 {
		t.Errorf("an hour back: %d %s", a.Status, a.Error)
	}
}

func TestSmallMethods(t *testing.T) {
	p := newPortal(t)
	if diff := cmp.Diff([]string{"im", "imbot"}, get[[]string](t, p, "scope", nil)); diff != "" {
		t.Errorf("scope (-want +got):\n%s", diff)
	}
	want := map[string]int{"rest": 36, "web": 130, "mobile": 23, "desktop": 6}
	if diff := cmp.Diff(want, get[map[string]int](t, p, "imbot.v2.Revision.get", nil)); diff != "" {
		t.Errorf("revision (-want +got):\n%s", diff)
	}
	if who := get[map[string]any](t, p, "profile", nil); who["ID"] != "1" || who["ADMIN"] != true {
		t.Errorf("profile: %v", who)
	}
	if app := get[map[string]any](t, p, "app.info", nil); app["SCOPE"] == nil {
		t.Errorf("app.info: %v", app)
	}
}

func TestWebhookURL(t *testing.T) {
	p := newPortal(t, func(o *portal.Options) { o.BaseURL = "http://127.0.0.1:8024/" })
	u, err := url.Parse(p.WebhookURL())
	if err != nil || u.Host != "127.0.0.1:8024" || !strings.HasPrefix(u.Path, "/rest/1/") || !strings.HasSuffix(u.Path, "/") {
		t.Errorf("got %s, %v", u, err)
	}
}
