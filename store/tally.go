package store

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/jackc/pgx/v5"
)

// HelpWindow is how long after a share an answer or a move up is counted as
// following it. It followed; nobody can say that it was caused.
const HelpWindow = 14 * 24 * time.Hour

// Tallied is what became of an item with contacts at one stage.
type Tallied struct {
	ContentID int64
	Stage     string
	Channel   string // by which it was given; empty where nobody said, and for what was only shown
	Shown     int    // named to a rep as worth giving
	Shared    int
	Answered  int // shares after which the contact wrote or talked to us
	Moved     int // shares after which the contact moved up on the first journey
	Helped    int // shares of which either is true
	PassedOn  int // shares after which the contact passed something of ours on
}

// settledAfter is when a suggestion's buttons are no longer expected to be
// pressed; a share is settled after [HelpWindow].
const settledAfter = 24 * time.Hour

// tallyStep bounds how many rows one transaction settles.
const tallyStep = 20_000

// Tally returns what became of the team's content.
//
// What is settled is added once to the table tallies, by whichever replica
// comes first; what is younger is counted anew each time. So the cost follows
// the last fourteen days and not the history. The price: an undo or correction
// that comes later than fourteen days after a share changes no count.
func (s *Store) Tally(ctx context.Context, team string, now time.Time) ([]Tallied, error) {
	for {
		more, err := s.settleSome(ctx, team, now)
		if err != nil {
			return nil, fail("Tally", err)
		}
		if !more {
			break
		}
	}
	var all []Tallied
	err := s.tx(ctx, func(tx pgx.Tx) error {
		// the marks stay where they are until what lies behind them is counted
		var share, suggestion int64
		err := tx.QueryRow(ctx, `select share_id, suggestion_id from tally_marks where team_id = $1 for share`, team).Scan(&share, &suggestion)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `with counted as (select content_id, stage, channel, shown, shared, answered, moved, helped, passed_on from tallies where team_id = $1
			union all `+countShares+` union all `+countShown+`)
		select content_id, stage, channel, sum(shown)::bigint, sum(shared)::bigint, sum(answered)::bigint, sum(moved)::bigint,
			sum(helped)::bigint, sum(passed_on)::bigint from counted group by 1, 2, 3 order by 1, 2, 3`,
			team, share, int64(math.MaxInt64), HelpWindow, suggestion, int64(math.MaxInt64))
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Tallied])
		return err
	})
	return all, fail("Tally", err)
}

// theirWord holds for a note, by its alias, in which something came back from them: what it
// shows tells so, and which way it went only where it shows no try of ours. Receipts go by
// the same rule when they say that there is no answer yet.
func theirWord(note string) string {
	return `(` + showsTheirs(note) + ` or ` + note + `.direction <> 'out' and not ` + showsTry(note) + `)`
}

// showsTheirs holds for a note that shows something of theirs, be it no more than an answer.
func showsTheirs(note string) string {
	return `exists (select from signals w where w.interaction_id = ` + note + `.id and w.holds and w.signal not in ('heard_them', 'reached_out', 'went_quiet'))`
}

// showsTry holds for a note that shows a try of ours that had no answer, or several.
func showsTry(note string) string {
	return `exists (select from signals w where w.interaction_id = ` + note + `.id and w.holds and w.signal in ('reached_out', 'went_quiet'))`
}

// countShares counts the shares after $2 up to $3. The bounds are parameters
// and no subquery: so only what lies between them is read.
var countShares = `(select o.content_id, o.stage, o.channel, 0::bigint shown, count(*) shared, count(*) filter (where o.answered),
		count(*) filter (where o.moved), count(*) filter (where o.answered or o.moved), count(*) filter (where o.passed)
	from (select h.content_id, h.stage, coalesce((select i.channel from interactions i where i.id = h.interaction_id), '') channel,
			exists (select from interactions a where a.contact_id = h.contact_id and a.undone_at is null and not a.plan and ` + theirWord("a") + `
				and a.at > h.at and a.at <= h.at + $4::interval and a.id is distinct from h.interaction_id) answered,
			exists (select from moves m where m.contact_id = h.contact_id and m.journey = 'aipee' and m.replaced_at is null
				and m.kind in ('up', 'skipped') and m.at > h.at and m.at <= h.at + $4::interval and m.interaction_id is distinct from h.interaction_id) moved,
			exists (select from signals g join interactions a on a.id = g.interaction_id where g.contact_id = h.contact_id and g.holds
				and g.signal = 'shared_onward' and a.undone_at is null and a.at > h.at and a.at <= h.at + $4::interval) passed
		from shares h where h.team_id = $1 and h.id > $2 and h.id <= $3
			and h.undone_at is null and h.content_id is not null) o
	group by 1, 2, 3)`

// countShown counts the picks that were on a screen, of the suggestions after
// $5 up to $6.
const countShown = `(select c.id, g.stage, '', count(*), 0, 0, 0, 0, 0
	from suggestions g cross join lateral jsonb_array_elements(g.picks) with ordinality p(pick, n)
	join content c on c.id = (p.pick ->> 'content_id')::bigint
	where g.team_id = $1 and g.id > $5 and g.id <= $6 and ` + onScreen + `
	group by 1, 2)`

// settleSome adds some of what is settled to the table and moves the marks; more
// says that there is more of it. Another replica at work has it to itself.
func (s *Store) settleSome(ctx context.Context, team string, now time.Time) (more bool, err error) {
	err = s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `set local statement_timeout = '30s'`); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `insert into tally_marks (team_id) values ($1) on conflict do nothing`, team); err != nil {
			return err
		}
		var share, suggestion int64
		err := tx.QueryRow(ctx, `select share_id, suggestion_id from tally_marks where team_id = $1 for update skip locked`, team).Scan(&share, &suggestion)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		shareTo, shareMore, err := settled(ctx, tx, "shares", team, share, now.Add(-HelpWindow))
		if err != nil {
			return err
		}
		suggestionTo, suggestionMore, err := settled(ctx, tx, "suggestions", team, suggestion, now.Add(-settledAfter))
		if err != nil || shareTo == share && suggestionTo == suggestion {
			return err
		}
		more = shareMore || suggestionMore
		_, err = tx.Exec(ctx, `with counted as (`+countShares+` union all `+countShown+`)
			insert into tallies (team_id, content_id, stage, channel, shown, shared, answered, moved, helped, passed_on)
			select $1, content_id, stage, channel, sum(shown), sum(shared), sum(answered), sum(moved), sum(helped), sum(passed_on)
				from counted c (content_id, stage, channel, shown, shared, answered, moved, helped, passed_on) group by 2, 3, 4
			on conflict (team_id, content_id, stage, channel) do update set shown = tallies.shown + excluded.shown,
				shared = tallies.shared + excluded.shared, answered = tallies.answered + excluded.answered, moved = tallies.moved + excluded.moved,
				helped = tallies.helped + excluded.helped, passed_on = tallies.passed_on + excluded.passed_on`,
			team, share, shareTo, HelpWindow, suggestion, suggestionTo)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `update tally_marks set share_id = $2, suggestion_id = $3 where team_id = $1`, team, shareTo, suggestionTo)
		return err
	})
	return more, err
}

// settled is the id up to which every row of the team is older than before,
// at most some thousands of rows after from. What lies before from is never
// looked at: the walk by number to the first young row would grow with history.
func settled(ctx context.Context, tx pgx.Tx, table, team string, from int64, before time.Time) (to int64, more bool, err error) {
	name := pgx.Identifier{table}.Sanitize()
	err = tx.QueryRow(ctx, `with young as (select min(id) id from `+name+` where team_id = $1 and id > $2 and at >= $3),
		old as (select h.id from `+name+` h, young where h.team_id = $1 and h.id > $2 and (young.id is null or h.id < young.id) order by h.id limit $4)
		select coalesce(max(id), $2), count(*) = $4 from old`, team, from, before, tallyStep).Scan(&to, &more)
	return to, more, err
}
