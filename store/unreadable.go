package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrAddress is what [Open] returns for an address that is none, or with which nothing can be
// done. It shows nothing of it, since the parser's own words can show a part of the password.
var ErrAddress = errors.New("the address cannot be read: write it as postgres://user:password@host:5432/name, with each special character of the password as %XX")

// partError is an [ErrAddress] of which it is known which part is wrong.
type partError struct{ part, wrong string }

func (e partError) Error() string {
	return fmt.Sprintf("with this address nothing can be done: %s %s. It stands in the address, in a variable whose name begins with PG, or in the service file", e.part, e.wrong)
}

func (partError) Is(target error) bool { return target == ErrAddress }

// filesNamed are the settings that name a file, by how the parser says that it is of no use.
var filesNamed = map[string]string{
	"unable to read CA file":        "sslrootcert",
	"unable to add CA to cert pool": "sslrootcert",
	"unable to read cert":           "sslcert",
	"unable to load cert":           "sslcert",
	"unable to read sslkey":         "sslkey",
	"failed to decode sslkey":       "sslkey",
	"unable to decrypt key":         "sslkey",
	"unable to find sslpassword":    "sslkey, without sslpassword,",
	`both "sslcert" and "sslkey"`:   "sslcert without sslkey, or sslkey without sslcert,",
	"failed to read service file":   "servicefile",
	"unable to find service":        "service",
}

// settings are those of which the parser says by name that the value is none, the longer first
// where one begins with another.
var settings = []string{"sslmode", "sslcertmode", "connect_timeout", "target_session_attrs", "min_protocol_version", "max_protocol_version",
	"channel_binding", "require_auth", "pool_max_conns", "pool_min_conns", "pool_min_idle_conns", "pool_max_conn_lifetime_jitter", "pool_max_conn_lifetime",
	"pool_max_conn_idle_time", "pool_health_check_period", "pool_ping_timeout", "statement_cache_capacity", "description_cache_capacity", "default_query_exec_mode"}

// AddressError is the [ErrAddress] that tells what a parser found wrong with an address: the
// setting by its name, in words of ours alone.
func AddressError(err error) error {
	said := err.Error()
	if i := strings.LastIndex(said, "`: "); i >= 0 { // before it stands the address
		said = said[i:]
	}
	if strings.Contains(said, "failed to parse as") {
		return ErrAddress
	}
	for words, setting := range filesNamed {
		if strings.Contains(said, words) {
			return partError{setting, "names what cannot be read or used"}
		}
	}
	if i := slices.IndexFunc(settings, func(name string) bool { return strings.Contains(said, name) }); i >= 0 {
		return partError{settings[i], "has a value that it cannot have"}
	}
	return ErrAddress
}
