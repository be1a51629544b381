package bot_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot/remind"
	"cairn/store"
	"cairn/store/storetest"
)

// looks counts how often all that stands of a contact is read, which takes a suggestion.
type looks struct{ n atomic.Int64 }

func (*looks) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return ctx
}
func (*looks) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}
func (*looks) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}
func (l *looks) TraceBatchQuery(_ context.Context, _ *pgx.Conn, d pgx.TraceBatchQueryData) {
	if d.SQL == `select from contacts where team_id = $1 and id = $2` { // the first of store.Past
		l.n.Add(1)
	}
}
func (*looks) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

// looking is a pool that counts its looks.
func looking(t *testing.T) (*pgxpool.Pool, *looks) {
	t.Helper()
	cfg := storetest.DB(t).Config()
	var seen looks
	cfg.ConnConfig.Tracer = &seen
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool, &seen
}

// However many wait, the morning and a preview of its lines, which stands within an
// answer's two seconds, look closely at those alone of whom they speak.
func TestMorningLooksAtFew(t *testing.T) {
	t.Parallel()
	pool, seen := looking(t)
	o := openOn(t, pool, nil)
	o.give(t, eli, store.Editor)
	names := strings.Fields("Ann Bea Cleo Dirk Emil Fynn Gus Hans Ida Jonas Kim Lee Max Noa Olaf Pia Quin Rita Sven Tom Una Vera Wim Zoe")
	for _, name := range names {
		o.types(t, eli, "/log", name+" Berg, Gamma: call, asked for the audit checklist")
	}
	o.clock.move(26 * time.Hour) // it is ten in New York

	seen.n.Store(0)
	preview := o.types(t, eli, "/coach", "prompts preview reminder-line")
	if n := seen.n.Load(); n == 0 || n > 15 || !strings.Contains(preview, "has been waiting for you") {
		t.Errorf("for a preview contacts are looked at %d times:\n%s", n, preview)
	}
	seen.n.Store(0)
	o.bot.Tick(t.Context())
	if n := seen.n.Load(); n == 0 || n > remind.MaxLines {
		t.Errorf("for a morning contacts are looked at %d times", n)
	}
	if said := o.latest(t, eli, "This morning"); !strings.Contains(said, fmt.Sprintf("Waiting as well: %d more", len(names)-remind.MaxLines)) {
		t.Error(said)
	}
}

// `/next` alone reads each of those whom it names once, whatever is due to them.
func TestNextLooksOnceAtEach(t *testing.T) {
	t.Parallel()
	pool, seen := looking(t)
	o := openOn(t, pool, nil)
	for _, line := range []string{"Ann Berg, Gamma: call, I'll call her back tomorrow", "Bea Berg, Gamma: call, I'll send her the audit checklist tomorrow", "Cleo Berg, Gamma: call, she decides by tomorrow"} {
		o.types(t, eli, "/log", line)
	}
	o.clock.move(50 * time.Hour)
	seen.n.Store(0)
	said := o.types(t, eli, "/next", "")
	if n := seen.n.Load(); n != 3 || strings.Count(said, "Berg") != 3 {
		t.Errorf("contacts are looked at %d times:\n%s", n, said)
	}
}
