package store

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// ErrHeld marks an [ErrUnavailable] whose cause is that somebody holds what is kept
// of one contact; others' lines are recorded meanwhile. See [HeldBy].
var ErrHeld = errors.New("the contact is held")

// ErrCompanyHeld marks an [ErrUnavailable] whose cause is that somebody holds what is kept of
// one company: lines about its people wait, others' are recorded meanwhile. See [HeldBy].
var ErrCompanyHeld = errors.New("the company is held")

// ErrQueued marks an [ErrUnavailable] whose cause is that too many lines about one contact
// came before in this process: some of them were recorded while it waited, and others'
// lines are meanwhile.
var ErrQueued = errors.New("other lines about the contact came before")

// heldRow is how the server tells, in whatever language, that a wait was for a row
// of a contact, or of a company: it names the row's place and the table.
var heldRow = regexp.MustCompile(`\(\d+,\d+\).*\b(contacts|companies)\b`)

// HeldBy is [ErrHeld] or [ErrCompanyHeld] where something could not be done in time since
// somebody holds the row of a contact, or of a company; nil where that is not so. Not every
// such end can be known for one.
func HeldBy(err error) error {
	var pe *pgconn.PgError
	switch {
	case errors.Is(err, ErrHeld):
		return ErrHeld
	case errors.Is(err, ErrCompanyHeld):
		return ErrCompanyHeld
	case !errors.As(err, &pe) || pe.Code != "55P03" && pe.Code != "57014":
		return nil
	}
	switch m := heldRow.FindStringSubmatch(pe.Where); {
	case m == nil:
		return nil
	case m[1] == "companies":
		return ErrCompanyHeld
	}
	return ErrHeld
}

// Waits lists the server's processes that sessions of Cairn's, of this process or
// another, wait for at this moment, the lowest number first: those that themselves
// wait for nobody, where there are any.
func (s *Store) Waits(ctx context.Context) ([]Holder, error) {
	eye, err := s.acquire(ctx)
	if err != nil {
		return nil, fail("Waits", err)
	}
	defer eye.Release()
	var pids []int64
	err = eye.QueryRow(ctx, `select coalesce(array_agg(pid), '{}') from pg_stat_activity where datname = current_database()
		and usename = current_user and application_name = current_setting('application_name') and wait_event_type = 'Lock'`).Scan(&pids)
	if err != nil || len(pids) == 0 {
		return nil, fail("Waits", err)
	}
	seen := map[int32]*Holder{}
	if err := look(ctx, eye, pids, seen); err != nil {
		return nil, fail("Waits", err)
	}
	all := inOrder(seen)
	if first := slices.DeleteFunc(slices.Clone(all), func(h Holder) bool { return h.Behind != 0 }); len(first) > 0 {
		return first, nil
	}
	return all, nil
}

// HoldersOfRows lists other sessions that hold rows which lines need, of contacts
// and companies, for longer than any line waits: what is recorded about these fails
// meanwhile, all else does not. It looks twice if there are any that hold some at all,
// and leaves out whose transaction is younger than a line may be, where that is to be seen.
func (s *Store) HoldersOfRows(ctx context.Context) ([]Holder, error) {
	before, err := s.holdingRows(ctx)
	if err != nil || len(before) == 0 {
		return nil, fail("HoldersOfRows", err)
	}
	select {
	case <-ctx.Done():
		return nil, fail("HoldersOfRows", ctx.Err())
	case <-time.After(StatementTimeout):
	}
	after, err := s.holdingRows(ctx)
	if err != nil {
		return nil, fail("HoldersOfRows", err)
	}
	seen := map[int32]*Holder{}
	for transaction, h := range after {
		if before[transaction] != nil && (h.For == 0 || h.For >= CommandTimeout) {
			seen[h.PID] = h
		}
	}
	return inOrder(seen), nil
}

// holdingRows gives by their transactions the sessions that have locked or changed
// rows of contacts or companies, or are about to. Which rows the server does not say.
func (s *Store) holdingRows(ctx context.Context) (map[string]*Holder, error) {
	rows, err := s.pool.Query(ctx, `select l.virtualtransaction, l.pid, array_agg(distinct c.relname::text), coalesce(a.application_name, ''), coalesce(a.usename::text, ''),
			coalesce(extract(epoch from clock_timestamp() - a.xact_start), 0)::float8, coalesce((pg_blocking_pids(l.pid))[1], 0)
		from pg_locks l join pg_class c on c.oid = l.relation and c.relnamespace = current_schema()::regnamespace and c.relname in ('contacts', 'companies')
		join pg_database d on d.oid = l.database and d.datname = current_database()
		left join pg_stat_activity a on a.pid = l.pid
		where l.locktype = 'relation' and l.granted and l.mode in ('RowShareLock', 'RowExclusiveLock') and l.pid <> pg_backend_pid()
		group by l.virtualtransaction, l.pid, a.application_name, a.usename, a.xact_start`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]*Holder{}
	for rows.Next() {
		h := &Holder{Rows: true}
		var transaction string
		var seconds float64
		if err := rows.Scan(&transaction, &h.PID, &h.Tables, &h.Application, &h.User, &seconds, &h.Behind); err != nil {
			return nil, err
		}
		h.For = time.Duration(seconds * float64(time.Second))
		all[transaction] = h
	}
	return all, rows.Err()
}
