package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Trigrams is how the database stands to pg_trgm, the extension by which similar
// names are found; the tables need it when they are made, lines about anybody new
// whenever they come.
type Trigrams struct {
	Made bool // Cairn's tables stand
	// Installed: the database has it, in whatever schema.
	Installed bool
	// Lack says what is missing, and Remedy what to do; both are empty where all is
	// well, or will be once the tables are made.
	Lack, Remedy string
}

// TrigramsOf reads how the pool's user finds pg_trgm. It changes nothing.
func TrigramsOf(ctx context.Context, pool *pgxpool.Pool) (Trigrams, error) {
	var t Trigrams
	var schema, path, user, database string
	var found, indexed, available, may bool
	err := pool.QueryRow(ctx, `select to_regclass('contacts') is not null,
		coalesce((select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'), ''),
		exists (select from pg_operator where oprname = '%' and oprleft = 'text'::regtype and oprright = 'text'::regtype and pg_operator_is_visible(oid))
			and exists (select from pg_opclass where opcname = 'gin_trgm_ops' and pg_opclass_is_visible(oid)),
		to_regclass('contacts_name_trgm') is not null,
		exists (select from pg_available_extensions where name = 'pg_trgm'), has_database_privilege(current_database(), 'create'),
		current_setting('search_path'), quote_ident(current_user), quote_ident(current_database())`).
		Scan(&t.Made, &schema, &found, &indexed, &available, &may, &path, &user, &database)
	if err != nil {
		return t, fail("TrigramsOf", err)
	}
	t.Installed = schema != ""
	const index = "CREATE INDEX CONCURRENTLY contacts_name_trgm ON contacts USING gin (name_key gin_trgm_ops)"
	switch {
	case t.Installed && !found:
		t.Lack = fmt.Sprintf("pg_trgm is in the schema %s, where this user does not look for it", schema)
		t.Remedy = fmt.Sprintf("ALTER ROLE %s IN DATABASE %s SET search_path = %s (it holds for new connections, unless DATABASE_URL sets search_path itself)",
			user, database, strings.TrimPrefix(path+", ", ", ")+schema)
	case t.Installed && t.Made && !indexed:
		t.Lack, t.Remedy = "pg_trgm is there, and the index of names that needs it is not", "run "+index
	case t.Installed:
	case !available:
		t.Lack, t.Remedy = "pg_trgm is missing", "install PostgreSQL's contrib package on the server"
	case t.Made:
		t.Lack = "pg_trgm is gone, and with it how similar names are found: lines about anybody new are not recorded"
		t.Remedy = "have an administrator run CREATE EXTENSION pg_trgm in this database, then " + index
	case !may:
		t.Lack, t.Remedy = "pg_trgm is not made yet, and this user may not make it", "have an administrator run CREATE EXTENSION pg_trgm in this database"
	}
	return t, nil
}
