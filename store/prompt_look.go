package store

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// PromptState is what every replica keeps in memory: the labels of all teams,
// and the trials that run.
type PromptState struct {
	Labels []PromptLabels
	Trials []PromptTrial
}

// PromptState reads it in one round trip. It is small: a row a file that was
// ever edited.
func (s *Store) PromptState(ctx context.Context, now time.Time) (PromptState, error) {
	var st PromptState
	batch := &pgx.Batch{}
	queueMany(batch, selectLabels+`order by team_id, file`, pgx.RowToStructByPos[PromptLabels], &st.Labels)
	queueMany(batch, `select team_id, file, person_id, number, until from prompt_trials where until > $1`,
		pgx.RowToStructByPos[PromptTrial], &st.Trials, now)
	return st, fail("PromptState", s.pool.SendBatch(ctx, batch).Close())
}

// PromptVersions returns the versions of a file with these numbers, those that
// there are.
func (s *Store) PromptVersions(ctx context.Context, team, file string, numbers []int) ([]PromptVersion, error) {
	rows, err := s.pool.Query(ctx, selectVersion+`where team_id = $1 and file = $2 and number = any($3) order by number`, team, file, numbers)
	if err != nil {
		return nil, fail("PromptVersions", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[PromptVersion])
	return all, fail("PromptVersions", err)
}

// PromptLog returns the latest n moves of a file, or of all files where file is
// empty, newest first.
func (s *Store) PromptLog(ctx context.Context, team, file string, n int) ([]PromptMove, error) {
	rows, err := s.pool.Query(ctx, `select file, kind, label, from_number, to_number, share, person_id, reason, at from prompt_moves
		where team_id = $1 and ($2 = '' or file = $2) order by id desc limit $3`, team, file, n)
	if err != nil {
		return nil, fail("PromptLog", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[PromptMove])
	return all, fail("PromptLog", err)
}

// PromptWasLive returns the moves that made a version live, one a version, the
// latest first, at most n. The file itself, version 0, is among them once it
// was replaced.
func (s *Store) PromptWasLive(ctx context.Context, team, file string, n int) ([]PromptMove, error) {
	rows, err := s.pool.Query(ctx, `select distinct on (live) $2::text, kind, 'live', 0, live, 0, person_id, reason, at from (
			select kind, to_number as live, person_id, reason, at, id from prompt_moves
				where team_id = $1 and file = $2 and label = 'live' and kind <> 'refused'
			union all select 'publish', 0, '', '', to_timestamp(0), 0
				where exists (select from prompt_moves where team_id = $1 and file = $2 and label = 'live' and kind <> 'refused')
			) lives order by live, id desc`, team, file)
	if err != nil {
		return nil, fail("PromptWasLive", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[PromptMove])
	if err != nil {
		return nil, fail("PromptWasLive", err)
	}
	slices.SortStableFunc(all, func(a, b PromptMove) int { return b.At.Compare(a.At) })
	return all[:min(n, len(all))], nil
}

// PromptUse is one use of a prompt that has no row of its own to say so.
type PromptUse struct {
	Version   string // name@number, as the workshop gives it
	Engine    string // built-in or model
	Model     string
	Made      string // draft, reminder, digest, questions
	ContactID int64  // 0: about nobody in particular
	PersonID  string
	At        time.Time
}

// UsePrompt keeps what was used.
func (s *Store) UsePrompt(ctx context.Context, team string, u PromptUse) error {
	_, err := s.pool.Exec(ctx, `insert into prompt_uses (team_id, version, engine, model, made, contact_id, person_id, at)
		values ($1, $2, $3, $4, $5, nullif($6::bigint, 0), $7, $8)`, team, u.Version, u.Engine, u.Model, u.Made, u.ContactID, u.PersonID, u.At)
	return fail("UsePrompt", err)
}

// PromptUses returns the latest n uses about a contact that were made for a
// person, newest first.
func (s *Store) PromptUses(ctx context.Context, team, person string, contact int64, n int) ([]PromptUse, error) {
	rows, err := s.pool.Query(ctx, `select version, engine, model, made, coalesce(contact_id, 0), person_id, at from prompt_uses
		where team_id = $1 and person_id = $2 and contact_id = $3 order by id desc limit $4`, team, person, contact, n)
	if err != nil {
		return nil, fail("PromptUses", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[PromptUse])
	return all, fail("PromptUses", err)
}

// SuggestionsTo returns the latest n suggestions about a contact that were made
// to a person, newest first.
func (s *Store) SuggestionsTo(ctx context.Context, team, person string, contact int64, n int) ([]Suggestion, error) {
	rows, err := s.pool.Query(ctx, selectSuggestion+`where team_id = $1 and person_id = $2 and contact_id = $3 order by id desc limit $4`, team, person, contact, n)
	if err != nil {
		return nil, fail("SuggestionsTo", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Suggestion])
	return all, fail("SuggestionsTo", err)
}

// PromptUsed counts how often each version was used since then: in the reasons
// of suggestions, in readings by a model, and wherever [Store.UsePrompt] says.
func (s *Store) PromptUsed(ctx context.Context, team string, since time.Time) (map[string]int, error) {
	rows, err := s.pool.Query(ctx, `select version, sum(n)::int from (
			select wording as version, count(*) as n from suggestions where team_id = $1 and at >= $2 and wording <> '' group by 1
			union all select split_part(g.version, ' ', 1), count(distinct i.id) from interactions i join signals g on g.interaction_id = i.id
				where i.team_id = $1 and i.logged_at >= $2 and i.undone_at is null and g.origin = 'model' group by 1
			union all select version, count(*) from prompt_uses where team_id = $1 and at >= $2 group by 1) all_uses group by 1`, team, since)
	if err != nil {
		return nil, fail("PromptUsed", err)
	}
	used := map[string]int{}
	var version string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&version, &n}, func() error { used[version] = n; return nil })
	return used, fail("PromptUsed", err)
}

// WatchPrompts calls look at once, soon after any replica moved a label, and at
// least every so often, until ctx ends. It listens on a connection of its own,
// outside the pool; where it cannot (a pooler between, a database that is
// away), looking every so often is enough.
func (s *Store) WatchPrompts(ctx context.Context, every time.Duration, look func(context.Context)) {
	for ctx.Err() == nil {
		conn := s.listen(ctx)
		for ctx.Err() == nil {
			look(ctx)
			wait, cancel := context.WithTimeout(ctx, every)
			if conn == nil {
				<-wait.Done()
				cancel()
				break // and try to listen again
			}
			_, err := conn.WaitForNotification(wait)
			timedOut := wait.Err() != nil
			cancel()
			if err != nil && (!timedOut || conn.IsClosed()) {
				break
			}
		}
		if conn != nil {
			closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), PoolWait)
			_ = conn.Close(closing)
			cancel()
		}
	}
}

// listen opens the connection on which moves are heard; nil where it cannot.
func (s *Store) listen(ctx context.Context) *pgx.Conn {
	ctx, cancel := context.WithTimeout(ctx, CommandTimeout)
	defer cancel()
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return nil
	}
	if _, err := conn.Exec(ctx, "listen "+promptChannel); err != nil {
		_ = conn.Close(ctx)
		return nil
	}
	return conn
}

// Preview is a contact that wording may be tried on.
type Preview struct {
	ID       int64
	Name     string
	Company  string
	Industry string
	Stage    string // on the default journey
	Mine     bool   // the person has written about them
}

// PreviewContacts lists contacts that wording may be tried on, the person's own
// first and the latest heard of first. Others' names and notes are not the
// person's to see in a preview: the caller masks them.
func (s *Store) PreviewContacts(ctx context.Context, team, person string, n int) ([]Preview, error) {
	rows, err := s.pool.Query(ctx, `(select c.id, c.name, coalesce(co.name, ''), coalesce(co.industry, ''), coalesce(p.stage, ''), true
			from owners o join contacts c on c.id = o.contact_id and c.removed_at is null
			left join companies co on co.id = c.company_id left join places p on p.contact_id = c.id and p.journey = 'aipee'
			where o.team_id = $1 and o.person_id = $2 order by o.last_at desc, c.id desc limit $3)
		union all (select c.id, c.name, coalesce(co.name, ''), coalesce(co.industry, ''), p.stage, false
			from places p join contacts c on c.id = p.contact_id and c.removed_at is null left join companies co on co.id = c.company_id
			where p.team_id = $1 and p.journey = 'aipee' and not exists (select from owners o where o.contact_id = c.id and o.person_id = $2)
			order by c.id desc limit $3)`, team, person, n)
	if err != nil {
		return nil, fail("PreviewContacts", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Preview])
	return all[:min(n, len(all))], fail("PreviewContacts", err)
}
