package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Past is what stands of a contact when something is asked about them.
type Past struct {
	Places []Place
	Ledger Ledger
	Recent []Heard
}

// Past returns it in one round trip, or [ErrNotFound] where the contact is none of
// the team's.
func (s *Store) Past(ctx context.Context, team string, contact int64) (Past, error) {
	var p Past
	batch := &pgx.Batch{}
	batch.Queue(`select from contacts where team_id = $1 and id = $2`, team, contact).QueryRow(func(row pgx.Row) error { return row.Scan() })
	queueMany(batch, selectPlaces+` and team_id = $2`, scanPlace, &p.Places, contact, team)
	queueRecent(batch, &p.Recent, contact)
	queueLedger(batch, &p.Ledger, contact)
	return p, fail("Past", s.pool.SendBatch(ctx, batch).Close())
}

// The kinds of lists of one's own contacts.
const (
	Everyone = "everyone"
	Waiting  = "waiting" // permission given or a question asked, nothing given back since, and no day agreed until which they be left
	Due      = "due"     // a step is due
	Ready    = "ready"   // more was given than asked, no ask rests and no step of ours is due: one is earned
	Quiet    = "quiet"
	Warm     = "warm" // made known not long ago by another contact who is still known; nothing noted, given or asked yet
	AtStage  = "stage"
)

// Filter says which of one's own contacts are listed.
type Filter struct {
	Kind    string
	Journey string // empty: the default one, aipee
	Stage   string // for AtStage
	Company string // enough of a company's name, in any case; empty: any
	Contact int64  // this one alone; 0: all
	// Now is in the person's own zone: what is due is so by the day that they have.
	Now    time.Time
	Offset int
	Limit  int
}

// Listed is one line of a list of contacts.
type Listed struct {
	ID      int64
	Name    string
	Company string
	Stage   string
	Status  string
	LastAt  time.Time // of the last note about them; zero: there is none
	// Since is when what a list rests on took place: of Waiting, the oldest leave
	// or question that nothing of ours has followed; of Quiet, their last word,
	// zero where none is known; of Warm, when they were made known. Zero in other lists.
	Since time.Time
	// Until, of Waiting, is the day, over now and later than Since, until which they
	// were to be left; zero: none.
	Until time.Time
	// Words, of Waiting, are those in the person's own note by which they asked, or let us come
	// back; empty where none are known.
	Words string
	// Through, of Warm, is the name of the contact who made them known.
	Through string
	Given   int
	Asked   int
	Step    string
	Due     *time.Time
	Why     string `db:"-"` // the list it comes from
}

// Full is the contact as people name them.
func (l Listed) Full() string {
	if l.Company == "" {
		return l.Name
	}
	return l.Name + ", " + l.Company
}

// From is from when on what a list rests on has been so for us: nobody waits before the
// day until which they were to be left.
func (l Listed) From() time.Time {
	if l.Until.IsZero() {
		return l.Since
	}
	return l.Until
}

// stands holds for a step t of a contact placed at p unless they left after it was
// named: then only a day that their no itself named, or a later note, is meant.
const stands = `(p.status <> 'left' or not p.do_not_contact and not exists (select from interactions own
	join interactions no on no.contact_id = own.contact_id and no.undone_at is null and (no.at, no.logged_at, no.id) > (own.at, own.logged_at, own.id)
	join signals g on g.interaction_id = no.id and g.holds and g.signal in ('declined', 'opted_out') where own.id = t.interaction_id))`

// AskRest is how many days one ask is left to work before another is thought of.
const AskRest = 14

// restsFrom is the moment from which on an ask still rests at now, by the days of
// now's zone.
func restsFrom(now time.Time) time.Time {
	y, m, d := now.Date()
	return time.Date(y, m, d-AskRest+1, 0, 0, 0, 0, now.Location())
}

// WarmFor is for how many days a name that somebody gave us is warm.
const WarmFor = 14

// knownSince is when contact c was made known to us by another.
const knownSince = `coalesce((select max(e.at) from exchanges e where e.new_contact_id = c.id and e.undone_at is null), c.created_at)`

// quietSince is the last word of somebody at place p.
const quietSince = `(select max(i.at) from interactions i where i.contact_id = p.contact_id and i.undone_at is null and not i.plan and i.direction in ('in', 'both')
	and not exists (select from signals g where g.interaction_id = i.id and g.holds and g.signal in ('went_quiet', 'reached_out')))`

// calming are the signals that show that somebody who complained goes on with us.
var calming = []string{"gave_feedback", "adopted", "value_story", "expanded", "repeat_order", "revenue", "referral", "recommendation",
	"upsell_interest", "cross_sell_interest", "verbal_yes", "agreed_meeting", "working_session", "saw_it_work", "returned", "asked_for_more",
	"proposal_discussed"}

// Calming are the signals that show that somebody who complained goes on with us.
func Calming() []string { return slices.Clone(calming) }

// upset holds while the latest word on it is a complaint: nothing since, and
// nothing in the same note, is calming. As far back as notes are read, and no further:
// else a list would say otherwise than a receipt.
var upset = `exists (select from (select id, at, logged_at, contact_id from interactions where contact_id = p.contact_id and undone_at is null
		order by at desc, id desc limit ` + strconv.Itoa(RecentNotes) + `) i
	join signals g on g.interaction_id = i.id and g.holds and g.signal = 'complained'
	where not exists (select from interactions b join signals h on h.interaction_id = b.id and h.holds and h.signal in ('` + strings.Join(calming, "', '") + `')
		where b.contact_id = i.contact_id and b.undone_at is null and (b.at, b.logged_at, b.id) >= (i.at, i.logged_at, i.id)))`

// earned holds for a contact at place p of whom something may be asked, wherever it
// stands: more was given than was asked, no complaint is open, and no ask for more
// than an answer rests that nothing has come of; since is the parameter that tells
// since when one does, see restsFrom.
func (by sight) earned(since string) string {
	return `not p.do_not_contact and p.status = 'active' and not ` + by.unlisted() + `
		and (select count(*) from shares h where h.contact_id = p.contact_id and h.undone_at is null)
		  > (select count(*) from asks a where a.contact_id = p.contact_id and a.undone_at is null)
		and not exists (select from asks a where a.contact_id = p.contact_id and a.undone_at is null and a.kind <> 'question' and a.at >= ` + since + `::timestamptz
			and not exists (select from exchanges e where e.contact_id = a.contact_id and e.undone_at is null and e.kind = a.kind and e.at >= a.at))
		and not ` + upset
}

// onLists is how the lists look.
var onLists = sight{person: "$2", day: "$3::date", zone: "$10"}

// isDue holds for a contact at place p of whom a step of that kind is due.
func (by sight) isDue(kind string) string {
	return `exists (select from steps t where t.contact_id = p.contact_id and t.person_id = ` + by.person + ` and t.done_at is null and t.due <= ` + by.day + ` and ` + kind + `
		and ` + alive(by.day) + ` and ` + unsettled(by.zone) + ` and ` + stands + `)`
}

// mayBeAsked holds for a contact at place p of whom something may be asked: an ask is earned,
// see earned, and who asks owes them nothing that is due; who owes something first gives it.
func (by sight) mayBeAsked(since string) string {
	return by.earned(since) + ` and not ` + by.isDue(`t.whose = 'us'`)
}

// listConditions speak of places on the first journey (p), whichever journey the
// list is shown on (here): stages at which an ask is earned are those of the first,
// and a journey that is new to a team has places of those only who were noted since.
var listConditions = map[string]string{
	Everyone: `true`,
	Waiting:  `w.since is not null`,
	Due:      onLists.isDue(`true`),
	Ready:    `p.stage in ('engagement', 'exchange') and ` + onLists.mayBeAsked("$7"),
	Quiet:    `p.status = 'quiet' and not p.do_not_contact and not ` + onLists.unlisted(),
	Warm: `c.notes = 0
		and not exists (select from shares h where h.contact_id = c.id and h.undone_at is null) and not exists (select from asks a where a.contact_id = c.id and a.undone_at is null)
		and p.status <> 'left' and not p.do_not_contact and ` + knownSince + ` > $3::date - ` + strconv.Itoa(WarmFor),
	AtStage: `here.stage = $9 and p.status <> 'left'`,
}

// Mine lists the person's own contacts: for Waiting, Warm and Quiet those first of whom
// it has been true longest, the latest noted first otherwise.
func (s *Store) Mine(ctx context.Context, team, person string, f Filter) ([]Listed, error) {
	condition, ok := listConditions[f.Kind]
	if !ok {
		return nil, fmt.Errorf("store.Mine: no list %q", f.Kind)
	}
	if f.Journey == "" {
		f.Journey = "aipee"
	}
	since, until, through, words, waits, order := `null::timestamptz`, `null::timestamptz`, `''`, `''`, ``, `c.last_at desc nulls last`
	switch f.Kind {
	case Waiting:
		words = onLists.waitingWords(`w.since`)
		since, until, waits = `w.since`, `w.until`, `cross join lateral `+onLists.waiting()+` w`
		order = `coalesce(w.until, w.since), c.last_at`
	case Quiet:
		since, order = quietSince, `since nulls first, c.last_at`
	case Warm:
		since, order = knownSince, `since`
		through, waits = `through.name`, `join contacts through on through.id = c.referred_by and through.removed_at is null`
	}
	rows, err := s.pool.Query(ctx, `select c.id, c.name, coalesce(co.name, ''), coalesce(here.stage, ''), coalesce(here.status, p.status), coalesce(c.last_at, '0001-01-01 00:00+00'),
			(select count(*) from shares h where h.contact_id = c.id and h.undone_at is null),
			(select count(*) from asks a where a.contact_id = c.id and a.undone_at is null),
			coalesce(t.what, ''), t.due, `+since+` as since, `+until+`, `+through+`, `+words+`
		from owners o join contacts c on c.id = o.contact_id and c.removed_at is null
		join places p on p.contact_id = c.id and p.journey = 'aipee'
		left join places here on here.contact_id = c.id and here.journey = $4
		left join companies co on co.id = c.company_id
		left join lateral (select what, due from steps t where contact_id = c.id and person_id = $2 and done_at is null and `+alive("$3::date")+` and `+unsettled("$10")+` and `+stands+` order by due nulls last, id limit 1) t on true `+waits+`
		where o.team_id = $1 and o.person_id = $2 and $3::date is not null and $7::timestamptz is not null and $9::text is not null and $10::int is not null
		and ($8 = '' or strpos(lower(co.name), lower($8)) > 0) and ($11::bigint = 0 or c.id = $11) and (`+condition+`)
		order by `+order+`, c.id limit $5 offset $6`,
		team, person, f.Now, f.Journey, f.Limit, f.Offset, restsFrom(f.Now), f.Company, f.Stage, aheadOfUTC(f.Now), f.Contact)
	if err != nil {
		return nil, fail("Mine", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Listed, error) {
		var l Listed
		var since, until *time.Time
		err := row.Scan(&l.ID, &l.Name, &l.Company, &l.Stage, &l.Status, &l.LastAt, &l.Given, &l.Asked, &l.Step, &l.Due, &since, &until, &l.Through, &l.Words)
		l.Since, l.Until = orZero(since), orZero(until)
		return l, err
	})
	return all, fail("Mine", err)
}

// orZero is a moment of which none may be known.
func orZero(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}
