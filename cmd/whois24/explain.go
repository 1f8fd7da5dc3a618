package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"

	"github.com/whois24/whois24/bitrix"
	"github.com/whois24/whois24/bot"
)

// explain puts what a portal said before its error, in words: which setting is at fault and what to do. An error nobody can do
// anything about stays as it is, and so does one that holds the words already.
func explain(err error, s settings) error {
	words := adviceFor(err, s)
	if words == "" || strings.Contains(err.Error(), words) {
		return err
	}
	return fmt.Errorf("%s (%w)", words, err)
}

// adviceFor is "" if there is none.
func adviceFor(err error, s settings) string {
	if words := bot.Advice(err); words != "" {
		return words
	}
	var failed *bitrix.Error
	if !errors.As(err, &failed) || failed.Code != "" {
		return ""
	}
	setting, host := "--portal: ", s.portal.Host()
	if s.ofApplication() {
		setting, host = "--oauth-server: ", hostOf(s.oauthServer)
	}
	if words := unreachable(failed, host); words != "" {
		return setting + words
	}
	if words := unlikePortal(failed.Status, host); words != "" {
		return setting + words
	}
	return ""
}

// unlikePortal is for answers without a code: no method of Bitrix24 gives them.
func unlikePortal(status int, host string) string {
	switch {
	case status == 0:
		return ""
	case status >= http.StatusInternalServerError:
		return host + " is not well: try again in a few minutes"
	case status >= http.StatusMultipleChoices && status < http.StatusBadRequest:
		return host + " has moved: give the address it has now"
	}
	return host + " does not answer as Bitrix24 does: open it in a browser, is it the portal?"
}

// unreachable says why a host could not be talked to, and what to do; "" if that was not it.
func unreachable(err error, host string) string {
	var (
		name    *net.DNSError
		invalid *tls.CertificateVerificationError
		network net.Error
	)
	switch {
	case errors.As(err, &name):
		return host + " is not found: check the name, and this machine's name server (DNS)"
	case errors.As(err, &invalid):
		return host + " shows a certificate not to be trusted, " + whyInvalid(invalid) +
			": check the name, this machine's clock and root certificates, and any proxy between"
	case errors.Is(err, http.ErrSchemeMismatch):
		return host + " does not speak https at this port: check the address"
	case errors.Is(err, syscall.ECONNREFUSED):
		return host + " refuses connections: check the address and its port, and this machine's firewall"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return host + " does not answer in time: check the address, this machine's firewall, and HTTPS_PROXY if there is a proxy"
	case errors.As(err, &network), errors.Is(err, syscall.ECONNRESET):
		return host + " cannot be reached: check the address and this machine's network"
	}
	return ""
}

// whyInvalid says what is wrong with a certificate, without repeating what a stranger wrote in it.
func whyInvalid(err *tls.CertificateVerificationError) string {
	var (
		name    x509.HostnameError
		invalid x509.CertificateInvalidError
	)
	switch {
	case errors.As(err, new(x509.UnknownAuthorityError)):
		return "for nobody known has signed it"
	case errors.As(err, &name):
		return "for it belongs to another name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "for it has expired, or is not valid yet"
	}
	return "for it cannot be verified"
}

// hostOf is for addresses that were checked.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}

// shown is an error as a terminal can show it.
func shown(err error) string { return visible(shortened(err.Error(), reasonWidth)) }
