package store_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"cairn/store"
	"cairn/store/storetest"
)

// Wherever synchronous_commit was switched off, what is said to do about it does it.
func TestRemedyOfAWeakSetting(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, weaken, remedy, address string
	}{
		{"database", "alter database DB set synchronous_commit = off", "ALTER DATABASE DB RESET synchronous_commit", ""},
		{"role in a database", "alter role USER in database DB set synchronous_commit = off", "ALTER ROLE USER IN DATABASE DB RESET synchronous_commit", ""},
		{"address", "", "", "options=-csynchronous_commit%3Doff"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			address := storetest.Empty(t)
			at, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			named := strings.NewReplacer("DB", strings.TrimPrefix(at.Path, "/"), "USER", at.User.Username())
			execAt(t, address, named.Replace(c.weaken))
			at.RawQuery = strings.TrimPrefix(at.RawQuery+"&"+c.address, "&")
			got := synchronous(t, at.String())
			if c.address != "" {
				if !strings.Contains(got, "take synchronous_commit out of DATABASE_URL") {
					t.Errorf("the remedy: %q", got)
				}
				return
			}
			statement, _, _ := strings.Cut(got, ";")
			if statement != named.Replace(c.remedy) {
				t.Errorf("the remedy: %q", got)
			}
			execAt(t, address, statement)
			if got := synchronous(t, address); got != "" {
				t.Errorf("after it: %q", got)
			}
		})
	}
}

// Wherever sessions were made read-only, what is said to do about it is taken by
// just such a session.
func TestRemedyOfAReadOnlySession(t *testing.T) {
	t.Parallel()
	for _, where := range []string{"database DB", "role USER in database DB"} {
		address := storetest.Empty(t)
		at, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		named := strings.NewReplacer("DB", strings.TrimPrefix(at.Path, "/"), "USER", at.User.Username())
		execAt(t, address, named.Replace("alter "+where+" set default_transaction_read_only = on"))
		remedy := func() string {
			pool, err := store.Open(t.Context(), address, 1)
			if err != nil {
				t.Fatal(err)
			}
			defer pool.Close()
			may, err := store.RightsOf(t.Context(), pool)
			if err != nil {
				t.Fatal(err)
			}
			return may.ReadOnly
		}
		statements, _, found := strings.Cut(remedy(), "; it holds")
		if !found {
			t.Errorf("%s: the remedy: %q", where, remedy())
		}
		execAt(t, address, statements)
		if got := remedy(); got != "" {
			t.Errorf("%s: after it: %q", where, got)
		}
	}
}

// Where a standby is to have each line too, a session that does not wait for it
// weakens the promise; without one it does not.
func TestHalfwayIsNotOn(t *testing.T) {
	t.Parallel()
	s := storetest.Server(t)
	at, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	weaknesses := func(value string) string {
		q := at.Query()
		q.Set("options", "-csynchronous_commit="+value)
		with := *at
		with.RawQuery = q.Encode()
		return synchronous(t, with.String())
	}
	for _, value := range []string{"local", "remote_write"} {
		if got := weaknesses(value); got != "" {
			t.Errorf("%s without a standby: %q", value, got)
		}
	}
	execAt(t, s.URL(), "alter system set synchronous_standby_names = 'nobody'")
	execAt(t, s.URL(), "select pg_reload_conf()")
	for value, want := range map[string]string{"local": "take synchronous_commit out of", "remote_write": "take synchronous_commit out of", "on": "", "remote_apply": ""} {
		got := weaknesses(value)
		for deadline := time.Now().Add(10 * time.Second); want != "" && got == "" && time.Now().Before(deadline); got = weaknesses(value) { // until the server has read it
			time.Sleep(20 * time.Millisecond)
		}
		if !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s with a standby: %q", value, got)
		}
	}
}

// synchronous is the remedy for synchronous_commit; empty where it is on.
func synchronous(t *testing.T, address string) string {
	t.Helper()
	pool, err := store.Open(t.Context(), address, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	found, err := store.Weaknesses(t.Context(), pool)
	if err != nil {
		t.Fatal(err)
	}
	if i := slices.IndexFunc(found, func(w store.Weakness) bool { return w.Setting == "synchronous_commit" }); i >= 0 {
		return found[i].Remedy
	}
	return ""
}

func execAt(t *testing.T, address, sql string) {
	t.Helper()
	if sql == "" {
		return
	}
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}
