package store_test

import (
	"errors"
	"strings"
	"testing"

	"cairn/store"
)

// A password with a character that the parser stumbles over is shown to nobody.
func TestAddressIsNotShown(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"postgres://bob:canary@host:port/db",
		"host=h password='one canary port=x",
		"postgres://bob:can ary@h:x/db",
		"postgres://bob@h/db?sslmode=canary",
	} {
		_, err := store.Open(t.Context(), url, 1)
		if !errors.Is(err, store.ErrAddress) || strings.Contains(err.Error(), "ary") {
			t.Errorf("%s: %v", url, err)
		}
	}
}
