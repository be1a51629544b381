package store

import (
	"cmp"
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// meets is the contact that bore the typed name when last seen; 0 where none did
// or none is to be found.
func (s *Store) meets(d Draft) int64 {
	if d.ContactID != 0 || d.NewContact || !d.Who.whole() {
		return 0
	}
	return s.names.of(d.Delivery.TeamID, d.Who).id
}

// recognise takes the contact that came with the first batch, if it still bears
// the name that was typed; else the name is looked up as if never met.
func (l *logging) recognise(ctx context.Context) error {
	team, who := l.draft.Delivery.TeamID, l.draft.Who
	if l.knew = l.known.Contact.bears(team, who); l.knew {
		l.exact = l.met
		return nil
	}
	l.store.names.forget(team, who.NameKey, who.CompanyKey)
	k := l.known
	l.waved = false
	k.Contact, k.Places, k.Recent, k.Ledger, k.Heard, k.Passed = Contact{}, nil, nil, Ledger{}, nil, nil
	batch := &pgx.Batch{}
	queueOne(batch, selectExact, pgx.RowTo[int64], &l.exact, team, who.NameKey, who.CompanyKey)
	return l.tx.SendBatch(ctx, batch).Close()
}

// find settles which contact the line is about, makes a new one, or asks.
func (l *logging) find(ctx context.Context) error {
	d := l.draft
	if l.known.Contact.ID = max(d.ContactID, l.exact); l.known.Contact.ID != 0 {
		if err := l.learn(ctx); err != nil {
			return err
		}
		return l.learnCalled(ctx)
	}
	m, err := l.match(ctx)
	if err != nil {
		return err
	}
	switch {
	case len(m.Ask) > 0:
		l.out.Ask, l.out.More = m.Ask, m.More
		return l.stop(ctx, "asked", 0)
	case m.ID != 0:
		l.known.Contact.ID, l.known.Typo = m.ID, m.Typo
		return nil
	}
	if l.known.Typo = m.Typo; d.Who.Unsure && !d.NewContact {
		l.out.Unsure = true
		return l.stop(ctx, "asked", 0)
	}
	return l.make(ctx)
}

// learnCalled remembers of whom no more than an address was known that they are called as was
// typed, once somebody has said so.
func (l *logging) learnCalled(ctx context.Context) error {
	d := l.draft
	if d.DeliveryID == 0 || d.ContactID == 0 || d.Again || !d.Who.oneWord() || d.Who.Email != "" {
		return nil
	}
	rows, err := l.tx.Query(ctx, `select `+candidateColumns+`where c.team_id = $1 and c.id = $3`, d.Delivery.TeamID, d.Delivery.PersonID, d.ContactID)
	if err != nil {
		return err
	}
	chosen, err := pgx.CollectRows(rows, scanCandidate)
	l.learned = l.learned || len(chosen) == 1 && d.Who.byAddressAlone(chosen[0])
	return err
}

// match finds whom the typed name means. Of somebody new it finds out no more than which
// part of what was typed is the company: as when it was asked about.
func (l *logging) match(ctx context.Context) (m Match, err error) {
	d := &l.draft
	if d.NewContact && d.Who.Turned == nil {
		return Match{}, nil
	}
	if err := l.seek(ctx); err != nil {
		return Match{}, err
	}
	m, err = l.store.resolve(ctx, l.tx, d.Delivery.TeamID, d.Delivery.PersonID, d.Who, l.found)
	if l.out.Turned = m.Turned; m.Turned {
		d.Who = *d.Who.Turned
	}
	if d.NewContact {
		m = Match{Turned: m.Turned, Typo: m.Turned}
	} else if err == nil && m.ID == 0 && len(m.Ask) == 0 && d.Who.CompanyKey == "" && !d.Who.Guessed {
		// a company is nobody: one of its people is meant, or somebody new
		var there []Candidate
		there, err = l.store.staff(ctx, l.tx, d.Delivery.TeamID, d.Delivery.PersonID, cmp.Or(d.Who.FirmKey, d.Who.NameKey))
		m = ask(there)
	}
	return m, err
}

// seek reads candidates where those that came with the first batch are not
// enough: for a whole name that nobody bears, and for what only resembles one.
func (l *logging) seek(ctx context.Context) error {
	team, person, who := l.draft.Delivery.TeamID, l.draft.Delivery.PersonID, l.draft.Who
	var err error
	switch {
	case who.whole(), l.draft.NewContact, l.draft.ContactID != 0:
		l.found, err = l.store.candidates(ctx, l.tx, team, person, who)
	default:
		l.found, err = l.store.further(ctx, l.tx, team, person, who, l.found)
	}
	return err
}

// make creates the contact and, where one was named, its company. Somebody
// else may have made the same contact in this very moment: then it is theirs,
// unless whoever typed said that they mean nobody who is known.
func (l *logging) make(ctx context.Context) (err error) {
	k, d := l.known, l.draft
	if err := l.has.take(nameOf(d.Delivery.TeamID, d.Who)); err != nil {
		return err
	}
	k.Contact.ID, k.New, err = makeContact(ctx, l.tx, d.Delivery.TeamID, d.Delivery.PersonID, d.Who)
	if err == nil && !k.New && d.Who.AddressKey != "" && (d.Who.Guessed || d.NewContact && d.Who.CompanyKey == "") {
		k.Contact.ID, k.New, err = makeContact(ctx, l.tx, d.Delivery.TeamID, d.Delivery.PersonID, d.Who.byAddress())
	}
	if who := d.Who; err == nil && !k.New && d.NewContact && who.Email != "" { // the address is another's, and stays so
		who.Email = ""
		k.Contact.ID, k.New, err = makeContact(ctx, l.tx, d.Delivery.TeamID, d.Delivery.PersonID, who)
	}
	switch {
	case err != nil || !d.NewContact:
		return err
	case k.New:
		return l.unlearn(ctx)
	}
	return l.namesake(ctx)
}

// namesake asks whether a contact is meant after all from whom nothing would tell
// the new one apart.
func (l *logging) namesake(ctx context.Context) error {
	rows, err := l.tx.Query(ctx, `select `+candidateColumns+`where c.team_id = $1 and c.id = $3`,
		l.draft.Delivery.TeamID, l.draft.Delivery.PersonID, l.known.Contact.ID)
	if err != nil {
		return err
	}
	if l.out.Ask, err = pgx.CollectRows(rows, scanCandidate); err != nil {
		return err
	}
	l.out.Namesake, l.known.Contact.ID = true, 0
	return l.stop(ctx, "asked", 0)
}

// queueBare lets somebody who is written with titles be found without them.
func queueBare(batch *pgx.Batch, team string, contact int64, who Who) {
	if who.BareKey != "" {
		batch.Queue(insertAlias, team, contact, who.BareKey, who.BareKey)
	}
}

func makeContact(ctx context.Context, tx pgx.Tx, team, person string, who Who) (id int64, fresh bool, err error) {
	var company *int64
	if who.CompanyKey != "" {
		if company, err = makeCompany(ctx, tx, team, who); err != nil {
			return 0, false, err
		}
	}
	err = tx.QueryRow(ctx, `insert into contacts (team_id, company_id, name, name_key, email, title, created_by)
		values ($1, $2, $3, $4, nullif($5, ''), $6, $7) on conflict do nothing returning id`,
		team, company, who.Name, who.NameKey, who.Email, who.Title, person).Scan(&id)
	if err == nil && who.BareKey != "" {
		batch := &pgx.Batch{}
		queueBare(batch, team, id, who)
		err = tx.SendBatch(ctx, batch).Close()
	}
	if !errors.Is(err, pgx.ErrNoRows) {
		return id, err == nil, err
	}
	err = tx.QueryRow(ctx, `select id from contacts where team_id = $1 and removed_at is null
		and ((name_key = $2 and coalesce(company_id, 0) = coalesce($3::bigint, 0)) or email = nullif($4, ''))
		order by email = nullif($4, '') desc nulls last limit 1`, // the address may be one contact's and the name another's
		team, who.NameKey, company, who.Email).Scan(&id)
	return id, false, err
}

// makeCompany finds a company or makes it. One that is there is not locked: everybody who
// makes a contact of it would wait for whoever holds it.
func makeCompany(ctx context.Context, tx pgx.Tx, team string, who Who) (id *int64, err error) {
	const find = `select id from companies where team_id = $1 and name_key = $2`
	err = tx.QueryRow(ctx, `with made as (
			insert into companies (team_id, name_key, name) values ($1, $2, $3) on conflict (team_id, name_key) do nothing returning id)
		select id from made union all `+find+` limit 1`, team, who.CompanyKey, who.Company).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) { // made by somebody else since the statement began
		err = tx.QueryRow(ctx, find, team, who.CompanyKey).Scan(&id)
	}
	return id, err
}
