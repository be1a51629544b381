package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
)

// Holder is a process of the server that lines, or messages, have to wait for.
type Holder struct {
	PID         int32
	Tables      []string // what was waited for, by name; empty: it was not to be seen
	Rows        bool     // of the tables only rows, as of one contact
	Application string   // as it calls itself; empty: it does not
	User        string
	For         time.Duration // since its transaction began; 0: not for us to see
	Behind      int32         // a process that it waits for itself; 0: none
}

// Own reports that it calls itself as Cairn's sessions do.
func (h Holder) Own() bool { return h.Application == application }

// Busy reports that it is a session of Cairn's own that has not been at it for longer than
// a line may be: nobody is to blame, there is much to do.
func (h Holder) Busy() bool { return h.Own() && h.For < CommandTimeout }

// mostSought is how often Holders tries until it has seen who is waited for.
const mostSought = 4

// Holders lists the server's processes that TryWrite or TryPost have to wait for,
// the lowest number first. It needs two connections at once.
func (s *Store) Holders(ctx context.Context, jobs ...river.InsertManyParams) ([]Holder, error) {
	// beforehand: a trial waits no longer than a new connection may be in coming
	eye, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, fail("Holders", err)
	}
	defer eye.Release()
	seen := map[int32]*Holder{}
	for range mostSought {
		tried, err := s.seek(ctx, eye, seen, jobs)
		if err != nil {
			return nil, fail("Holders", err)
		}
		if len(seen) > 0 || AilmentOf(tried) != Slow { // else the wait was over before anybody looked
			break
		}
	}
	return inOrder(seen), nil
}

func inOrder(seen map[int32]*Holder) []Holder {
	all := make([]Holder, 0, len(seen))
	for _, h := range seen {
		slices.Sort(h.Tables)
		all = append(all, *h)
	}
	slices.SortStableFunc(all, func(a, b Holder) int { return cmp.Compare(a.PID, b.PID) })
	return all
}

// seek tries lines and a message, and looks meanwhile who is waited for, with eye.
// tried is how the trial ended.
func (s *Store) seek(ctx context.Context, eye *pgxpool.Conn, seen map[int32]*Holder, jobs []river.InsertManyParams) (tried, err error) {
	begun, ended := make(chan uint32, 1), make(chan struct{})
	go func() {
		defer close(ended)
		tried = s.try(ctx, begun, func(ctx context.Context, t *trial) error { return errors.Join(t.lines(ctx, jobs), post(ctx, t)) })
	}()
	var pid uint32
	select {
	case pid = <-begun:
	case <-ended:
		return tried, nil
	}
	for {
		if err := look(ctx, eye, []int64{int64(pid)}, seen); err != nil {
			<-ended
			return tried, err
		}
		select {
		case <-ended:
			return tried, nil
		case <-time.After(trialLock / 10):
		}
	}
}

// look adds to seen whom the processes pids wait for at this moment. Of a row that
// another transaction holds, the waiting process has a lock that tells the table.
func look(ctx context.Context, eye *pgxpool.Conn, pids []int64, seen map[int32]*Holder) error {
	rows, err := eye.Query(ctx, `select p, coalesce(t.relname::text, ''), coalesce(a.application_name, ''), coalesce(a.usename::text, ''),
			coalesce(extract(epoch from clock_timestamp() - a.xact_start), 0)::float8, coalesce((pg_blocking_pids(p))[1], 0), coalesce(t.row, false)
		from unnest($1::int[]) w, unnest(pg_blocking_pids(w)) p
		left join pg_stat_activity a on a.pid = p
		left join lateral (select c.relname, l.locktype = 'tuple' as row from pg_locks l join pg_class c on c.oid = l.relation
			join pg_database d on d.oid = l.database and d.datname = current_database()
			where l.pid = w and (not l.granted or l.locktype = 'tuple') order by l.granted limit 1) t on true
		where p > 0`, pids)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var h Holder
		var table string
		var seconds float64
		if err := rows.Scan(&h.PID, &table, &h.Application, &h.User, &seconds, &h.Behind, &h.Rows); err != nil {
			return err
		}
		h.For = time.Duration(seconds * float64(time.Second))
		if known := seen[h.PID]; known != nil {
			h.Tables, h.Rows = known.Tables, known.Rows && h.Rows
		}
		if table != "" && !slices.Contains(h.Tables, table) {
			h.Tables = append(h.Tables, table)
		}
		seen[h.PID] = &h
	}
	return rows.Err()
}
