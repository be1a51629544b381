package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Rights is what the database lets its user do, as far as Cairn needs it.
type Rights struct {
	User     string // quoted, fit for a statement
	ReadOnly string // what to do, where sessions take no writes; else empty
	Schema   string // where tables are made, quoted; empty: there is none
	Create   bool   // it may make tables there
	// Denied are Cairn's tables and sequences that it may not write, Foreign
	// those of others, which it cannot change in an upgrade.
	Denied, Foreign []string
}

// RightsOf reads what the pool's user may. It changes nothing.
func RightsOf(ctx context.Context, pool *pgxpool.Pool) (Rights, error) {
	var r Rights
	var readOnly bool
	var source, database string
	err := pool.QueryRow(ctx, `select current_setting('transaction_read_only')::bool and not pg_is_in_recovery(), quote_ident(current_user), quote_ident(current_database()),
		(select source from pg_settings where name = 'default_transaction_read_only'),
		coalesce(quote_ident(current_schema()), ''), coalesce(has_schema_privilege(current_schema(), 'create'), false)`).
		Scan(&readOnly, &r.User, &database, &source, &r.Schema, &r.Create)
	if err != nil {
		return r, fail("RightsOf", err)
	}
	if readOnly {
		r.ReadOnly = writable(switchTo("off", "default_transaction_read_only", source, database, r.User))
	}
	// ours are the tables with a team_id and the few without: in a schema that
	// is shared, others' tables are none of our business
	rows, err := pool.Query(ctx, `select c.relname::text, not pg_has_role(c.relowner, 'member'), case c.relkind
			when 'S' then not has_sequence_privilege(c.oid, 'usage')
			else not (has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert') and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete')) end
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		left join pg_depend d on c.relkind = 'S' and d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
		join pg_class t on t.oid = coalesce(d.refobjid, c.oid)
		where n.nspname = current_schema() and c.relkind in ('r', 'p', 'S')
		and (t.relname in ('teams', 'goose_db_version', 'schema_floor') or t.relname like 'river\_%'
			or exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'team_id'))
		order by c.relname`)
	if err != nil {
		return r, fail("RightsOf", err)
	}
	var name string
	var foreign, denied bool
	_, err = pgx.ForEachRow(rows, []any{&name, &foreign, &denied}, func() error {
		if foreign {
			r.Foreign = append(r.Foreign, name)
		}
		if denied {
			r.Denied = append(r.Denied, name)
		}
		return nil
	})
	return r, fail("RightsOf", err)
}

// MayPass reports whether an error of the database may pass by itself, so that
// it is worth waiting: the server is away, starts, or takes no writes just now.
// A wrong password, a missing right or a missing database do not.
func MayPass(err error) bool { return errors.Is(unavailable(err), ErrUnavailable) }
