package bot

import (
	"errors"
	"fmt"

	"github.com/whois24/whois24/bitrix"
)

// advice tells what to do about errors that a person has to act on.
var advice = []struct {
	code  bitrix.ErrorCode
	words string
}{
	{bitrix.ErrInvalidCredentials, "--portal: the portal does not take this webhook: it was revoked, has expired, or its " +
		"address is not copied whole; make one under Developer resources → Other → Inbound webhook"},
	{bitrix.ErrNoAuthFound, "--portal: the portal finds no webhook in the address: copy it again, whole"},
	{bitrix.ErrInsufficientScope, "--portal: a permission is missing: open the webhook or application under Developer resources → " +
		"Integrations, tick Chat and Notifications (im) and Chat bots (imbot), and save"},
	{bitrix.ErrBotCodeTaken, "--bot-code: another bot has this code on the portal, perhaps yours from an earlier webhook: give the " +
		"--bot-token it was made with, or choose another --bot-code"},
	{bitrix.ErrBotOwnership, "--bot-token: the bot was made with another token: give that one, or choose another --bot-code"},
	{bitrix.ErrBotTokenMissing, "--bot-token: the portal wants one"},
	{bitrix.ErrBotTokenLength, "--bot-token: is too long: a portal takes at most 40 characters"},
	{errBotLimit, "--bot-code: the portal takes no more bots: remove one that nobody needs"},
	{bitrix.ErrBotCallback, "--public-url: the portal does not take this address: it has to be https and reachable from the internet, " +
		"like https://bot.example.com"},
	{bitrix.ErrBotNotFound, "--bot-code: the bot is not on the portal any more: whois24 register brings it back"},
	{bitrix.ErrMethodNotFound, "--bot-api: the portal does not know this method: use auto, and see that chat bots are switched on there"},
	{bitrix.ErrInvalidRequest, "--portal: the portal wants https: copy its address again"},
	{bitrix.ErrOverloadLimit, "--portal: the portal has blocked REST calls for overload: only Bitrix24's support can lift that"},
	{bitrix.ErrPortalDeleted, "--portal: the portal does not exist any more: give the webhook of another"},
	{bitrix.ErrApplicationGone, "--client-id: the application is not installed on the portal any more: install it again"},
	{bitrix.ErrPaymentRequired, "--client-id: the portal has not paid for the application or for its plan: it has to, in Bitrix24"},
	{bitrix.ErrInvalidClient, "--client-id, --client-secret: the authorization server does not take them: copy both again " +
		"from the application under Developer resources → Integrations"},
	{bitrix.ErrInvalidGrant, "--client-id: the access to the portal is lost: install the application there again"},
	{bitrix.ErrUserAccess, "--portal: whoever made the webhook may not do this on the portal: let an administrator make it"},
	{bitrix.ErrAuthorization, "--portal: whoever made the webhook may not do this on the portal: let an administrator make it"},
	{bitrix.ErrAccessDenied, "--portal: the portal refuses: REST needs a Market subscription or its trial, and whoever made " +
		"the webhook has to be allowed to do this"},
}

// errBotLimit is a portal with a hundred bots of one application.
const errBotLimit bitrix.ErrorCode = "BOT_LIMIT_EXCEEDED"

// Advice says which setting an error of a portal is about and what to do; empty where a person can do nothing about it.
func Advice(err error) string {
	for _, a := range advice {
		if errors.Is(err, a.code) {
			return a.words
		}
	}
	return ""
}

// explained puts the advice before an error.
func explained(err error) error {
	if words := Advice(err); words != "" {
		return fmt.Errorf("%s (%w)", words, err)
	}
	return err
}
