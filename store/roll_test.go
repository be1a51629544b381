package store

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5/pgxpool"
)

// released is the migration that the first version ends with. What came later
// must leave the version before able to run.
const released = 5

// column is what a statement of another version may rely on.
type column struct {
	kind           string
	mayBeNull, has bool // has a default, or makes its own value
}

// catalog is all that an older statement can meet: columns, and what rows must
// be like: checks, foreign keys, unique and exclusion indexes, and triggers.
type catalog struct {
	columns map[string]column // table.column
	rules   map[string]string // table and definition → table
}

func readCatalog(t *testing.T, pool *pgxpool.Pool) catalog {
	t.Helper()
	c := catalog{map[string]column{}, map[string]string{}}
	rows, err := pool.Query(t.Context(), `select table_name, column_name, data_type || coalesce(character_maximum_length::text, ''), is_nullable = 'YES',
		column_default is not null or is_identity = 'YES' or is_generated = 'ALWAYS' from information_schema.columns where table_schema = 'public' and table_name not like 'river%' and table_name not like 'goose%'`)
	if err != nil {
		t.Fatal(err)
	}
	var table, name string
	var col column
	for rows.Next() {
		if err := rows.Scan(&table, &name, &col.kind, &col.mayBeNull, &col.has); err != nil {
			t.Fatal(err)
		}
		c.columns[table+"."+name] = col
	}
	rows, err = pool.Query(t.Context(), `select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
		union all select indrelid::regclass::text, regexp_replace(pg_get_indexdef(indexrelid), 'INDEX \S+ ', 'INDEX ') from pg_index where indisunique and indrelid::regclass::text not like 'pg_%'
		union all select tgrelid::regclass::text, tgname from pg_trigger where not tgisinternal`)
	if err != nil {
		t.Fatal(err)
	}
	var rule string
	for rows.Next() {
		if err := rows.Scan(&table, &rule); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(table, "river") && !strings.HasPrefix(table, "goose") {
			c.rules[table+": "+rule] = table
		}
	}
	return c
}

// upTo are the migrations with a number of at most n.
func upTo(t *testing.T, n int64) fs.FS {
	t.Helper()
	all, err := knownMigrations(migrationFiles)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, m := range all {
		if m.version > n {
			continue
		}
		data, err := fs.ReadFile(migrationFiles, "migrations/"+m.name)
		if err != nil {
			t.Fatal(err)
		}
		files["migrations/"+m.name] = &fstest.MapFile{Data: data}
	}
	return files
}

// unmet are rules that no statement of the version before meets: they refuse deleting
// and truncating where it deletes a whole team at most, which they let pass
// (TestPromptsStay).
var unmet = []string{
	"prompt_versions: prompt_versions_whole", "prompt_versions: prompt_versions_stay", "prompt_versions: TRIGGER DEFERRABLE INITIALLY DEFERRED",
	"prompt_moves: prompt_moves_whole", "prompt_moves: prompt_moves_stay", "prompt_moves: TRIGGER DEFERRABLE INITIALLY DEFERRED",
}

// breaks lists what statements of the version before can no longer rely on.
func breaks(before, after catalog) (all []string) {
	tables := map[string]bool{}
	for name, was := range before.columns {
		table, _, _ := strings.Cut(name, ".")
		tables[table] = true
		is, stands := after.columns[name]
		switch {
		case !stands:
			all = append(all, name+" is gone")
		case is.kind != was.kind:
			all = append(all, fmt.Sprintf("%s was %s and is %s", name, was.kind, is.kind))
		case was.mayBeNull && !is.mayBeNull:
			all = append(all, name+" must not be null any more")
		case was.has && !is.has && !is.mayBeNull:
			all = append(all, name+" has lost its default")
		}
	}
	for name, is := range after.columns {
		table, _, _ := strings.Cut(name, ".")
		if _, stood := before.columns[name]; !stood && tables[table] && !is.mayBeNull && !is.has {
			all = append(all, name+" is new, and the version before does not fill it")
		}
	}
	for rule, table := range after.rules {
		if _, stood := before.rules[rule]; !stood && tables[table] && !slices.Contains(unmet, rule) {
			all = append(all, "a new rule that the version before does not know: "+rule)
		}
	}
	for rule, table := range before.rules {
		// "on conflict" of the version before needs its unique index
		if _, stands := after.rules[rule]; !stands && strings.Contains(rule, "UNIQUE") {
			all = append(all, "the version before may need "+rule+" of "+table)
		}
	}
	return all
}

// TestTheVersionBefore applies each migration since the first version to the
// tables of the version before, and looks for anything that its statements may
// rely on and no longer find.
func TestTheVersionBefore(t *testing.T) {
	pool := poolOn(t, newDatabase(t, emptyServer(t), "rolling"), asIs)
	mustMigrate(t, pool, upTo(t, released))
	before := readCatalog(t, pool)
	all, err := knownMigrations(migrationFiles)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.version <= released {
			continue
		}
		mustMigrate(t, pool, upTo(t, m.version))
		after := readCatalog(t, pool)
		for _, b := range breaks(before, after) {
			t.Errorf("%s: %s", m.name, b)
		}
		before = after
	}
	// and the search does find what breaks
	for _, sql := range []string{"alter table contacts drop column title", "alter table contacts rename column email to mail", "alter table interactions alter note type varchar(10)",
		"alter table steps add column who text not null", "alter table contacts alter company_id set not null", "create unique index on interactions (note)",
		"alter table interactions add check (length(note) < 10)", "drop table gaps cascade", "drop index inbox_key"} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		after := readCatalog(t, pool)
		if len(breaks(before, after)) == 0 {
			t.Errorf("%s is not noticed", sql)
		}
		before = after
	}
}
