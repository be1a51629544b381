package store

import (
	"cmp"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Contact is a person outside the team, at one company or at none known yet.
type Contact struct {
	ID       int64
	TeamID   string
	Name     string
	Email    string // lower case; empty where unknown
	Title    string
	Company  Company
	Language string
	// Reading is what earlier notes tell the reading of the next one, as the
	// reading itself wrote it.
	Reading json.RawMessage
	Notes   int // interactions that stand, undone ones left out
	FirstAt time.Time
	LastAt  time.Time
	Owners  []string // ids of the people who have written about them
	// the keys of its name and its company's, by which it is found
	nameKey, companyKey string
	// Removed is set once the contact was taken back by the undo that unmade it.
	Removed bool
}

// Full is the contact as people name them: "Dana Ruiz, Acme".
func (c Contact) Full() string {
	if c.Company.Name == "" {
		return c.Name
	}
	return c.Name + ", " + c.Company.Name
}

// bears reports whether the contact can be written about under this whole name.
func (c Contact) bears(team string, who Who) bool {
	return c.ID != 0 && c.TeamID == team && !c.Removed && c.nameKey == who.NameKey && c.companyKey == who.CompanyKey
}

// OwnedBy reports whether person has written about the contact.
func (c Contact) OwnedBy(person string) bool {
	for _, o := range c.Owners {
		if o == person {
			return true
		}
	}
	return false
}

// Company is where contacts work. ID is 0 where none is known.
type Company struct {
	ID       int64
	Name     string
	Industry string
}

// selectContact lists the columns that scanContact reads.
const selectContact = `select c.id, c.team_id, c.name, coalesce(c.email, ''), c.title, c.language, c.reading, c.notes,
	coalesce(c.first_at, 'epoch'), coalesce(c.last_at, 'epoch'), c.removed_at is not null,
	coalesce(co.id, 0), coalesce(co.name, ''), coalesce(co.industry, ''), c.name_key, coalesce(co.name_key, ''),
	array(select person_id from owners o where o.contact_id = c.id order by person_id)
	from contacts c left join companies co on co.id = c.company_id `

func scanContact(row pgx.CollectableRow) (Contact, error) {
	var c Contact
	err := row.Scan(&c.ID, &c.TeamID, &c.Name, &c.Email, &c.Title, &c.Language, &c.Reading, &c.Notes,
		&c.FirstAt, &c.LastAt, &c.Removed, &c.Company.ID, &c.Company.Name, &c.Company.Industry, &c.nameKey, &c.companyKey, &c.Owners)
	return c, err
}

// Contact returns one contact of the team, or [ErrNotFound].
func (s *Store) Contact(ctx context.Context, team string, id int64) (Contact, error) {
	rows, err := s.pool.Query(ctx, selectContact+`where c.team_id = $1 and c.id = $2 and c.removed_at is null`, team, id)
	if err != nil {
		return Contact{}, fail("Contact", err)
	}
	c, err := pgx.CollectExactlyOneRow(rows, scanContact)
	return c, fail("Contact", err)
}

// FindContact resolves what somebody typed to one contact; see [Resolve] for
// the rules.
func (s *Store) FindContact(ctx context.Context, team, person string, who Who) (Match, error) {
	found, err := s.candidates(ctx, s.pool, team, person, who)
	if err != nil {
		return Match{}, fail("FindContact", err)
	}
	m, err := s.resolve(ctx, s.pool, team, person, who, found)
	return m, fail("FindContact", err)
}

// resolve is [Resolve], and of a company typed before a name that nobody bears with it.
func (s *Store) resolve(ctx context.Context, q querier, team, person string, who Who, found []Candidate) (Match, error) {
	m := Resolve(who, found)
	if m.ID != 0 || len(m.Ask) > 0 || who.Turned == nil {
		return m, nil
	}
	known, err := knownCompanies(ctx, q, team, []string{who.Turned.CompanyKey, who.CompanyKey})
	if err != nil || len(known) != 1 || known[0] != who.Turned.CompanyKey {
		return m, err
	}
	if found, err = s.candidates(ctx, q, team, person, *who.Turned); err != nil {
		return m, err
	}
	m = Resolve(*who.Turned, found)
	m.Turned, m.Typo = true, true
	return m, nil
}

// KnownCompanies are those of the keys that are companies' at which somebody is known.
func (s *Store) KnownCompanies(ctx context.Context, team string, keys []string) ([]string, error) {
	known, err := knownCompanies(ctx, s.pool, team, keys)
	return known, fail("KnownCompanies", err)
}

func knownCompanies(ctx context.Context, q querier, team string, keys []string) ([]string, error) {
	// "offset 0": else a plan made beside empty tables reads the contacts of the whole team
	rows, err := q.Query(ctx, `select co.name_key from companies co
		cross join lateral (select from (select removed_at from contacts where company_id = co.id offset 0) c where removed_at is null limit 1) somebody
		where co.team_id = $1 and co.name_key = any($2)`, team, keys)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// FindOwn is [Store.FindContact] among the contacts about whom the person has written:
// nobody else is found, offered or told of.
func (s *Store) FindOwn(ctx context.Context, team, person string, who Who) (Match, error) {
	found, err := s.ownCandidates(ctx, team, person, who)
	return Resolve(who, found), fail("FindOwn", err)
}

// ownCandidates is [Store.candidates] among the person's own contacts: whom a colleague
// wrote about neither takes the place of one of them nor keeps similar names from being
// looked for. It reads all of the person's own contacts, some thousands at most.
func (s *Store) ownCandidates(ctx context.Context, team, person string, who Who) ([]Candidate, error) {
	const own = `select ` + candidateList + `from owners o join contacts c on c.id = o.contact_id left join companies co on co.id = c.company_id
		where o.team_id = $1 and o.person_id = $2 and c.removed_at is null and `
	ask := func(sql string, args ...any) ([]Candidate, error) {
		rows, err := s.pool.Query(ctx, own+sql, append([]any{team, person}, args...)...)
		if err != nil {
			return nil, err
		}
		return pgx.CollectRows(rows, scanCandidate)
	}
	if who.NameKey == "" {
		return ask(`c.email = $3`, who.Email)
	}
	found, err := ask(`(c.name_key = $3 or starts_with(c.name_key, $3 || ' ') or c.email = $4 and $4 <> ''
			or exists (select from aliases a where a.contact_id = c.id and `+toldHere+` and (a.alias_key = $3 or starts_with(a.alias_key, $3 || ' '))))
		order by c.name_key = $3 desc, c.last_at desc nulls last limit 60`, who.NameKey, who.Email)
	if err == nil && who.BareKey != "" {
		var named []Candidate
		if named, err = ask(`c.name_key ~ $3 order by c.last_at desc nulls last limit 60`, wordsPattern(who.BareKey)); err == nil {
			found = join(found, named)
		}
	}
	if err != nil || len(found) > 0 || who.Exactly {
		return found, err
	}
	return ask(`(c.name_key % $3 or c.name_key like '%' || $4 || '%') order by similarity(c.name_key, $3) desc, c.last_at desc nulls last limit 20`,
		who.NameKey, likeLiteral(who.NameKey))
}

type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// candidates asks for exact and first-name matches through the plain index,
// and only where these may not be all for similar names through the trigram index:
// the way of a known name must not grow with the workspace.
func (s *Store) candidates(ctx context.Context, q querier, team, person string, who Who) ([]Candidate, error) {
	sql, args := nearQuery(team, person, who)
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, scanCandidate)
	if err != nil {
		return nil, err
	}
	if found, err = s.further(ctx, q, team, person, who, found); err != nil || !who.whole() || who.Exactly {
		return found, err
	}
	if slices.ContainsFunc(found, func(c Candidate) bool { return c.called() == called{who.NameKey, who.CompanyKey} }) {
		return found, nil // it is that one
	}
	more, err := s.abbreviated(ctx, q, team, person, who)
	return join(found, more), err
}

// join adds those of more that are not among the found yet.
func join(found, more []Candidate) []Candidate {
	for _, c := range more {
		if !slices.ContainsFunc(found, func(f Candidate) bool { return f.ID == c.ID }) {
			found = append(found, c)
		}
	}
	return found
}

// abbreviated asks for whom nothing like the typed name finds, by the company that was
// typed with it: those whose initials it may be ("F. L, Cobalt"), and those of a company
// that was typed first ("Cobalt, Finn Lorenz").
func (s *Store) abbreviated(ctx context.Context, q querier, team, person string, who Who) ([]Candidate, error) {
	rows, err := q.Query(ctx, `select `+candidateColumns+`where co.team_id = $1 and co.name_key in ($3, $5) and c.removed_at is null
		and (co.name_key = $3 and (' ' || c.name_key like '% ' || $4 || '%' or exists (select from aliases where contact_id = c.id and alias_key = any($7)))
			or co.name_key = $5 and c.name_key = $6)
		order by c.last_at desc nulls last limit 60`,
		team, person, who.CompanyKey, likeLiteral(initial(who.NameKey)), who.NameKey, who.CompanyKey, append(endings(who.NameKey), strings.Fields(who.NameKey)...))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanCandidate)
}

// further adds the contacts of similar names to those found where these may not be all
// who are meant: nobody was found, an address may begin with any part of a name, and the
// one word that is all of somebody's name may be another's last. Those whose name follows
// the typed titles are added whoever was found, and those of the typed company where it
// is not that of the address.
func (s *Store) further(ctx context.Context, q querier, team, person string, who Who, found []Candidate) ([]Candidate, error) {
	if who.NameKey == "" || slices.ContainsFunc(found, func(c Candidate) bool { return who.whole() && c.called() == called{who.NameKey, who.CompanyKey} }) {
		return found, nil
	}
	known := slices.IndexFunc(found, func(c Candidate) bool { return who.Email != "" && c.Email == who.Email })
	if who.BareKey != "" || known >= 0 && who.CompanyKey != "" && found[known].CompanyKey != who.CompanyKey {
		more, err := s.bearers(ctx, q, team, person, who)
		if err != nil {
			return nil, err
		}
		found = join(found, more)
	}
	switch {
	case known >= 0:
		return found, nil
	case who.Guessed, who.oneWord() && slices.ContainsFunc(found, func(c Candidate) bool { return c.NameKey == who.NameKey }):
	case who.manyWords() && len(found) > 0 && !slices.ContainsFunc(found, func(c Candidate) bool { return who.fits(c) >= fitsWhole }): // "ella frost" begins Ella Frost Berg, and ends Ann Ella Frost
		more, err := s.bearers(ctx, q, team, person, who)
		return join(found, more), err
	case slices.ContainsFunc(found, func(c Candidate) bool { return who.BareKey == "" || who.fits(c) >= fitsWhole }), who.Exactly:
		return found, nil
	}
	more, err := s.similar(ctx, q, team, person, who)
	return join(found, more), err
}

// staff asks for the people of the company of which a typed name is all or the beginning,
// those talked to last first.
func (s *Store) staff(ctx context.Context, q querier, team, person, company string) ([]Candidate, error) {
	rows, err := q.Query(ctx, `select `+candidateColumns+`where co.team_id = $1 and co.name_key >= $3 and co.name_key < $3 || '!' and c.removed_at is null
		order by c.last_at desc nulls last limit 20`, team, person, company)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanCandidate)
}

// bearers asks for those in whose name the typed one stands, titles left out. Where a
// company was typed they are looked for there, and where no company is known. Of a name
// that many bear the latest talked to are enough to ask about.
func (s *Store) bearers(ctx context.Context, q querier, team, person string, who Who) ([]Candidate, error) {
	sql, args := bearersQuery(team, person, who)
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanCandidate)
}

// bearersQuery reads no more than the contacts of one company, and through the trigram
// index those of one name: its cost is that of as many, however many others there are.
func bearersQuery(team, person string, who Who) (string, []any) {
	const bearers = `select id, last_at from contacts where team_id = $1 and removed_at is null and name_key ~ $3`
	args := []any{team, person, wordsPattern(cmp.Or(who.BareKey, who.NameKey))}
	ids := `(` + bearers + ` order by last_at desc nulls last limit 60)`
	if who.CompanyKey != "" { // "acme" is Acme Pumps too, see sameCompany
		ids = `(` + bearers + ` and coalesce(company_id, 0) = 0 order by last_at desc nulls last limit 20)
			union all (select c.id, c.last_at from companies co cross join lateral (select * from contacts where company_id = co.id offset 0) c
				where co.team_id = $1 and co.name_key >= $4 and co.name_key < $4 || '!' and c.team_id = $1 and c.removed_at is null and (c.name_key ~ $3 or word_similarity($5, c.name_key) >= 0.4)
				order by c.last_at desc nulls last limit 60)`
		args = append(args, who.CompanyKey, cmp.Or(who.BareKey, who.NameKey)) // there, with a slip too
	}
	return `select ` + candidateColumns + `where c.id in (select id from (` + ids + `) named) order by c.last_at desc nulls last limit 60`, args
}

// wordsPattern is the regular expression of the keys that [holdsWords] of part.
func wordsPattern(part string) string {
	words := strings.Fields(part)
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	return `(^| )` + strings.Join(words, `( .*)? `) + `( |$)`
}

// endings are the last words of a key, all but the first: "otto klein" and "klein".
func endings(key string) (all []string) {
	for _, rest, more := strings.Cut(key, " "); more; _, rest, more = strings.Cut(rest, " ") {
		all = append(all, rest)
	}
	return all
}

// selectExact finds the one contact of a name and company. Most lines name
// theirs so, and [Resolve] takes it whoever else there is: the search for
// everybody who may be meant, the dearest read of a command, is then spared.
// Companies first: their key is unique, and the planner need not know more.
const selectExact = `select c.id from companies co join contacts c on c.company_id = co.id
	where co.team_id = $1 and co.name_key = $3 and c.team_id = $1 and c.name_key = $2 and c.removed_at is null`

const candidateColumns = candidateList + `from contacts c left join companies co on co.id = c.company_id `

const candidateList = `c.id, c.name, c.name_key, coalesce(c.email, ''), coalesce(co.name, ''), coalesce(co.name_key, ''),
	exists (select from owners o where o.contact_id = c.id and o.person_id = $2),
	array(select alias_key from aliases a where a.contact_id = c.id and ` + toldHere + `), c.last_at `

func nearQuery(team, person string, who Who) (string, []any) {
	if who.NameKey == "" {
		return `select ` + candidateColumns + `where c.team_id = $1 and c.removed_at is null and c.email = $3`,
			[]any{team, person, who.Email}
	}
	// a first name is a prefix that ends at a space: under the "C" collation
	// these are the keys from "dana " up to "dana!". Each way of finding has an
	// index of its own; joined by OR they would have none.
	// The rows are then fetched one by one: "offset 0" keeps a planner that knows
	// no figures yet from reading all contacts instead.
	near := `select id from contacts where team_id = $1 and removed_at is null and name_key = $3
			union (select id from contacts where team_id = $1 and removed_at is null
				and name_key > $3 || ' ' and name_key < $3 || '!' order by name_key limit 60)
			union select contact_id from aliases a where team_id = $1 and alias_key = $3 and ` + toldHere + `
			union (select contact_id from aliases a where team_id = $1 and ` + toldHere + `
				and alias_key > $3 || ' ' and alias_key < $3 || '!' order by alias_key limit 60)`
	args := []any{team, person, who.NameKey}
	if who.Email != "" {
		near += ` union select id from contacts where team_id = $1 and removed_at is null and email = $4`
		args = append(args, who.Email)
	}
	return `select ` + candidateList + `from (` + near + `) near cross join lateral (select * from contacts where id = near.id offset 0) c
		left join lateral (select name, name_key from companies where id = c.company_id offset 0) co on true
		where c.removed_at is null order by c.last_at desc nulls last limit 60`, args
}

func (s *Store) similar(ctx context.Context, q querier, team, person string, who Who) ([]Candidate, error) {
	rows, err := q.Query(ctx, `select `+candidateColumns+`where c.id in (
			(select id from contacts where team_id = $1 and removed_at is null and name_key % $3
				order by similarity(name_key, $3) desc limit 20)
			union (select id from contacts where team_id = $1 and removed_at is null and name_key like '%' || $4 || '%' limit 20)
			union (select id from contacts where team_id = $1 and removed_at is null and name_key = any($6) limit 20)
			union (select contact_id from aliases where team_id = $1 and alias_key = any($5) limit 20)) and c.removed_at is null
		order by similarity(c.name_key, $3) desc, c.last_at desc nulls last limit 60`,
		team, person, who.NameKey, likeLiteral(who.NameKey), endings(who.NameKey), append(otherwiseSpaced(who.NameKey), slipped(who.NameKey)...))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanCandidate)
}

func scanCandidate(row pgx.CollectableRow) (Candidate, error) {
	var c Candidate
	var last *time.Time
	err := row.Scan(&c.ID, &c.Name, &c.NameKey, &c.Email, &c.Company, &c.CompanyKey, &c.Mine, &c.Aliases, &last)
	if last != nil {
		c.LastAt = *last
	}
	return c, err
}

// likeLiteral makes key match itself under LIKE.
func likeLiteral(key string) string {
	out := make([]rune, 0, len(key))
	for _, r := range key {
		if r == '%' || r == '_' || r == '\\' {
			out = append(out, '\\')
		}
		out = append(out, r)
	}
	return string(out)
}
