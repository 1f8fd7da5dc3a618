package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/whois24/whois24/bitrix/portal"
	"github.com/whois24/whois24/bitrix/portal/portaltest"
)

// chatting is one run of the program whose standard input is not a terminal.
func chatting(t *testing.T, environment map[string]string, says string, args ...string) invocation {
	t.Helper()
	stdin, writes, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func(before *os.File) { os.Stdin = before }(os.Stdin)
	os.Stdin = stdin
	defer stdin.Close()
	if _, err := writes.WriteString(says); err != nil { // less than a pipe holds
		t.Fatal(err)
	}
	_ = writes.Close()
	return invoke(t, environment, args...)
}

// appear checks that all parts are in a text, in their order.
func appear(t *testing.T, text string, parts ...string) {
	t.Helper()
	rest := text
	for _, part := range parts {
		at := strings.Index(rest, part)
		if at < 0 {
			t.Fatalf("no %q, or not in this order, in:\n%s", part, text)
		}
		rest = rest[at+len(part):]
	}
}

func TestChatNeedsNoPortal(t *testing.T) {
	got := chatting(t, nil, "/whois шел\n/help\n", "chat", "--lang", "ru")
	appear(t, got.stdout, "Евгений Шеленков\n", "Ведущий разработчик\n", "Вот что я умею\n")
	if got.code != 0 || got.stderr != "" || strings.ContainsAny(got.stdout, "\x1b") || strings.Contains(got.stdout, "[b]") {
		t.Errorf("code %d, stderr %q, stdout %q", got.code, got.stderr, got.stdout)
	}
}

func TestChatAs(t *testing.T) {
	appear(t, chatting(t, nil, "/whois", "chat").stdout, "Анна Тестова\n")
	appear(t, chatting(t, nil, "/whois", "chat", "--as", "5").stdout, "Евгений Шеленков\n")
	guest := chatting(t, nil, "/whois 5\n", "chat", "--as", "31", "--lang", "en")
	appear(t, guest.stdout, "I answer only people of the company")
}

// TestChatPressesButtons: a number is a button of the last answer, and otherwise a number.
func TestChatPressesButtons(t *testing.T) {
	says := strings.Join([]string{
		"/whois ан", // several match
		"2",
		"/help",
		"1", // puts /whois into the input line
		"5",
		"1",  // opens a chat with that person, which there is not here
		"77", // is no button
	}, "\n")
	got := chatting(t, nil, says, "chat", "--lang", "en")
	second := regexp.MustCompile(`\[2\] (\S+ \S+)`).FindStringSubmatch(got.stdout)
	if second == nil {
		t.Fatalf("there is no second button in\n%s", got.stdout)
	}
	appear(t, got.stdout, "Several people match", "\n[1] ", second[0], "\n"+second[1]+"\n",
		"Here is what I can do\n", "[1] /whois", "Евгений Шеленков\n", "Message: 5\n", "There is nobody with the number 77")
}

// TestChatEnds at an empty line, at /quit and with its input.
func TestChatEnds(t *testing.T) {
	for _, says := range []string{"/whois\n\n/help\n", "/whois\n/quit\n/help\n", "/whois\n", "/whois"} {
		got := chatting(t, nil, says, "chat", "--lang", "en")
		if got.code != 0 || !strings.Contains(got.stdout, "Анна Тестова") || strings.Contains(got.stdout, "Here is what I can do") {
			t.Errorf("%q: code %d, stdout %q", says, got.code, got.stdout)
		}
	}
}

func TestChatWithAPortalSendsNothing(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	got := chatting(t, map[string]string{"WHOIS24_RATE": "1000", "WHOIS24_PORTAL": p.WebhookURL()}, "/whois\n/whois евген шел\n1\n", "chat", "--lang", "ru")
	appear(t, got.stdout, "Виктор Громов\n", "Евгений Шеленков\n") // the webhook's user is 1
	sendsNothing(t, p)
}

// sendsNothing looks for calls about bots, also in batches: only those send and change anything.
func sendsNothing(t *testing.T, p *portal.Portal) {
	t.Helper()
	for _, call := range p.Calls() {
		if strings.Contains(call.Method+string(call.Params), "imbot") {
			t.Errorf("called %s %s", call.Method, call.Params)
		}
	}
}

// TestChatGoesOnAfterAnError: whoever chats reads the apology, and the reason beside it.
func TestChatGoesOnAfterAnError(t *testing.T) {
	p := portaltest.New(t, portal.Options{})
	p.Fail(portal.Fault{Method: "im.search.user.list", Kind: portal.Refused, Code: "insufficient_scope", Status: 403, Times: 1})
	got := chatting(t, hurried, "/whois зябликов\n/whois 5\n", "chat", "--portal", p.WebhookURL(), "--lang", "en")
	appear(t, got.stdout, "The portal gave me no right", "Евгений Шеленков")
	if got.code != 0 || strings.Count(got.stderr, "\n") != 1 || !strings.Contains(got.stderr, "insufficient_scope") {
		t.Errorf("code %d, stderr %q", got.code, got.stderr)
	}
}

func TestChatSettings(t *testing.T) {
	for args, names := range map[string]string{
		"--as -1":                          "--as",
		"--as 999":                         "--as",
		"--lang klingon":                   "--lang",
		"--client-id local.0123":           "--client-secret",
		"--portal https://example.com/":    "--portal",
		"now":                              "now",
		"--client-id a --client-secret bc": "--client-id",
	} {
		got := chatting(t, nil, "/help", append([]string{"chat"}, strings.Fields(args)...)...)
		if got.code != 2 || strings.Count(got.stderr, "\n") != 1 || !strings.Contains(got.stderr, names) {
			t.Errorf("%s: code %d, stderr %q", args, got.code, got.stderr)
		}
	}
}
