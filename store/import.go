package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// NewContact is one contact of a file.
type NewContact struct {
	Line     int // of the file
	Who      Who // its keys and its address decide who it is
	Title    string
	Language string
	Industry string // of the company
	Owner    string // id of the person who looks after them; empty: nobody
}

// What becomes of a line of a file of contacts.
const (
	ImportNew    = "new"    // the contact was not known
	ImportFilled = "filled" // known; what was not known of them was added
	ImportKnown  = "known"  // known, with all that the file says
	ImportKept   = "kept"   // known, and the file says otherwise; what stood, stands
	ImportWrong  = "wrong"  // it cannot be told who is meant: nothing is imported
)

// Imported is what became of one line.
type Imported struct {
	Line      int
	Outcome   string
	ContactID int64
	// Detail is what was filled or kept ("title, company"), or why it cannot be
	// told who is meant.
	Detail string
}

// ImportOptions say how a file is taken in.
type ImportOptions struct {
	Dry bool // say what would become of it, and change nothing
	// SameName takes somebody of the same name for the same where a company is
	// known on one side only; without it, that is [ImportWrong].
	SameName bool
	Places   []Place // where somebody stands of whom nothing is known yet
}

// ErrMeanwhile: somebody recorded one of the contacts in this very moment, and
// nothing was imported; the same file goes in when it is tried again.
var ErrMeanwhile = errors.New("one of them was made known in this very moment, and nothing was imported: try again")

// errDry ends a transaction of which nothing is to stand.
var errDry = errors.New("nothing is to stand")

// ImportContacts takes a file of contacts in: all of it, or nothing where one
// line is [ImportWrong]. Nobody is made twice: an address, or a name with its
// company, is the person who is known by it. What is known already stands; a
// file only adds to it.
func (s *Store) ImportContacts(ctx context.Context, team, by string, rows []NewContact, o ImportOptions) ([]Imported, error) {
	var out []Imported
	err := s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, fileTimeout); err != nil {
			return err
		}
		known, err := knownFor(ctx, tx, team, rows)
		if err != nil {
			return err
		}
		im := importing{tx: tx, team: team, options: o, known: known}
		out = im.decide(rows)
		if o.Dry || slices.ContainsFunc(out, func(i Imported) bool { return i.Outcome == ImportWrong }) {
			return errDry
		}
		if err := im.write(ctx, rows, out); err != nil {
			return err
		}
		return note(ctx, tx, Audit{TeamID: team, PersonID: by, Action: "contacts", Subject: "import", Detail: map[string]any{"lines": len(rows)}})
	})
	var taken *pgconn.PgError
	switch {
	case errors.Is(err, errDry):
		err = nil
	case errors.As(err, &taken) && taken.Code == "23505": // unique_violation
		err = errors.Join(ErrMeanwhile, err)
	}
	return out, fail("ImportContacts", err)
}

// existing is a contact that a line of a file may mean.
type existing struct {
	id                             int64
	name, nameKey, email           string
	company, companyKey            string
	title, language, companysTrade string
}

func (e existing) full() string { return Candidate{Name: e.name, Company: e.company}.Full() }

// importChunk is how many lines are looked up at once, so that no statement
// takes long.
const importChunk = 2000

func knownFor(ctx context.Context, tx pgx.Tx, team string, rows []NewContact) ([]existing, error) {
	var all []existing
	seen := map[int64]bool{}
	for chunk := range slices.Chunk(rows, importChunk) {
		var keys, emails []string
		for _, r := range chunk {
			keys, emails = append(keys, r.Who.NameKey), append(emails, r.Who.Email)
		}
		found, err := tx.Query(ctx, `select c.id, c.name, c.name_key, coalesce(c.email, ''), coalesce(co.name, ''), coalesce(co.name_key, ''), c.title, c.language, coalesce(co.industry, '')
			from contacts c left join companies co on co.id = c.company_id
			where c.id in (select id from contacts where team_id = $1 and removed_at is null and name_key = any($2)
				union select id from contacts where team_id = $1 and removed_at is null and email = any($3)) order by c.id`, team, keys, emails)
		if err != nil {
			return nil, err
		}
		some, err := pgx.CollectRows(found, func(row pgx.CollectableRow) (existing, error) {
			var e existing
			err := row.Scan(&e.id, &e.name, &e.nameKey, &e.email, &e.company, &e.companyKey, &e.title, &e.language, &e.companysTrade)
			return e, err
		})
		if err != nil {
			return nil, err
		}
		for _, e := range some {
			if !seen[e.id] {
				seen[e.id], all = true, append(all, e)
			}
		}
	}
	return all, nil
}

// importing is one file on its way in.
type importing struct {
	tx      pgx.Tx
	team    string
	options ImportOptions
	known   []existing
}

// decide says of each line whom it means, in memory.
func (im importing) decide(rows []NewContact) []Imported {
	byEmail, byName := map[string]existing{}, map[string][]existing{}
	for _, e := range im.known {
		if e.email != "" {
			byEmail[e.email] = e
		}
		byName[e.nameKey] = append(byName[e.nameKey], e)
	}
	out := make([]Imported, len(rows))
	claimed := map[int64]int{}
	for i, r := range rows {
		out[i].Line = r.Line
		e, why := im.meant(r, byEmail, byName[r.Who.NameKey])
		if why == "" && e.id != 0 && claimed[e.id] > 0 {
			why = fmt.Sprintf("the same person as line %d: both are %s", claimed[e.id], e.full())
		}
		switch {
		case why != "":
			out[i].Outcome, out[i].Detail = ImportWrong, why
		case e.id == 0:
			out[i].Outcome = ImportNew
		default:
			claimed[e.id] = r.Line
			out[i].ContactID = e.id
			out[i].Outcome, out[i].Detail = r.against(e)
		}
	}
	return out
}

// meant finds whom a line means; why tells where that cannot be told.
func (im importing) meant(r NewContact, byEmail map[string]existing, called []existing) (e existing, why string) {
	there := slices.IndexFunc(called, func(e existing) bool { return e.companyKey == r.Who.CompanyKey })
	if at, ok := byEmail[r.Who.Email]; ok && r.Who.Email != "" {
		switch {
		case there >= 0 && called[there].id != at.id:
			return e, fmt.Sprintf("by the address it is %s, by the name %s", at.full(), called[there].full())
		case !sharesWord(at.nameKey, r.Who.NameKey):
			return e, fmt.Sprintf("the address is that of %s; two people need two", at.full())
		}
		return at, ""
	}
	if there < 0 {
		there, why = im.half(r, called)
	}
	if why != "" || there < 0 {
		return e, why
	}
	e = called[there]
	if r.Who.Email != "" && e.email != "" {
		return existing{}, fmt.Sprintf("%s is known with another address; write that one, or mend it first", e.full())
	}
	return e, ""
}

// half looks for somebody of the same name of whom, or in the line, no company
// is known: they may be one, and nobody guesses.
func (im importing) half(r NewContact, called []existing) (at int, why string) {
	var maybe []int
	for i, e := range called {
		if (e.companyKey == "" || r.Who.CompanyKey == "") && (r.Who.Email == "" || e.email == "") {
			maybe = append(maybe, i)
		}
	}
	switch {
	case len(maybe) == 0:
		return -1, ""
	case len(maybe) == 1 && im.options.SameName:
		return maybe[0], ""
	}
	return -1, fmt.Sprintf("it may be %s, who is known already: write company and address as they are known, or say that the same name is the same person (--same-name)", called[maybe[0]].full())
}

func sharesWord(a, b string) bool {
	words := strings.Fields(b)
	return slices.ContainsFunc(strings.Fields(a), func(w string) bool { return slices.Contains(words, w) })
}

// against compares a line with whom it means.
func (r NewContact) against(e existing) (outcome, detail string) {
	var filled, kept []string
	for _, f := range []struct{ what, file, known string }{
		{"name", r.Who.NameKey, e.nameKey}, {"company", r.Who.CompanyKey, e.companyKey}, {"email", r.Who.Email, e.email},
		{"title", r.Title, e.title}, {"language", r.Language, e.language},
	} {
		switch {
		case f.file == "" || f.file == f.known:
		case f.known == "" && (f.what != "company" || r.Who.NameKey == e.nameKey):
			filled = append(filled, f.what)
		default:
			kept = append(kept, f.what)
		}
	}
	switch {
	case len(kept) > 0:
		return ImportKept, strings.Join(kept, ", ")
	case len(filled) > 0:
		return ImportFilled, strings.Join(filled, ", ")
	}
	return ImportKnown, ""
}

// write makes and fills what was decided, in few round trips.
func (im importing) write(ctx context.Context, rows []NewContact, out []Imported) error {
	companies, err := im.companies(ctx, rows)
	if err != nil {
		return err
	}
	byID := map[int64]existing{}
	for _, e := range im.known {
		byID[e.id] = e
	}
	batch := &pgx.Batch{}
	for i, r := range rows {
		company := companies[r.Who.CompanyKey]
		if e := byID[out[i].ContactID]; e.id != 0 && e.nameKey != r.Who.NameKey {
			company = 0 // another spelling: somebody else may have that name there
		}
		if out[i].Outcome == ImportNew {
			batch.Queue(`insert into contacts (team_id, company_id, name, name_key, email, title, language, created_by)
				values ($1, nullif($2::bigint, 0), $3, $4, nullif($5, ''), $6, $7, 'import') returning id`,
				im.team, company, r.Who.Name, r.Who.NameKey, r.Who.Email, r.Title, r.Language).
				QueryRow(func(row pgx.Row) error { return row.Scan(&out[i].ContactID) })
			continue
		}
		if out[i].Outcome == ImportKnown {
			continue
		}
		batch.Queue(`update contacts set company_id = coalesce(company_id, nullif($3::bigint, 0)), email = coalesce(email, nullif($4, '')),
			title = case when title = '' then $5 else title end, titled_by = case when $5 = '' then titled_by end, language = case when language = '' then $6 else language end
			where team_id = $1 and id = $2`, im.team, out[i].ContactID, company, r.Who.Email, r.Title, r.Language)
	}
	if err := im.tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	batch = &pgx.Batch{}
	for i, r := range rows {
		if out[i].Outcome == ImportNew {
			queuePlaces(batch, im.team, out[i].ContactID, im.options.Places)
			queueBare(batch, im.team, out[i].ContactID, r.Who)
		}
		if r.Owner != "" {
			batch.Queue(`insert into owners (team_id, contact_id, person_id) values ($1, $2, $3) on conflict do nothing`, im.team, out[i].ContactID, r.Owner)
		}
	}
	im.queueTrades(batch, rows)
	return im.tx.SendBatch(ctx, batch).Close()
}

// companies makes those that are not known, and returns all by their keys.
// Those that are known are not locked: a line about somebody new at one of them
// must not wait until the file is in.
func (im importing) companies(ctx context.Context, rows []NewContact) (map[string]int64, error) {
	ids := map[string]int64{}
	var keys []string
	batch := &pgx.Batch{}
	for _, r := range rows {
		if _, queued := ids[r.Who.CompanyKey]; queued || r.Who.CompanyKey == "" {
			continue
		}
		ids[r.Who.CompanyKey] = 0
		keys = append(keys, r.Who.CompanyKey)
		batch.Queue(`insert into companies (team_id, name, name_key) values ($1, $2, $3) on conflict do nothing`, im.team, r.Who.Company, r.Who.CompanyKey)
	}
	var id int64
	var key string
	batch.Queue(`select id, name_key from companies where team_id = $1 and name_key = any($2)`, im.team, keys).Query(func(found pgx.Rows) error {
		_, err := pgx.ForEachRow(found, []any{&id, &key}, func() error { ids[key] = id; return nil })
		return err
	})
	return ids, im.tx.SendBatch(ctx, batch).Close()
}

// queueTrades fills in the trades of companies of which none was known; last,
// since each row is locked until the file is in.
func (im importing) queueTrades(batch *pgx.Batch, rows []NewContact) {
	trades := map[string]string{}
	for _, r := range rows {
		if r.Industry == "" || r.Who.CompanyKey == "" || trades[r.Who.CompanyKey] != "" {
			continue
		}
		trades[r.Who.CompanyKey] = r.Industry
		batch.Queue(`update companies set industry = $3 where team_id = $1 and name_key = $2 and industry = ''`, im.team, r.Who.CompanyKey, r.Industry)
	}
}

// ContactRow is a contact as a file tells of them.
type ContactRow struct {
	Name, Company, Email, Title, Language, Industry string
	Owner                                           string // id of the person who has known them longest
}

// fileTimeout is what one statement may take where a file goes in or out:
// nobody waits for it in Slack.
const fileTimeout = `set local statement_timeout = '5min'`

// ContactRows returns every contact of the team, by name.
func (s *Store) ContactRows(ctx context.Context, team string) (all []ContactRow, err error) {
	err = s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, fileTimeout); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `select c.name, coalesce(co.name, ''), coalesce(c.email, ''), c.title, c.language, coalesce(co.industry, ''),
				coalesce((select person_id from owners o where o.contact_id = c.id order by since, person_id limit 1), '')
			from contacts c left join companies co on co.id = c.company_id
			where c.team_id = $1 and c.removed_at is null order by c.name_key, c.id`, team)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, pgx.RowToStructByPos[ContactRow])
		return err
	})
	return all, fail("ContactRows", err)
}
