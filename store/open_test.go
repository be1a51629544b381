package store_test

import (
	"errors"
	"strings"
	"testing"

	"cairn/store"
	"cairn/store/storetest"
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

// Whatever the server thinks of its statements, none is compiled: Home's would take a second for
// that on a server as Debian sets it up, and a hundredth of it to run.
func TestNothingIsCompiled(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	var jit string
	for range 2 { // the first sets it for those after it
		pool, err := store.Open(t.Context(), url, 1)
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
		if err := pool.QueryRow(t.Context(), `show jit`).Scan(&jit); err != nil {
			t.Fatal(err)
		}
		exec(t, pool, `do $$ begin execute format('alter database %I set jit = on', current_database()); end $$`)
	}
	if jit != "off" {
		t.Errorf("jit is %s", jit)
	}
}
