// Package digesttest fills a database with a team's work for tests and
// measurements: so many interactions, evenly over some weeks, with all that
// hangs on them. The same numbers give the same rows.
package digesttest

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Work is what a team did.
type Work struct {
	Team         string
	Reps         []string
	Contacts     int
	Interactions int
	Weeks        int
	End          time.Time // of the last interaction
	Items        int       // of the library
}

// Seed writes it down.
func Seed(t testing.TB, pool *pgxpool.Pool, w Work) {
	t.Helper()
	ctx := context.Background()
	conn, err := pool.Acquire(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `set statement_timeout = 0`); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		sql  string
		args []any
	}{
		{`insert into teams (id, name) values ($1, 'Seeded') on conflict do nothing`, []any{w.Team}},
		{`insert into people (team_id, id, name) select $1, r, 'Rep ' || n from unnest($2::text[]) with ordinality x(r, n) on conflict do nothing`, []any{w.Team, w.Reps}},
		{`insert into content (team_id, title, url, canonical_url, stages) select $1, 'Item ' || n, 'https://example.com/' || n, 'https://example.com/' || n, '{permission}'
			from generate_series(1, $2::int) n`, []any{w.Team, w.Items}},
		{`insert into companies (team_id, name, name_key, industry) select $1, 'Firm ' || n, 'firm ' || n, (array['hospitals','food','logistics'])[1 + n % 3]
			from generate_series(1, 1 + $2::int / 5) n`, []any{w.Team, w.Contacts}},
		{`create temporary table seeded_contacts (n int, id bigint)`, nil},
		{`with firms as (select array_agg(id) as ids from companies where team_id = $1), made as (insert into contacts (team_id, company_id, name, name_key, created_by, notes, first_at, last_at)
			select $1, ids[1 + n % cardinality(ids)], 'Contact ' || n, 'contact ' || n, ($3::text[])[1 + n % cardinality($3::text[])], 1, $4, $4
			from firms, generate_series(0, $2::int - 1) n returning id, name)
			insert into seeded_contacts select split_part(name, ' ', 2)::int, id from made`, []any{w.Team, w.Contacts, w.Reps, w.End}},
		{`create index on seeded_contacts (n)`, nil},
		{`analyze seeded_contacts`, nil},
		{`insert into owners (team_id, contact_id, person_id, last_at) select $1, id, ($2::text[])[1 + n % cardinality($2::text[])], $3 from seeded_contacts`, []any{w.Team, w.Reps, w.End}},
		{`insert into places (contact_id, team_id, journey, model, stage, status, state, since) select id, $1, j, 'v', (array['attention','interaction','permission','engagement','exchange'])[1 + n % 5],
			case when n % 11 = 0 then 'quiet' when n % 13 = 0 then 'left' else 'active' end, '{}', $2 from seeded_contacts, unnest(array['aipee','lipee','orbits','lifecycle']) j`, []any{w.Team, w.End}},
		{`create temporary table seeded_notes (id bigint, n int, contact_id bigint, c int, person text, at timestamptz)`, nil},
		{`insert into seeded_notes select nextval('interaction_numbers'), g, c.id, c.n, ($2::text[])[1 + c.n % cardinality($2::text[])],
			$4::timestamptz - ($3::int - g) * ($5::int * interval '7 days' / $3::int)
			from generate_series(1, $3::int) g join seeded_contacts c on c.n = (g::bigint * 7919) % $1::int`, []any{w.Contacts, w.Reps, w.Interactions, w.End, w.Weeks}},
		{`insert into interactions (id, team_id, contact_id, author_id, at, logged_at, channel, direction, note)
			select id, $1, contact_id, person, at, at, 'email', (array['in','out','both'])[1 + (n % 3)::int], repeat('what they said and what comes next; ', 4) from seeded_notes order by n`, []any{w.Team}},
		{`insert into signals (interaction_id, team_id, contact_id, signal, origin) select id, $1, contact_id,
			case when n % 50 = 0 then 'shared_onward' when n % 8 = 0 then 'asked_for_more' else 'replied' end, 'built-in' from seeded_notes order by n`, []any{w.Team}},
		{`insert into moves (team_id, contact_id, interaction_id, journey, kind, from_stage, to_stage, at, created_at) select $1, contact_id, id, j,
			(array['up','up','up','skipped','back','quiet','left','returned'])[1 + (n / 10 % 8)::int],
			(array['attention','interaction','permission','attention','engagement','permission','permission','permission'])[1 + (n / 10 % 8)::int],
			(array['interaction','permission','engagement','engagement','permission','permission','permission','permission'])[1 + (n / 10 % 8)::int], at, at
			from seeded_notes, unnest(array['aipee','lipee','orbits','lifecycle']) j where n % 10 = 0 order by n`, []any{w.Team}},
		{`insert into shares (team_id, contact_id, content_id, title, person_id, stage, via, at) select $1, s.contact_id, k.ids[1 + (s.n / 4 % greatest(cardinality(k.ids) * 2 / 3, 1))::int], 'x', s.person,
			(array['attention','interaction','permission','engagement','exchange'])[1 + (c % 5)::int], 'note', s.at
			from seeded_notes s, (select array_agg(id order by id) ids from content where team_id = $1) k where s.n % 4 = 0 order by s.n on conflict do nothing`, []any{w.Team}},
		{`insert into asks (team_id, contact_id, kind, person_id, at) select $1, contact_id, 'referral', person, at from seeded_notes where n % 40 = 0`, []any{w.Team}},
		{`insert into exchanges (team_id, contact_id, kind, person_id, interaction_id, at) select $1, contact_id, (array['revenue','referral','recommendation'])[1 + (n / 60 % 3)::int], person, id, at
			from seeded_notes where n % 60 = 0`, []any{w.Team}},
		{`insert into suggestions (team_id, contact_id, interaction_id, person_id, stage, silent, picks, seed, shown, at) select $1, s.contact_id, s.id, s.person, 'permission',
			case when s.n % 30 = 0 then 'nothing_fits: x' else '' end, case when s.n % 30 = 0 then '[]' else jsonb_build_array(jsonb_build_object('content_id', k.ids[1 + (s.n % cardinality(k.ids))::int]),
			jsonb_build_object('content_id', k.ids[1 + (s.n % 7)::int])) end, 1, 0, s.at from seeded_notes s, (select array_agg(id order by id) ids from content where team_id = $1) k order by s.n`, []any{w.Team}},
		{`drop table seeded_contacts, seeded_notes`, nil},
		{`analyze`, nil},
	} {
		if _, err := conn.Exec(ctx, step.sql, step.args...); err != nil {
			t.Fatalf("seed: %v\n%s", err, step.sql)
		}
	}
}
