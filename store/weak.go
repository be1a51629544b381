package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Weakness is a setting of the database under which "Recorded" is not yet on disk.
type Weakness struct {
	Setting string // off where it should be on
	Harm    string
	Remedy  string // by where the setting comes from
}

// weak are the settings that matter, and what a crash does without them.
var weak = []struct{ setting, harm string }{
	{"fsync", "a crash of the machine can ruin the whole database"},
	{"full_page_writes", "a crash of the machine can ruin pages"},
	{"synchronous_commit", "a crash loses what was shown as recorded"},
}

// Weaknesses lists the settings that weaken the promise, as they are for the
// sessions of this pool.
func Weaknesses(ctx context.Context, pool *pgxpool.Pool) ([]Weakness, error) {
	var found []Weakness
	for _, w := range weak {
		var value, source, database, user string
		err := pool.QueryRow(ctx, `select setting, source, quote_ident(current_database()), quote_ident(current_user)
			from pg_settings where name = $1`, w.setting).Scan(&value, &source, &database, &user)
		if err != nil {
			return nil, fail("Weaknesses", err)
		}
		if value == "off" {
			found = append(found, Weakness{w.setting, w.harm, switchTo("on", w.setting, source, database, user)})
		}
	}
	return found, nil
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
