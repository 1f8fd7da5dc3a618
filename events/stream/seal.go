package stream

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/whois24/whois24/bitrix"
)

// ErrSealed is the error of a value that none of the keys opens.
var ErrSealed = errors.New("no key opens the entry")

// seals closes values with AES-256-GCM, under a nonce drawn for each, which a key bears 2^32 times. A value opens under the
// name it was sealed for alone, so that whoever can write in the store cannot pass one off as another.
type seals []cipher.AEAD

// newSeals derives the keys. It takes no effort as for a password, since these secrets are random: settings see to
// their length, and guessing 128 bits takes no shortcut that a slow derivation would close.
func newSeals(secrets []bitrix.Secret) (seals, error) {
	var all seals
	for _, secret := range secrets {
		if secret == "" {
			return nil, errors.New("a key is empty")
		}
		key, err := hkdf.Key(sha256.New, []byte(secret.Reveal()), nil, "whois24 vault", 32)
		if err != nil {
			return nil, fmt.Errorf("derive key: %w", err)
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		seal, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return nil, err
		}
		all = append(all, seal)
	}
	if len(all) == 0 {
		return nil, errors.New("there is no key")
	}
	return all, nil
}

// seal closes a value under the first key.
func (s seals) seal(name string, value []byte) []byte {
	return s[0].Seal(nil, nil, value, []byte(name))
}

// open opens a value with the key that fits, and says which one that is.
func (s seals) open(name string, sealed []byte) (value []byte, key int, err error) {
	for key, seal := range s {
		if value, err := seal.Open([]byte{}, nil, sealed, []byte(name)); err == nil {
			return value, key, nil
		}
	}
	return nil, 0, fmt.Errorf("%s: %w", name, ErrSealed)
}
