package store_test

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/store"
	"cairn/store/storetest"
)

// A database that is there is not told to be out of reach: where all its connections
// are taken, where a new one is long in coming beside others, where time ran out.
func TestAilmentOfABusyDatabase(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	open := func(t *testing.T, change func(*pgxpool.Config)) *pgxpool.Pool {
		cfg, err := pgxpool.ParseConfig(url)
		if err != nil {
			t.Fatal(err)
		}
		cfg.MaxConns = 2
		change(cfg)
		pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(pool.Close)
		return pool
	}
	take := func(t *testing.T, pool *pgxpool.Pool, n int) {
		for range n {
			conn, err := pool.Acquire(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(conn.Release)
		}
	}
	full := func(c *pgxpool.Config) { // a server that refuses as one that is full does
		c.ConnConfig.DialFunc = func(context.Context, string, string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			go func() {
				defer theirs.Close()
				server := pgproto3.NewBackend(theirs, theirs)
				if _, err := server.ReceiveStartupMessage(); err == nil {
					server.Send(&pgproto3.ErrorResponse{Severity: "FATAL", SeverityUnlocalized: "FATAL", Code: "53300", Message: "sorry, too many clients already"})
					_ = server.Flush() // whoever asked may be gone
				}
			}()
			return ours, nil
		}
	}
	slowly := func(from int) func(*pgxpool.Config) { // connections of that number and above are long in coming
		return func(c *pgxpool.Config) {
			dial, n := c.ConnConfig.DialFunc, 0
			c.MaxConns = 3
			c.ConnConfig.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
				if n++; n >= from {
					time.Sleep(2 * store.PoolWait)
				}
				return dial(ctx, network, address)
			}
		}
	}
	for name, c := range map[string]struct {
		change func(*pgxpool.Config)
		taken  int
		left   time.Duration
		want   store.Ailment
	}{
		"all of ours taken":           {func(*pgxpool.Config) {}, 2, store.CommandTimeout, store.Crowded},
		"all of the server's taken":   {full, 0, store.CommandTimeout, store.Crowded},
		"no time left":                {func(*pgxpool.Config) {}, 0, 0, store.Slow},
		"a new one is long in coming": {slowly(2), 1, store.CommandTimeout, store.Slow},
		"none ever came":              {slowly(1), 0, store.CommandTimeout, store.Away},
		"nobody listens":              {func(c *pgxpool.Config) { c.ConnConfig.Host, c.ConnConfig.Port = "127.0.0.1", 9 }, 0, store.CommandTimeout, store.Away},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := open(t, c.change)
			take(t, pool, c.taken)
			ctx, cancel := context.WithTimeout(t.Context(), c.left)
			defer cancel()
			err := store.New(pool, nil).Describe(ctx, "T", 1, store.Details{})
			if !errors.Is(err, store.ErrUnavailable) || store.AilmentOf(err) != c.want {
				t.Errorf("ailment %d, %v", store.AilmentOf(err), err)
			}
		})
	}
}

// A commit that a time limit of ours ended is told apart from a broken connection.
func TestAilmentOfALateCommit(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	for _, sql := range []string{`insert into contacts (id, team_id, name, name_key, created_by) overriding system value values (7, 'T', 'Eva', 'eva', 'U')`,
		`create function slowly() returns trigger language plpgsql as 'begin perform pg_sleep(1); return null; end'`,
		`create constraint trigger slowly after update on contacts deferrable initially deferred for each row execute function slowly()`} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 600*time.Millisecond)
	defer cancel()
	if err := store.New(pool, nil).Describe(ctx, "T", 7, store.Details{Title: "CFO"}); !errors.Is(err, store.ErrUnknown) || store.AilmentOf(err) != store.Slow {
		t.Errorf("ailment %d, %v", store.AilmentOf(err), err)
	}
}
