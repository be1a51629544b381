package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Behind is a contact that a figure counted: who, and by which interaction. It
// holds nobody's note.
type Behind struct {
	ContactID     int64
	Name          string
	Company       string
	Kind          string // of a move or an exchange
	From, To      string // stages of a move; To alone: where they stand
	InteractionID int64  // 0 where none led there
	At            time.Time
}

// Full is the contact as people name them.
func (b Behind) Full() string {
	if b.Company == "" {
		return b.Name
	}
	return b.Name + ", " + b.Company
}

const behindWho = ` join contacts c on c.id = x.contact_id and c.removed_at is null left join companies co on co.id = c.company_id
	where ($1 = '' or exists (select from owners o where o.contact_id = c.id and o.person_id = $1)) order by x.at desc, c.id limit 25`

// BehindMoves lists the contacts that moved in one of the kinds in the week.
// owner limits it to that person's own contacts; empty: all.
func (s *Store) BehindMoves(ctx context.Context, c Scope, owner string, kinds []string) ([]Behind, error) {
	return s.behind(ctx, "BehindMoves", `select c.id, c.name, coalesce(co.name, ''), x.kind, x.from_stage, x.to_stage, x.interaction_id, x.at
		from (select m.contact_id, m.kind, m.from_stage, m.to_stage, m.interaction_id, m.at
			from interactions i join moves m on m.interaction_id = i.id and m.replaced_at is null
			where i.team_id = $2 and i.logged_at >= $5 and i.undone_at is null and i.author_id = any($4)
			and m.journey = $3 and m.at >= $5 and m.at < $6 and m.kind = any($7)) x`+behindWho, owner, c.Team, c.Journey, c.Reps, c.From, c.To, kinds)
}

// BehindWaiting lists the contacts who wait still, and the latest note since which; see
// [Weighing.Waiting].
func (s *Store) BehindWaiting(ctx context.Context, c Scope, owner string) ([]Behind, error) {
	return s.behind(ctx, "BehindWaiting", followed("$2", "$3", "$4", "$5")+`select c.id, c.name, coalesce(co.name, ''), '', '', x.stage, x.id, x.at
		from (select distinct on (x.contact_id) x.* from `+stillWaiting("$6", "$5", "$7::date", "$8")+` order by x.contact_id, x.at desc, x.id desc) x`+behindWho,
		owner, c.Team, c.Reps, c.Since, c.To, c.Journey, c.To, aheadOfUTC(c.To))
}

// BehindReady lists the contacts of whom something may be asked now; see [Weighing.Ready].
func (s *Store) BehindReady(ctx context.Context, c Scope, owner, journey string, stages []string) ([]Behind, error) {
	return s.behind(ctx, "BehindReady", `select c.id, c.name, coalesce(co.name, ''), '', '', x.stage, 0::bigint, x.at
		from (select p.contact_id, p.stage, p.since as at from `+ownedOnce("$2", "$4")+`
			join places p on p.contact_id = o.contact_id and p.journey = $3 and p.stage = any($5)
			where `+ofReps("$4", "$7::date", "$8").mayBeAsked("$6")+`) x`+behindWho, owner, c.Team, journey, c.Reps, stages, restsFrom(c.To), c.To, aheadOfUTC(c.To))
}

// BehindExchanges lists the week's exchanges.
func (s *Store) BehindExchanges(ctx context.Context, c Scope, owner string) ([]Behind, error) {
	return s.behind(ctx, "BehindExchanges", `select c.id, c.name, coalesce(co.name, ''), x.kind, '', '', coalesce(x.interaction_id, 0), x.at
		from (select contact_id, kind, interaction_id, at from exchanges where team_id = $2 and at >= $4 and at < $5 and undone_at is null and person_id = any($3)) x`+behindWho,
		owner, c.Team, c.Reps, c.From, c.To)
}

func (s *Store) behind(ctx context.Context, verb, sql string, args ...any) ([]Behind, error) {
	var all []Behind
	err := s.weigh(ctx, func(w Weighing) error {
		rows, err := w.tx.Query(ctx, sql, args...)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Behind])
		return err
	})
	return all, fail(verb, err)
}
