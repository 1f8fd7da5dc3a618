package main

import (
	"net"
	"os"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// TestMain lets the test binary play whois24 in processes of its own.
func TestMain(m *testing.M) {
	if os.Getenv("TEST_PLAYS_WHOIS24") != "" {
		main()
	}
	if config := os.Getenv("TEST_PLAYS_NATS"); config != "" {
		playNATS(config)
	}
	goleak.VerifyTestMain(m)
}

// invocation is one run of the program in this process.
type invocation struct {
	code           int
	stdout, stderr string
}

func invoke(t *testing.T, environment map[string]string, args ...string) invocation {
	t.Helper()
	var stdout, stderr strings.Builder
	getenv := func(name string) string { return environment[name] }
	err := run(t.Context(), append([]string{"whois24"}, args...), getenv, &stdout, &stderr)
	code := exitCode(err, &stderr)
	return invocation{code, stdout.String(), stderr.String()}
}

const (
	canary     = "canarysecret0123"
	goodPortal = "https://example.bitrix24.com/rest/1/" + canary + "/"
)

// TestWrongSettings is what an operator reads: one line that names the setting, and the exit code 2.
func TestWrongSettings(t *testing.T) {
	portal := map[string]string{"WHOIS24_PORTAL": goodPortal}
	application := map[string]string{"WHOIS24_CLIENT_ID": "local.0123", "WHOIS24_CLIENT_SECRET": canary}
	for name, c := range map[string]struct {
		environment map[string]string
		args        string
		names       string // the setting
	}{
		"no portal":                {nil, "serve", "--portal"},
		"http to a public host":    {nil, "serve --portal http://example.com/rest/1/" + canary + "/", "--portal"},
		"no slash at the end":      {nil, "serve --portal https://example.com/rest/1/" + canary, "--portal"},
		"a method at the end":      {nil, "serve --portal " + goodPortal + "im.user.get", "--portal"},
		"a portal with a space":    {map[string]string{"WHOIS24_PORTAL": "https://example.com/rest/1/ " + canary + "/"}, "serve", "--portal"},
		"no secret in the portal":  {nil, "serve --portal https://example.com/rest/1/", "--portal"},
		"no portal in the portal":  {nil, "serve --portal https:///rest/1/" + canary + "/", "--portal"},
		"a portal with a query":    {nil, "serve --portal " + goodPortal + "?auth=1", "--portal"},
		"a portal's front page":    {nil, "serve --portal https://example.bitrix24.com/", "--portal"},
		"an unreadable file":       {map[string]string{"WHOIS24_PORTAL_FILE": "/does/not/exist"}, "serve", "--portal"},
		"a long bot token":         {portal, "serve --bot-token " + strings.Repeat(canary, 3), "--bot-token"},
		"an empty bot code":        {portal, "serve --bot-code=", "--bot-code"},
		"a bot code with a space":  {map[string]string{"WHOIS24_PORTAL": goodPortal, "WHOIS24_BOT_CODE": "a b"}, "serve", "--bot-code"},
		"another bot API":          {portal, "serve --bot-api v3", "--bot-api"},
		"webhook and application":  {application, "serve --portal " + goodPortal, "--portal"},
		"an id without a secret":   {nil, "serve --client-id local.0123", "--client-secret"},
		"a secret without an id":   {nil, "serve --client-secret " + canary, "--client-id"},
		"an id that is a sentence": {map[string]string{"WHOIS24_CLIENT_ID": "my app"}, "serve --client-secret " + canary, "--client-id"},
		"a secret with a space":    {map[string]string{"WHOIS24_CLIENT_SECRET": canary + " "}, "serve --client-id local.0123", "--client-secret"},
		"an auth server by http":   {application, "serve --oauth-server http://oauth.example.com/", "--oauth-server"},
		"a short token key":        {application, "serve --token-key " + canary, "--token-key"},
		"a short old token key":    {application, "serve --token-key " + canary + canary + "," + canary, "--token-key"},
		"an application's token":   {application, "serve --bot-token " + canary, "--bot-token"},
		"an application to ask":    {application, "ask /help", "--client-id"},
		"one to register":          {application, "register", "--client-id"},
		"one to unregister":        {application, "unregister", "--client-id"},
		"v1 without an address":    {portal, "serve --bot-api v1", "--public-url"},
		"registering it":           {portal, "register --bot-api v1", "--public-url"},
		"where it is installed":    {application, "receiver --bot-api v1 --nats nats://127.0.0.1:1", "--public-url"},
		"a rate of zero":           {portal, "serve --rate 0", "--rate"},
		"a rate that is no number": {portal, "serve --rate fast", "rate"},
		"a burst of zero":          {portal, "serve --burst 0", "--burst"},
		"a public URL without dot": {portal, "serve --public-url https://localhost", "--public-url"},
		"a public URL with query":  {portal, "serve --public-url https://bot.example.com/?a=1", "--public-url"},
		"no port":                  {portal, "serve --listen 127.0.0.1", "--listen"},
		"no admin port":            {portal, "serve --data /tmp --admin-listen nowhere", "--admin-listen"},
		"NATS by http":             {portal, "serve --nats http://127.0.0.1:4222", "--nats"},
		"no credentials file":      {portal, "serve --nats nats://127.0.0.1:1 --nats-creds /does/not/exist", "--nats-creds"},
		"a bus without a token":    {portal, "serve --data /tmp --nats-listen 127.0.0.1:0", "--command-token"},
		"a bus without a port":     {portal, "serve --data /tmp --nats-listen here --command-token " + canary, "--nats-listen"},
		"a bus beside NATS":        {portal, "serve --nats nats://127.0.0.1:1 --nats-listen :0 --command-token " + canary, "--nats-listen"},
		"nowhere for data":         {portal, "serve", "--data"},
		"an unknown language":      {portal, "serve --lang klingon", "--lang"},
		"an unknown zone":          {portal, "serve --timezone Moon/Crater", "--timezone"},
		"an unknown audience":      {portal, "serve --privacy guests:name", `--privacy: "guests" is not an audience; accepted are colleagues, mixed, outsiders`},
		"an unknown field": {
			map[string]string{"WHOIS24_PORTAL": goodPortal, "WHOIS24_PRIVACY": "mixed: all; outsiders: name phone"},
			"serve",
			`--privacy: outsiders: "phone" is not a field; accepted are name, position,`,
		},
		"a privacy for a demo":    {nil, "demo --privacy outsiders", "--privacy: outsiders: name is not among its fields; accepted are"},
		"hours of no day":         {portal, "serve --working-hours 9-18", `--working-hours: "9-18" are no days; accepted are days like mon-fri`},
		"an unknown level":        {portal, "serve --data /tmp --log-level loud", "--log-level"},
		"an unknown format":       {portal, "serve --data /tmp --log-format xml", "--log-format"},
		"receiver without NATS":   {portal, "receiver", "--nats"},
		"worker without NATS":     {portal, "worker", "--nats"},
		"an unknown flag":         {portal, "serve --portl x", "portl"},
		"an unknown command":      {nil, "srve", "srve"},
		"an argument too many":    {portal, "serve now", "now"},
		"nothing to ask":          {portal, "ask", "ask"},
		"ask as nobody":           {portal, "ask /help --as -1", "--as"},
		"a doctor without portal": {nil, "doctor", "--portal"},
		"demo without a port":     {nil, "demo --listen here", "--listen"},
	} {
		t.Run(name, func(t *testing.T) {
			got := invoke(t, c.environment, strings.Fields(c.args)...)
			if got.code != 2 {
				t.Errorf("exit code %d, want 2", got.code)
			}
			if strings.Count(got.stderr, "\n") != 1 || !strings.HasSuffix(got.stderr, "\n") {
				t.Errorf("stderr is not one line: %q", got.stderr)
			}
			if !strings.Contains(got.stderr, c.names) {
				t.Errorf("no %q in %q", c.names, got.stderr)
			}
			if strings.Contains(got.stdout+got.stderr, canary) {
				t.Errorf("the secret is shown: %q %q", got.stdout, got.stderr)
			}
		})
	}
}

func TestHelpShowsAnExampleAndNoSecret(t *testing.T) {
	secrets := map[string]string{
		"WHOIS24_PORTAL": goodPortal, "WHOIS24_BOT_TOKEN": canary, "WHOIS24_APPLICATION_TOKEN": canary,
		"WHOIS24_CLIENT_SECRET": canary, "WHOIS24_TOKEN_KEY": canary, "WHOIS24_COMMAND_TOKEN": canary,
	}
	for _, c := range newApp(func(string) string { return "" }, nil, nil).Commands {
		got := invoke(t, secrets, c.Name, "--help")
		if got.code != 0 || !strings.Contains(got.stdout, "Example") || !strings.Contains(got.stdout, "whois24 "+c.Name) {
			t.Errorf("%s --help: code %d\n%s", c.Name, got.code, got.stdout)
		}
		if strings.Contains(got.stdout+got.stderr, canary) {
			t.Errorf("%s --help shows a secret:\n%s", c.Name, got.stdout)
		}
	}
}

func TestSecretFromAFile(t *testing.T) {
	file := t.TempDir() + "/portal"
	if err := os.WriteFile(file, []byte(goodPortal+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := invoke(t, map[string]string{"WHOIS24_PORTAL_FILE": file}, "serve", "--listen", "x")
	if !strings.Contains(got.stderr, "--listen") { // the portal was fine, so the next setting is at fault
		t.Errorf("stderr is %q", got.stderr)
	}
}

func TestFlagsWinOverTheEnvironment(t *testing.T) {
	got := invoke(t, map[string]string{"WHOIS24_PORTAL": goodPortal, "WHOIS24_LISTEN": "127.0.0.1:0"}, "serve", "--listen", "x")
	if !strings.Contains(got.stderr, `"x"`) {
		t.Errorf("stderr is %q", got.stderr)
	}
}

func TestVersion(t *testing.T) {
	got := invoke(t, nil, "version")
	if got.code != 0 || !strings.Contains(got.stdout, "commit") || !strings.Contains(got.stdout, "go1.") {
		t.Errorf("code %d, stdout %q", got.code, got.stdout)
	}
}

// TestPortThatIsTaken is told of by the name of its setting.
func TestPortThatIsTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, flag := range []string{"--listen", "--admin-listen", "--nats-listen"} {
		args := []string{
			"serve", "--portal", goodPortal, "--data", t.TempDir(), "--log-level", "error", "--command-token", canary,
			"--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--nats-listen", "127.0.0.1:0", flag, l.Addr().String(),
		}
		if got := invoke(t, nil, args...); got.code != 1 || !strings.HasPrefix(got.stderr, "whois24: "+flag+": listen tcp ") {
			t.Errorf("code %d, stderr %q", got.code, got.stderr)
		}
	}
}
