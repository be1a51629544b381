package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Refusal is the latest "not useful" of a rep about an item for a contact.
type Refusal struct {
	ContentID int64
	Reason    string
	At        time.Time
}

const insertRefusal = `insert into refusals (contact_id, content_id, team_id, person_id, reason)
	select contact_id, $3, team_id, $4, $5 from suggestions where team_id = $1 and id = $2
	on conflict (contact_id, content_id) do update set person_id = excluded.person_id, reason = excluded.reason, at = now()`

// Gap is what the library lacks for a contact at a stage: the audience, and
// the words that they used. It names nobody.
type Gap struct {
	Stage    string
	Role     string
	Industry string
	Language string
	Words    []string
}

const insertGap = `insert into gaps (team_id, contact_id, stage, role, industry, language, words, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
	on conflict (contact_id, stage) do update set role = excluded.role, industry = excluded.industry, language = excluded.language,
	words = excluded.words, at = excluded.at`

func (g Gap) insertArgs(team string, contact int64, at time.Time) []any {
	return []any{team, contact, g.Stage, g.Role, g.Industry, g.Language, list(g.Words), at}
}

// AddGap counts a gap: once a contact and stage, however often it is met.
func (s *Store) AddGap(ctx context.Context, team string, contact int64, g Gap, at time.Time) error {
	return fail("AddGap", s.tx(brief(ctx), func(tx pgx.Tx) error { // in nobody's turn: it changes nothing of the contact
		_, err := tx.Exec(ctx, insertGap, g.insertArgs(team, contact, at)...)
		return err
	}))
}

// GapFor returns the gap that was counted for a contact at a stage, or
// [ErrNotFound].
func (s *Store) GapFor(ctx context.Context, team string, contact int64, stage string) (Gap, error) {
	rows, err := s.pool.Query(ctx, `select stage, role, industry, language, words from gaps
		where team_id = $1 and contact_id = $2 and stage = $3`, team, contact, stage)
	if err != nil {
		return Gap{}, fail("GapFor", err)
	}
	g, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Gap])
	return g, fail("GapFor", err)
}

// GapOf is one stage and audience for which something is missing.
type GapOf struct {
	Gap
	Contacts int // who stand there now and have nothing to be given
	Latest   time.Time
	// Spoken is what each of them spoke of, the latest first.
	Spoken []Spoken
}

// Spoken is what a contact without anything to be given spoke of, by the notes of those
// who have written about them.
type Spoken struct {
	ContactID int64    `json:"contact"`
	Words     []string `json:"words"`
	Authors   []string `json:"authors"`
}

// gapLife is how long a gap is told of: who was met without an answer half a
// year ago has moved on.
const gapLife = 180 * 24 * time.Hour

// MostGaps is how many gaps [Store.Gaps] returns, and one more where there are more.
const MostGaps = 500

// Gaps returns where contacts stand and nothing fits, the widest gap first. A
// gap is closed when the contact left or moved to another stage, or something
// was found for them since.
func (s *Store) Gaps(ctx context.Context, team string, now time.Time) ([]GapOf, error) {
	rows, err := s.pool.Query(ctx, `select g.stage, g.role, g.industry, g.language, count(*), max(g.at),
			jsonb_agg(jsonb_build_object('contact', g.contact_id, 'words', g.words, 'authors', array(select person_id from owners where contact_id = g.contact_id)) order by g.at desc)
		`+openGaps("$1", "$2")+` group by 1, 2, 3, 4 order by 5 desc, 6 desc limit $3`, team, now.Add(-gapLife), MostGaps+1)
	if err != nil {
		return nil, fail("Gaps", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (GapOf, error) {
		var g GapOf
		err := row.Scan(&g.Stage, &g.Role, &g.Industry, &g.Language, &g.Contacts, &g.Latest, &g.Spoken)
		return g, err
	})
	return all, fail("Gaps", err)
}

// openGaps are the gaps g of a team since a time that nothing has closed: those that are
// briefed, and those that a digest counts.
func openGaps(team, since string) string {
	return `from gaps g join contacts c on c.id = g.contact_id and c.removed_at is null
		join places p on p.contact_id = g.contact_id and p.journey = 'aipee' and p.stage = g.stage and p.status <> 'left' and not p.do_not_contact
		where g.team_id = ` + team + ` and g.at > ` + since + `
		and not exists (select from suggestions s where s.contact_id = g.contact_id and s.at > g.at and s.silent = '' and s.shown < jsonb_array_length(s.picks))`
}

// Around are the names around contacts of one company: its own, and of the people there
// whom the team knows, the contacts among them. Who has no company stands alone.
type Around struct {
	ContactIDs []int64
	Company    string
	People     []string
}

// NamesAround are the names around the contacts, each company once.
func (s *Store) NamesAround(ctx context.Context, team string, contacts []int64) ([]Around, error) {
	rows, err := s.pool.Query(ctx, `with asked as (select id, company_id, name from contacts where team_id = $1 and id = any($2))
		select a.ids, co.name, array(select name from contacts k where k.team_id = $1 and k.company_id = co.id)
			from (select company_id, array_agg(id) as ids from asked group by 1) a join companies co on co.id = a.company_id
		union all select array[id], '', array[name] from asked where company_id is null`, team, contacts)
	if err != nil {
		return nil, fail("NamesAround", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Around])
	return all, fail("NamesAround", err)
}

// NotGood counts, by item, the contacts for whom a rep called it outdated or
// weak.
func (s *Store) NotGood(ctx context.Context, team string) (map[int64]int, error) {
	rows, err := s.pool.Query(ctx, `select content_id, count(*) from refusals where team_id = $1 and reason = 'not_good' group by 1`, team)
	if err != nil {
		return nil, fail("NotGood", err)
	}
	counts := map[int64]int{}
	var id int64
	var n int
	_, err = pgx.ForEachRow(rows, []any{&id, &n}, func() error { counts[id] = n; return nil })
	return counts, fail("NotGood", err)
}

// Knowing is somebody of the team who has contacts at a company.
type Knowing struct {
	PersonID string
	Name     string
	Contacts int
}

// Knowers returns who of the team, apart from person, knows people at the
// company: names and counts only, no notes.
func (s *Store) Knowers(ctx context.Context, team string, company int64, person string) ([]Knowing, error) {
	rows, err := s.pool.Query(ctx, `select o.person_id, coalesce(p.name, ''), count(*) from contacts c
		join owners o on o.contact_id = c.id left join people p on p.team_id = c.team_id and p.id = o.person_id
		where c.team_id = $1 and c.company_id = $2 and c.removed_at is null and o.person_id <> $3
		group by 1, 2 order by 3 desc, 2 limit 10`, team, company, person)
	if err != nil {
		return nil, fail("Knowers", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Knowing])
	return all, fail("Knowers", err)
}

// Colleague is a contact at a company.
type Colleague struct {
	ID    int64
	Name  string
	Title string
	Mine  bool
}

// AtCompany lists the company's contacts, the person's own first and the
// latest heard first.
func (s *Store) AtCompany(ctx context.Context, team string, company int64, person string) ([]Colleague, error) {
	rows, err := s.pool.Query(ctx, `select c.id, c.name, c.title, exists (select from owners o where o.contact_id = c.id and o.person_id = $3) mine
		from contacts c where c.team_id = $1 and c.company_id = $2 and c.removed_at is null
		order by mine desc, c.last_at desc nulls last, c.id limit 50`, team, company, person)
	if err != nil {
		return nil, fail("AtCompany", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Colleague])
	return all, fail("AtCompany", err)
}

// FindCompany returns the company of that folded name, or [ErrNotFound].
func (s *Store) FindCompany(ctx context.Context, team, key string) (Company, error) {
	rows, err := s.pool.Query(ctx, `select id, name, industry from companies where team_id = $1 and name_key = $2`, team, key)
	if err != nil {
		return Company{}, fail("FindCompany", err)
	}
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Company])
	return c, fail("FindCompany", err)
}

// CompaniesNamed returns the companies at which somebody is known and whose folded
// name holds key from the start of a word on, at most five.
func (s *Store) CompaniesNamed(ctx context.Context, team, key string) ([]Company, error) {
	rows, err := s.pool.Query(ctx, `select id, name, industry from companies co where team_id = $1 and $2 <> '' and strpos(' ' || name_key, ' ' || $2) > 0
		and exists (select from contacts c where c.company_id = co.id and c.removed_at is null) order by length(name_key), id limit 5`, team, key)
	if err != nil {
		return nil, fail("CompaniesNamed", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Company])
	return all, fail("CompaniesNamed", err)
}

// HeardOf is something that a person heard of a company.
type HeardOf struct {
	What string
	At   time.Time
}

// AddHeard keeps what a person heard of a company, making the company where it
// is not known; the same words twice are kept once.
func (s *Store) AddHeard(ctx context.Context, team, person, company, key, what string, at time.Time) (Company, error) {
	var c Company
	err := s.tx(ctx, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `insert into companies (team_id, name, name_key) values ($1, $2, $3)
			on conflict (team_id, name_key) do update set name = companies.name returning id, name, industry`, team, company, key).Scan(&c.ID, &c.Name, &c.Industry)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into heard (team_id, company_id, person_id, what, at) select $1, $2, $3, $4, $5
			where not exists (select from heard where company_id = $2 and person_id = $3 and what = $4)`, team, c.ID, person, what, at)
		return err
	})
	return c, fail("AddHeard", err)
}

// selectHeard reads what a person heard of a contact's company.
const selectHeard = `select h.what, h.at from contacts c join heard h on h.company_id = c.company_id and h.person_id = $2
	where c.id = $1 order by h.at desc limit 5`

// HeardAt returns what the person heard of a company, newest first.
func (s *Store) HeardAt(ctx context.Context, team string, company int64, person string) ([]HeardOf, error) {
	rows, err := s.pool.Query(ctx, `select what, at from heard where team_id = $1 and company_id = $2 and person_id = $3
		order by at desc limit 5`, team, company, person)
	if err != nil {
		return nil, fail("HeardAt", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[HeardOf])
	return all, fail("HeardAt", err)
}

// Referrer returns the name of the contact through whom another is known; empty
// where nobody is.
func (s *Store) Referrer(ctx context.Context, team string, contact int64) (name string, err error) {
	err = s.pool.QueryRow(ctx, `select coalesce((select r.name from contacts c join contacts r on r.id = c.referred_by and r.removed_at is null
		where c.team_id = $1 and c.id = $2), '')`, team, contact).Scan(&name)
	return name, fail("Referrer", err)
}
