package store_test

import (
	"errors"
	"strings"
	"testing"

	"cairn/store"
)

// A password with a character that the parser stumbles over is shown to nobody; which other
// part is wrong is said, and nothing of what stands there.
func TestAddressIsNotShown(t *testing.T) {
	t.Parallel()
	const form = "write it as postgres://"
	for url, want := range map[string]string{
		"postgres://bob:canary@host:port/db":                      form,
		"host=h password='one canary port=x":                      form,
		"postgres://bob:can ary@h:x/db":                           form,
		"postgres://bob:p@h/db?sslmode=canary":                    ": sslmode ",
		"postgres://bob:p@h/db?sslcertmode=canary":                ": sslcertmode ",
		"postgres://bob:p@h/db?sslrootcert=/canary":               ": sslrootcert ",
		"postgres://bob:p@h/db?sslkey=/canary&sslcert=/canary":    ": sslkey ",
		"postgres://bob:p@h/db?sslcert=/canary":                   ": sslcert without sslkey",
		"postgres://bob:p@h/db?service=canary&servicefile=canary": ": servicefile ",
		"host=h connect_timeout=canary":                           ": connect_timeout ",
		"host=h target_session_attrs=canary":                      ": target_session_attrs ",
		"host=h pool_max_conns=canary":                            ": pool_max_conns ",
		"host=h pool_max_conn_lifetime_jitter=canary":             ": pool_max_conn_lifetime_jitter ",
		"host=h pool_max_conn_lifetime=canary":                    ": pool_max_conn_lifetime ",
	} {
		_, err := store.Open(t.Context(), url, 1)
		if !errors.Is(err, store.ErrAddress) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "ary") {
			t.Errorf("%s: %v", url, err)
		}
	}
}
