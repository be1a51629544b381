package main

import (
	"slices"
	"testing"
)

// How far a server is trusted goes on to the program that is run, however the
// address is written.
func TestTheProgramTrustsAsCairnDoes(t *testing.T) {
	t.Parallel()
	want := []string{"PGOPTIONS=-c search_path=a", "PGSSLCERT=/c.pem", "PGSSLKEY=/k.pem", "PGSSLMODE=verify-full", "PGSSLROOTCERT=/it's ca.pem"}
	for _, address := range []string{
		"postgres://u:p%40ss@db/cairn?sslmode=verify-full&sslrootcert=/it%27s%20ca.pem&sslcert=/c.pem&sslkey=/k.pem&options=-c%20search_path%3Da",
		`host=db user=u password='a sslmode=disable' sslmode=verify-full sslrootcert = '/it\'s ca.pem' sslcert=/c.pem sslkey=/k.pem options='-c search_path=a'`,
	} {
		got, err := securing(address)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", address, got, err)
		}
	}
	if got, err := securing("postgres://u@db/cairn"); err != nil || len(got) > 0 {
		t.Errorf("nothing is said of it, and %q handed on, %v", got, err)
	}
}
