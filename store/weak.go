package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Weakness is a setting of the database under which "Recorded" is not yet on
// disk, or not yet where the promise says that it is.
type Weakness struct {
	Setting string
	Value   string // off where it should be on, or less than on
	Harm    string
	Remedy  string // by where the setting comes from
}

// weak are the settings that matter, and what a crash does without them.
var weak = []struct{ setting, harm string }{
	{"fsync", "a crash of the machine can ruin the whole database"},
	{"full_page_writes", "a crash of the machine can ruin pages"},
	{"synchronous_commit", "a crash loses what was shown as recorded"},
}

// halfway are the values of synchronous_commit that keep a line on this server
// only, and what a failover does then where a standby was to have it too.
var halfway = map[string]string{
	"local":        "the synchronous standby is not waited for, so a failover loses what was shown as recorded",
	"remote_write": "the synchronous standby is waited for until it has a line in memory, so a failover to one that crashed too loses what was shown as recorded",
}

// Weaknesses lists the settings that weaken the promise, as they are for the
// sessions of this pool.
func Weaknesses(ctx context.Context, pool *pgxpool.Pool) ([]Weakness, error) {
	var found []Weakness
	for _, w := range weak {
		var value, source, database, user, standbys string
		err := pool.QueryRow(ctx, `select setting, source, quote_ident(current_database()), quote_ident(current_user), current_setting('synchronous_standby_names')
			from pg_settings where name = $1`, w.setting).Scan(&value, &source, &database, &user, &standbys)
		if err != nil {
			return nil, fail("Weaknesses", err)
		}
		harm := ""
		if value == "off" {
			harm = w.harm
		} else if w.setting == "synchronous_commit" && standbys != "" {
			harm = halfway[value]
		}
		if harm != "" {
			found = append(found, Weakness{w.setting, value, harm, switchTo("on", w.setting, source, database, user)})
		}
	}
	return found, nil
}

// writable is what switchTo says where sessions take no writes: then no such
// statement is taken either, but in a transaction that asks to write.
func writable(statement string) string {
	if do, rest, _ := strings.Cut(statement, "; "); strings.HasPrefix(do, "ALTER ROLE ") || strings.HasPrefix(do, "ALTER DATABASE ") {
		return "BEGIN READ WRITE; " + do + "; COMMIT; " + rest
	}
	return statement
}

// switchTo is what to do about a setting that is wrong, by pg_settings.source: a
// statement for one place changes nothing where another stands in front of it.
func switchTo(value, setting, source, database, user string) string {
	const anew = "; it holds for new connections, so start Cairn again"
	switch source {
	case "database":
		return fmt.Sprintf("ALTER DATABASE %s RESET %s%s", database, setting, anew)
	case "user":
		return fmt.Sprintf("ALTER ROLE %s RESET %s%s", user, setting, anew)
	case "database user":
		return fmt.Sprintf("ALTER ROLE %s IN DATABASE %s RESET %s%s", user, database, setting, anew)
	case "global":
		return fmt.Sprintf("ALTER ROLE ALL RESET %s%s", setting, anew)
	case "client", "session", "environment variable":
		return fmt.Sprintf("take %s out of DATABASE_URL (its options) and out of PGOPTIONS, and start Cairn again", setting)
	case "command line":
		return fmt.Sprintf("start Postgres without -c %s", setting)
	}
	return fmt.Sprintf("ALTER SYSTEM SET %s = %s, then SELECT pg_reload_conf()", setting, value)
}
