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

// selectMoves reads moves, each with what was below all versions at that time: no file that
// came or went since changes what a line of the log tells.
const selectMoves = `select file, kind, label, from_number, to_number, share, person_id, reason, at, ` + baseThen + `, coalesce(asked, '') from prompt_moves m `

const baseThen = `coalesce((select f.hash from prompt_files f where f.team_id = m.team_id and f.file = m.file and f.at <= m.at order by f.id desc limit 1), '')`

// PromptLog returns the latest n moves of a file, or of all files where file is
// empty, newest first.
func (s *Store) PromptLog(ctx context.Context, team, file string, n int) ([]PromptMove, error) {
	rows, err := s.pool.Query(ctx, selectMoves+`where team_id = $1 and ($2 = '' or file = $2) order by id desc limit $3`, team, file, n)
	if err != nil {
		return nil, fail("PromptLog", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[PromptMove])
	return all, fail("PromptLog", err)
}

// PromptLogPart is a part of the log.
type PromptLogPart struct {
	File    string // empty: of all files
	Live    bool   // only what went live, for everybody or a share of the contacts, and the ends of that
	Skip, N int    // N moves at most, behind the latest Skip
}

// PromptLogPart returns a part of the log, newest first, and how many lines there
// are in all: moves, and what became of files of the folder ([PromptOnDisk],
// [PromptFileBroken], [PromptFileUnused]).
func (s *Store) PromptLogPart(ctx context.Context, team string, p PromptLogPart) (moves []PromptMove, all int, err error) {
	const lines = `from (select team_id, file, kind, label, from_number, to_number, share, person_id, reason, at, coalesce(asked, '') as asked, 1 as nth, id from prompt_moves where team_id = $1
			and (not $3 or label = 'live' and kind <> 'refused' or kind in ('split', 'stop'))
		union all select team_id, file, case when wrong = '' then 'file' when hash = '' then 'unused' else 'broken' end, case when behind = 0 then 'live' else 'other' end, behind, behind, 0, '',
			case when wrong = '' then hash else wrong end, at, '', 0, id from prompt_files where team_id = $1 and (not $3 or behind = 0 and wrong = '')) m where $2 = '' or file = $2`
	batch := &pgx.Batch{}
	queueMany(batch, `select file, kind, label, from_number, to_number, share, person_id, reason, at, `+baseThen+`, asked `+lines+` order by at desc, nth desc, id desc limit $4 offset $5`,
		pgx.RowToStructByPos[PromptMove], &moves, team, p.File, p.Live, p.N, p.Skip)
	batch.Queue(`select count(*)::int `+lines, team, p.File, p.Live).QueryRow(func(row pgx.Row) error { return row.Scan(&all) })
	return moves, all, fail("PromptLogPart", s.pool.SendBatch(ctx, batch).Close())
}

// PromptWasLive returns the moves that made a version live, one a version, the
// latest first: the latest that made it live for everybody, with Share 0, else the
// latest that did so for a share of the contacts. Version 0 is among them where the text
// that it is now, the file of the folder of this hash or where base is empty the original,
// was live once; of kind [PromptOnDisk] where a change of the folder made it so, and by
// nobody and at no time where it was live from the beginning.
func (s *Store) PromptWasLive(ctx context.Context, team, file, base string) ([]PromptMove, error) {
	var moves, folder []PromptMove
	batch := &pgx.Batch{}
	queueMany(batch, selectMoves+`where team_id = $1 and file = $2 and (label = 'live' and kind <> 'refused' or kind = 'split') order by id desc`,
		pgx.RowToStructByPos[PromptMove], &moves, team, file)
	queueMany(batch, `select file, 'file', 'live', 0, 0, 0, '', '', at, hash, '' from prompt_files
		where team_id = $1 and file = $2 and hash = $3 and behind = 0 order by wrong = '' desc, id desc limit 1`,
		pgx.RowToStructByPos[PromptMove], &folder, team, file, base)
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return nil, fail("PromptWasLive", err)
	}
	return lived(moves, base, folder), nil
}

// mostBefore bounds how many moves are looked back through for a version that can be used.
const mostBefore = 50

// PromptLiveBefore returns the versions of a file that were live for everybody, what was
// live last first: what each of the latest moves made live, and what it took the place of.
func (s *Store) PromptLiveBefore(ctx context.Context, team, file string) ([]int, error) {
	rows, err := s.pool.Query(ctx, `select unnest(array[to_number, from_number]) from (select id, to_number, from_number from prompt_moves
		where team_id = $1 and file = $2 and label = 'live' and kind <> 'refused' order by id desc limit $3) m`, team, file, mostBefore)
	if err != nil {
		return nil, fail("PromptLiveBefore", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[int])
	return all, fail("PromptLiveBefore", err)
}

// PromptPublished returns the latest move that made a version live for everybody for the
// sake of its text, by publishing it or by keeping it at the end of a split, or
// [ErrNotFound]. From is what it took the place of, Verdict what was told of it then. Version
// 0 as it is now, of which base is as of [Store.PromptWasLive], nobody publishes: it is the
// latest move that made it live and of which something was told.
func (s *Store) PromptPublished(ctx context.Context, team, file string, number int, base string) (m PromptMove, err error) {
	err = s.pool.QueryRow(ctx, `select file, kind, label, from_number, to_number, share, person_id, reason, at, `+baseThen+`, coalesce(verdict, '') from prompt_moves m
		where team_id = $1 and file = $2 and label = 'live' and to_number = $3
			and case when $3 = 0 then kind <> 'refused' and verdict is not null and `+baseThen+` = $6 else kind in ($4, $5) end order by id desc limit 1`,
		team, file, number, PromptPublish, PromptStop, base).
		Scan(&m.File, &m.Kind, &m.Label, &m.From, &m.To, &m.Share, &m.PersonID, &m.Reason, &m.At, &m.Base, &m.Verdict)
	return m, fail("PromptPublished", err)
}

// PromptStep is a version as one of a line of drafts, each made from the one before.
type PromptStep struct {
	Number int
	Parent int // 0: the file
	At     time.Time
}

// PromptLineage follows a version back to what it was made from, the version itself first
// and without a text: up to the first whose parent is the file or one of ends, and over
// most versions at most. [ErrNotFound] where there is no such version.
func (s *Store) PromptLineage(ctx context.Context, team, file string, number int, ends []int, most int) ([]PromptStep, error) {
	rows, err := s.pool.Query(ctx, `with recursive line as (
			select number, parent, created_at, 1 as nth from prompt_versions where team_id = $1 and file = $2 and number = $3
			union all select v.number, v.parent, v.created_at, l.nth + 1 from line l
				join prompt_versions v on v.team_id = $1 and v.file = $2 and v.number = l.parent
				where l.nth < $5 and l.parent <> all(coalesce($4::int[], '{}')))
		select number, parent, created_at from line order by nth`, team, file, number, ends, most)
	if err != nil {
		return nil, fail("PromptLineage", err)
	}
	line, err := pgx.CollectRows(rows, pgx.RowToStructByPos[PromptStep])
	if err == nil && len(line) == 0 {
		err = pgx.ErrNoRows
	}
	return line, fail("PromptLineage", err)
}

// lived picks one move a version, of version 0 also among what the folder did; see
// [Store.PromptWasLive].
func lived(moves []PromptMove, base string, folder []PromptMove) []PromptMove {
	var all []PromptMove
	at := map[int]int{}
	add := func(m PromptMove) {
		if m.Kind != PromptSplit {
			m.Share = 0
		}
		i, known := at[m.To]
		switch {
		case !known:
			at[m.To] = len(all)
			all = append(all, m)
		case all[i].Share > 0 && m.Share == 0, m.To == 0 && m.At.After(all[i].At):
			all[i] = m
		}
	}
	for _, m := range moves {
		if m.To > 0 || m.Base == base {
			add(m)
		}
	}
	for _, m := range folder {
		add(m)
	}
	if i := slices.IndexFunc(moves, func(m PromptMove) bool { return m.From == 0 && m.Base == base }); i >= 0 { // it gave way once
		add(PromptMove{File: moves[i].File, Kind: PromptPublish, Label: "live", Base: base})
	}
	slices.SortStableFunc(all, func(a, b PromptMove) int { return b.At.Compare(a.At) })
	return all
}

// PromptMade says who made of a file what stands.
type PromptMade struct {
	LiveKind, LiveBy string // the move that made live what is; empty where none did
	LiveAt           time.Time
	LiveBase         string // as of that [PromptMove]
	DraftBy          string // who wrote the draft
	DraftAt          time.Time
	SplitBy          string // who began the split that goes on
	SplitAt          time.Time
}

// PromptMakers returns, by file, who made what stands of the files that somebody
// has touched.
func (s *Store) PromptMakers(ctx context.Context, team string) (map[string]PromptMade, error) {
	rows, err := s.pool.Query(ctx, `select l.file, coalesce(m.kind, ''), coalesce(m.person_id, ''), coalesce(m.at, to_timestamp(0)), coalesce(m.base, ''),
			coalesce(d.author_id, ''), coalesce(d.created_at, to_timestamp(0)), coalesce(o.person_id, ''), coalesce(o.at, to_timestamp(0))
		from prompt_labels l
		left join lateral (select kind, person_id, at, `+baseThen+` as base from prompt_moves m where m.team_id = l.team_id and m.file = l.file and m.label = 'live' and m.kind <> 'refused' order by id desc limit 1) m on true
		left join lateral (select person_id, at from prompt_moves m where m.team_id = l.team_id and m.file = l.file and m.kind = 'split' and l.other > 0 order by id desc limit 1) o on true
		left join prompt_versions d on d.team_id = l.team_id and d.file = l.file and d.number = l.draft
		where l.team_id = $1`, team)
	if err != nil {
		return nil, fail("PromptMakers", err)
	}
	made := map[string]PromptMade{}
	var file string
	var m PromptMade
	_, err = pgx.ForEachRow(rows, []any{&file, &m.LiveKind, &m.LiveBy, &m.LiveAt, &m.LiveBase, &m.DraftBy, &m.DraftAt, &m.SplitBy, &m.SplitAt}, func() error { made[file] = m; return nil })
	return made, fail("PromptMakers", err)
}

// PromptUse is one use of a prompt that has no row of its own to say so.
type PromptUse struct {
	Version   string // name@number, as the workshop gives it
	Engine    string // built-in or model
	Model     string
	Made      string // draft, reminder, digest, questions
	ContactID int64  // 0: about nobody in particular
	Channel   string // for which it was worded; empty: for a person
	PersonID  string
	At        time.Time
}

// UsePrompt keeps what was used.
func (s *Store) UsePrompt(ctx context.Context, team string, u PromptUse) error {
	return fail("UsePrompt", s.tx(brief(ctx), func(tx pgx.Tx) error { // in nobody's turn: it changes nothing of the contact
		_, err := tx.Exec(ctx, `insert into prompt_uses (team_id, version, engine, model, made, contact_id, channel, person_id, at)
			values ($1, $2, $3, $4, $5, nullif($6::bigint, 0), $7, $8, $9)`, team, u.Version, u.Engine, u.Model, u.Made, u.ContactID, u.Channel, u.PersonID, u.At)
		return err
	}))
}

// PromptUses returns the latest n uses about a contact that were made for a
// person, newest first.
func (s *Store) PromptUses(ctx context.Context, team, person string, contact int64, n int) ([]PromptUse, error) {
	rows, err := s.pool.Query(ctx, `select version, engine, model, made, coalesce(contact_id, 0), channel, person_id, at from prompt_uses
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

// PromptUsage is where a prompt was used, over its versions.
type PromptUsage struct {
	Name     string
	Made     string // suggestion, reading, move, or as [PromptUse] has it
	Times    int
	Contacts int      // about how many; 0: about nobody in particular
	Channels []string // for which, where it was for channels
}

// TrialMark ends what is recorded of a version that somebody tried on themselves:
// "suggest-reason@3-trial". Such uses count nowhere.
const TrialMark = "-trial"

// modelRead says of a second look, here l, that a model read the note, whatever came of
// it, and that the note stands: it answered, and was asked at all, which it is not where
// a person had decided before.
const modelRead = `l.outcome <> 'failed' and (l.outcome <> 'stood' or l.said is not null)
	and exists (select from interactions i where i.id = l.interaction_id and i.undone_at is null)`

// PromptUsed counts where each prompt was used since then, the most used first: in
// the reasons of suggestions, in second looks by a model as [Store.VersionScores] counts
// them, and wherever [Store.UsePrompt] says; and of what is no prompt, the suggestions that
// were matched, and the moves that stand on each journey. Trials do not count. What it reads
// grows with how much was recorded since: give ctx a deadline.
func (s *Store) PromptUsed(ctx context.Context, team string, since time.Time) ([]PromptUsage, error) {
	first, err := s.firstMove(ctx, since)
	if err != nil {
		return nil, fail("PromptUsed", err)
	}
	rows, err := s.pool.Query(ctx, `with uses as (
			select wording as version, 'suggestion' as made, contact_id, '' as channel, id from suggestions where team_id = $1 and at >= $2 and wording <> '' and silent = ''
			union all select split_part(version, ' ', 1), 'reading', contact_id, '', interaction_id from second_looks l where team_id = $1 and at >= $2 and `+modelRead+`
			union all select version, made, contact_id, channel, id from prompt_uses where team_id = $1 and at >= $2
			union all select 'matching', 'suggestion', contact_id, '', id from suggestions where team_id = $1 and at >= $2 and silent = ''
			union all select journey, 'move', contact_id, '', id from moves where id >= $4 and team_id = $1 and created_at >= $2 and at >= $2 and replaced_at is null)
		select split_part(version, '@', 1), made, count(*)::int, count(distinct contact_id)::int, coalesce(array_agg(distinct channel) filter (where channel <> ''), '{}')
		from uses where version not like '%' || $3 group by 1, 2 order by 3 desc, 2`, team, since, TrialMark, first)
	if err != nil {
		return nil, fail("PromptUsed", err)
	}
	used, err := pgx.CollectRows(rows, pgx.RowToStructByPos[PromptUsage])
	return used, fail("PromptUsed", err)
}

// firstMove returns a number before which no move was made since then. Moves have no index
// by time, for the sake of the lines that make them; but they are numbered as they are made,
// so halving the numbers some thirty times finds it, however many moves there are.
func (s *Store) firstMove(ctx context.Context, since time.Time) (id int64, err error) {
	err = s.pool.QueryRow(ctx, `with recursive halves as (
			select coalesce(min(id), 0) as low, coalesce(max(id), 0) + 1 as high from moves
			union all
			select case when m.created_at < $1 then m.id + 1 else h.low end, case when m.created_at < $1 then h.high else h.middle end
			from (select low, high, (low + high) / 2 as middle from halves where low < high) h
			left join lateral (select id, created_at from moves where id >= h.middle order by id limit 1) m on true)
		select max(low) from halves`, since).Scan(&id)
	return id, err
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
