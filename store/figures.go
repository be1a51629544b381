package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Scope says whose work, and which time, figures are about. A row counts by
// when it took place: From up to, and without, To.
type Scope struct {
	Team    string
	Journey string
	Reps    []string
	From    time.Time // of the week
	To      time.Time
	Since   time.Time // of the longer look back
}

// Tally is a figure with how many reps stand behind it.
type Tally struct {
	N    int
	Reps int
}

// Weighing reads figures, all of one moment: the transaction sees no change
// that comes meanwhile.
type Weighing struct{ tx pgx.Tx }

// weigh opens a weighing. Its statements may take longer than a command's.
func (s *Store) weigh(ctx context.Context, fn func(Weighing) error) error {
	return s.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `set transaction isolation level repeatable read`); err != nil {
			return err
		}
		// no parallel workers: a digest must not push commands aside
		if _, err := tx.Exec(ctx, fmt.Sprintf(`set local statement_timeout = %d; set local max_parallel_workers_per_gather = 0; set local work_mem = '32MB'`,
			DigestTimeout.Milliseconds())); err != nil {
			return err
		}
		return fn(Weighing{tx})
	})
}

// Weigh reads figures without writing anything.
func (s *Store) Weigh(ctx context.Context, fn func(Weighing) error) error {
	return fail("Weigh", s.weigh(ctx, fn))
}

// Journey is the journey that the team's digests speak of.
func (w Weighing) Journey(ctx context.Context, team string) (name string, err error) {
	err = w.tx.QueryRow(ctx, `select journey from teams where id = $1`, team).Scan(&name)
	return name, err
}

func collect[T any](ctx context.Context, w Weighing, sql string, args ...any) ([]T, error) {
	rows, err := w.tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[T])
}

// MoveTally counts the contacts that moved in one way; From and To are empty
// where all moves of the kind are taken together.
type MoveTally struct {
	Kind, From, To string
	All            bool
	Tally
}

// Moves counts the week's moves by kind, and by kind and stages. Notes are
// found by when they were logged, which is never before they took place; the
// offset keeps the moves from being read from end to end instead.
func (w Weighing) Moves(ctx context.Context, c Scope) ([]MoveTally, error) {
	return collect[MoveTally](ctx, w, `select m.kind, coalesce(m.from_stage, ''), coalesce(m.to_stage, ''), grouping(m.from_stage) = 1,
			count(distinct m.contact_id)::int, count(distinct i.author_id)::int
		from interactions i cross join lateral (select * from moves where interaction_id = i.id and replaced_at is null
			and journey = $2 and at >= $4 and at < $5 offset 0) m
		where i.team_id = $1 and i.logged_at >= $4 and i.undone_at is null and i.author_id = any($3)
		group by grouping sets ((m.kind), (m.kind, m.from_stage, m.to_stage))`, c.Team, c.Journey, c.Reps, c.From, c.To)
}

// StandTally counts the contacts at a stage, with this status.
type StandTally struct {
	Stage, Status string
	Tally
}

// Stand counts where the reps' contacts stand now.
func (w Weighing) Stand(ctx context.Context, c Scope) ([]StandTally, error) {
	return collect[StandTally](ctx, w, `select p.stage, p.status, count(distinct p.contact_id)::int, count(distinct o.person_id)::int
		from owners o join contacts c on c.id = o.contact_id and c.removed_at is null
		join places p on p.contact_id = o.contact_id and p.journey = $2
		where o.team_id = $1 and o.person_id = any($3) group by p.stage, p.status`, c.Team, c.Journey, c.Reps)
}

// GivenTally is what became of an item that was given since Since: to how many
// contacts, and how many of them answered, moved on or passed it on within
// [HelpWindow]. Stage is where they stood; All: wherever.
type GivenTally struct {
	ContentID int64
	Stage     string
	All       bool
	Answered  int
	Moved     int
	Passed    int
	Tally
}

// Given weighs the items that the reps gave.
func (w Weighing) Given(ctx context.Context, c Scope) ([]GivenTally, error) {
	return collect[GivenTally](ctx, w, `with judged as (select g.content_id, g.stage, g.person_id,
			exists (select from interactions a where a.contact_id = g.contact_id and a.at > g.at and a.at <= g.at + $6::interval
				and a.at < $5 and `+theirWord("a")+` and not a.plan and a.undone_at is null) as answered,
			exists (select from moves m where m.contact_id = g.contact_id and m.journey = $2 and m.replaced_at is null and m.kind in ('up', 'skipped')
				and m.at > g.at and m.at <= g.at + $6::interval and m.at < $5) as moved,
			exists (select from interactions a join signals s on s.interaction_id = a.id and s.signal = 'shared_onward' and s.holds
				where a.contact_id = g.contact_id and a.at > g.at and a.at <= g.at + $6::interval and a.at < $5 and a.undone_at is null) as passed
			from shares g where g.team_id = $1 and g.at >= $4 and g.at < $5 and g.undone_at is null and g.content_id is not null and g.person_id = any($3))
		select content_id, coalesce(stage, ''), grouping(stage) = 1, count(*) filter (where answered)::int, count(*) filter (where moved)::int,
			count(*) filter (where passed)::int, count(*)::int, count(distinct person_id)::int
		from judged group by grouping sets ((content_id), (content_id, stage))`, c.Team, c.Journey, c.Reps, c.Since, c.To, HelpWindow)
}

// ShownTally is how often an item was on a rep's screen as a suggestion.
type ShownTally struct {
	ContentID int64
	Tally
}

// Shown counts the suggestions that were seen.
func (w Weighing) Shown(ctx context.Context, c Scope) ([]ShownTally, error) {
	return collect[ShownTally](ctx, w, `select (p.pick ->> 'content_id')::bigint, count(*)::int, count(distinct g.person_id)::int
		from suggestions g cross join lateral jsonb_array_elements(g.picks) with ordinality p(pick, n)
		where g.team_id = $1 and g.at >= $3 and g.at < $4 and g.person_id = any($2) and `+onScreen+` group by 1`, c.Team, c.Reps, c.Since, c.To)
}

// Item is what a digest needs to know of an item.
type Item struct {
	ID     int64
	Title  string
	URL    string
	Stages []string
	PassOn bool
	Stale  bool // past its review or its end at To
}

// Items lists the team's library.
func (w Weighing) Items(ctx context.Context, c Scope) ([]Item, error) {
	return collect[Item](ctx, w, `select id, title, url, stages, pass_on, coalesce(review_by < $2::date, false) or coalesce(expires < $2::date, false)
		from content where team_id = $1 and retired_at is null order by id`, c.Team, c.To)
}

// UseWeek says that an item was given, by anybody, in a week counted back from
// To: 0 is the week before To.
type UseWeek struct {
	ContentID int64
	Week      int
}

// Uses lists in which weeks since then each item was given.
func (w Weighing) Uses(ctx context.Context, c Scope, since time.Time) ([]UseWeek, error) {
	return collect[UseWeek](ctx, w, `select distinct content_id, floor(extract(epoch from $3::timestamptz - at) / 604800.00001)::int from shares
		where team_id = $1 and at >= $2 and at < $3 and undone_at is null and content_id is not null`, c.Team, since, c.To)
}

// FollowTally counts leaves to write and questions, by the week (back from To)
// in which they came, and how many of them nothing of ours followed within
// five working days, which is seven days of the calendar.
type FollowTally struct {
	Week       int // -1: all weeks
	Unfollowed int
	Tally
}

// leave are the signals of somebody who lets us write, or asks.
const leave = `('connected', 'subscribed', 'gave_contact', 'asked_for_more')`

// Followed counts them.
func (w Weighing) Followed(ctx context.Context, c Scope) ([]FollowTally, error) {
	return collect[FollowTally](ctx, w, followed("$1", "$2", "$3", "$4")+`select coalesce(week, -1), count(*) filter (where answer is null or answer > at + interval '7 days')::int,
			count(*)::int, count(distinct author_id)::int
		from (select *, floor(extract(epoch from $4::timestamptz - at) / 604800.00001)::int as week from answered) a
		group by grouping sets ((), (week))`, c.Team, c.Reps, c.Since, c.To)
}

// Waiting counts the contacts who wait still, by stage; Stage "" and All: all. Whether
// they are to be left until a day is told as of now, by the scope's last day.
func (w Weighing) Waiting(ctx context.Context, c Scope) ([]StandTally, error) {
	return collect[StandTally](ctx, w, followed("$1", "$2", "$3", "$4")+`select coalesce(x.stage, ''), case when grouping(x.stage) = 1 then 'all' else '' end,
			count(distinct x.contact_id)::int, count(distinct x.author_id)::int
		from `+stillWaiting("$5", "$4", "$6::date", "$7")+` join contacts c on c.id = x.contact_id and c.removed_at is null
		group by grouping sets ((), (x.stage))`, c.Team, c.Reps, c.Since, c.To, c.Journey, c.To, aheadOfUTC(c.To))
}

// KindTally is a figure of a kind; Kind "": of all.
type KindTally struct {
	Kind string
	Tally
}

// Exchanges counts what came back in the week.
func (w Weighing) Exchanges(ctx context.Context, c Scope) ([]KindTally, error) {
	return collect[KindTally](ctx, w, `select coalesce(kind, ''), count(*)::int, count(distinct person_id)::int from exchanges
		where team_id = $1 and at >= $3 and at < $4 and undone_at is null and person_id = any($2)
		group by grouping sets ((), (kind))`, c.Team, c.Reps, c.From, c.To)
}

// Ready counts the contacts of whom something may be asked now, none of the reps owing them a
// step that is due, and who stand at one of the stages now: what was given, asked and said later
// than the scope counts too. Only whether an ask rests still, and a step is due, is told as of
// the scope's end.
func (w Weighing) Ready(ctx context.Context, c Scope, journey string, stages []string) (Tally, error) {
	all, err := collect[Tally](ctx, w, `with ready as materialized (select p.contact_id from `+ownedOnce("$1", "$3")+`
			join contacts c on c.id = o.contact_id and c.removed_at is null
			join places p on p.contact_id = o.contact_id and p.journey = $2 and p.stage = any($4)
			where `+ofReps("$3", "$6::date", "$7").mayBeAsked("$5")+`)
		select (select count(*) from ready)::int, (select count(distinct o.person_id) from ready r join owners o on o.contact_id = r.contact_id
			where o.person_id = any($3))::int`, c.Team, journey, c.Reps, stages, restsFrom(c.To), c.To, aheadOfUTC(c.To))
	if err != nil {
		return Tally{}, err
	}
	return all[0], nil
}

// ofReps is how all of the reps together look.
func ofReps(reps, day, zone string) sight {
	return sight{person: "any(" + reps + ")", day: day, zone: zone}
}

// ownedOnce is each contact o of the reps once, however many of them look after it: what
// is asked of a contact, such as earned, is then asked once.
func ownedOnce(team, reps string) string {
	return `(select distinct contact_id from owners where team_id = ` + team + ` and person_id = any(` + reps + `)) o`
}

// GapTally counts the contacts for whom the library had nothing (more), by
// where they stand and what their company does.
type GapTally struct {
	Stage, Industry string
	Tally
}

// Gaps lists those of the reps' contacts before To, the largest first; as [Store.Gaps] has
// them, so that a digest tells of none that is filled.
func (w Weighing) Gaps(ctx context.Context, c Scope) ([]GapTally, error) {
	return collect[GapTally](ctx, w, `select open.stage, open.industry, count(distinct open.contact_id)::int as n, count(distinct o.person_id)::int
		from (select g.stage, g.industry, g.contact_id `+openGaps("$1", "$4")+` and g.at < $3) open
		join owners o on o.contact_id = open.contact_id and o.person_id = any($2)
		group by 1, 2 order by n desc, 1, 2 limit 20`, c.Team, c.Reps, c.To, c.To.Add(-gapLife))
}

// Passers are the reps who gave something that was passed on or answered in the
// week, and have said that they may be thanked by name; by name.
func (w Weighing) Passers(ctx context.Context, c Scope) ([]string, error) {
	rows, err := w.tx.Query(ctx, `select distinct p.name from interactions i join signals s on s.interaction_id = i.id and s.holds and s.signal = 'shared_onward'
		join shares h on h.contact_id = i.contact_id and h.undone_at is null and h.at < i.at and h.at >= i.at - $5::interval
		join people p on p.team_id = i.team_id and p.id = h.person_id and p.settings @> '{"thanks": true}'
		where i.team_id = $1 and i.logged_at >= $3 and i.at >= $3 and i.at < $4 and i.undone_at is null and h.person_id = any($2) order by 1`,
		c.Team, c.Reps, c.From, c.To, HelpWindow)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// Earlier returns the figures of the channel's digest before that week, frozen
// as they were said, or nil.
func (w Weighing) Earlier(ctx context.Context, team, channel string, year, week, limit int) ([]Digest, error) {
	return collect[Digest](ctx, w, selectDigest+`where team_id = $1 and channel = $2 and kind = 'weekly' and (iso_year, iso_week) < ($3, $4)
		order by iso_year desc, iso_week desc limit $5`, team, channel, year, week, limit)
}

// SetThanks keeps whether somebody may be thanked by name in a digest.
func (s *Store) SetThanks(ctx context.Context, team, person string, may bool) error {
	setting, _ := json.Marshal(map[string]bool{"thanks": may})
	_, err := s.pool.Exec(ctx, `update people set settings = settings || $3 where team_id = $1 and id = $2`, team, person, json.RawMessage(setting))
	return fail("SetThanks", err)
}
