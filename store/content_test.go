package store_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

func item(n int) store.Content {
	url := fmt.Sprintf("https://library.example/%d", n)
	return store.Content{Title: fmt.Sprint("Item ", n), URL: url, CanonicalURL: url, Education: "results", Gives: "helps", PassOn: true}
}

// stocked is the store of a team whose library has n items, put there at once.
func stocked(t *testing.T, n int, at time.Time) (*store.Store, []int64) {
	t.Helper()
	st := store.New(storetest.DB(t), nil)
	if err := st.SetTeam(t.Context(), "T1", "One"); err != nil {
		t.Fatal(err)
	}
	items := make([]store.Content, n)
	for i := range items {
		items[i] = item(i + 1)
	}
	ids, err := st.PutContent(t.Context(), "T1", "import", at, items...)
	if err != nil {
		t.Fatal(err)
	}
	return st, ids
}

// Of many editors of one item, who all saw the same, one changes it; the others
// are told, and nothing of theirs or his is lost unseen.
func TestEditContentAtOnce(t *testing.T) {
	ctx, now := t.Context(), time.Now()
	st, ids := stocked(t, 2, now)
	all, _, err := st.Library(ctx, "T1")
	if err != nil {
		t.Fatal(err)
	}
	var took, told atomic.Int64
	var editors sync.WaitGroup
	for i := range 50 {
		editors.Go(func() {
			mine := all[0]
			mine.Title = fmt.Sprint("by ", i)
			stands, err := st.EditContent(ctx, "T1", fmt.Sprint("U", i), mine, all[0].Sum(), now)
			for errors.Is(err, store.ErrUnavailable) && ctx.Err() == nil { // a busy machine hands out no connection in time
				stands, err = st.EditContent(ctx, "T1", fmt.Sprint("U", i), mine, all[0].Sum(), now)
			}
			switch {
			case err == nil:
				took.Add(1)
			case errors.Is(err, store.ErrMoved) && stands.Title != all[0].Title:
				told.Add(1)
			default:
				t.Errorf("%v %+v", err, stands)
			}
		})
	}
	editors.Wait()
	log, err := st.ContentChanges(ctx, "T1", ids[0], 100)
	if err != nil || took.Load() != 1 || told.Load() != 49 || len(log) != 2 || log[0].What != store.ContentChanged || log[1].What != store.ContentAdded {
		t.Errorf("%d took, %d told, %d changes: %+v %v", took.Load(), told.Load(), len(log), log, err)
	}
	if other, err := st.ContentLog(ctx, "T2", 10); err != nil || len(other) != 0 {
		t.Errorf("another team sees %+v, %v", other, err)
	}
}

// Every change goes back to how it was before, and only while nobody has changed
// the item since.
func TestPutBackContent(t *testing.T) {
	ctx, now := t.Context(), time.Now()
	st, ids := stocked(t, 1, now)
	library := func() []store.Content {
		t.Helper()
		all, _, err := st.Library(ctx, "T1")
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	latest := func() store.ContentChange {
		t.Helper()
		log, err := st.ContentChanges(ctx, "T1", ids[0], 1)
		if err != nil || len(log) != 1 {
			t.Fatal(log, err)
		}
		return log[0]
	}
	first := library()[0]
	moved := first
	moved.URL, moved.CanonicalURL, moved.Topics = "https://library.example/new", "https://library.example/new", []string{"audit"}
	day := time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)
	moved.Expires = &day
	if _, err := st.EditContent(ctx, "T1", "U1", moved, first.Sum(), now); err != nil {
		t.Fatal(err)
	}
	added := latest().ID
	// its old address is another item's by now: it cannot go back there
	taken, err := st.PutContent(ctx, "T1", "U1", now, item(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.PutBackContent(ctx, "T1", "U2", added, now); !errors.Is(err, store.ErrDuplicate) {
		t.Errorf("back to an address that is taken: %v", err)
	}
	if _, err := st.Pool().Exec(ctx, `delete from content where id = $1`, taken[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := st.PutBackContent(ctx, "T1", "U2", added, now); err != nil {
		t.Fatal(err)
	}
	if all := library(); len(all) != 1 || all[0].Sum() != first.Sum() {
		t.Errorf("after putting back: %+v", all)
	}
	if _, err := st.PutBackContent(ctx, "T1", "U2", added, now); !errors.Is(err, store.ErrMoved) {
		t.Errorf("put back twice: %v", err)
	}
	if err := st.RetireContent(ctx, "T1", "U1", ids[0], moved.Sum(), now); !errors.Is(err, store.ErrMoved) {
		t.Errorf("retired what was seen otherwise: %v", err)
	}
	if err := st.RetireContent(ctx, "T1", "U1", ids[0], first.Sum(), now); err != nil {
		t.Fatal(err)
	}
	if all := library(); len(all) != 0 {
		t.Errorf("after retiring: %+v", all)
	}
	if _, err := st.PutBackContent(ctx, "T1", "U2", latest().ID, now); err != nil || len(library()) != 1 {
		t.Errorf("a retired item did not come back: %v", err)
	}
	if _, err := st.PutBackContent(ctx, "T2", "U2", latest().ID, now); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another team's change: %v", err)
	}
}

// What was retired comes back with what it had, where whoever types it anew left that empty.
func TestAddContentAgain(t *testing.T) {
	ctx, now := t.Context(), time.Now()
	st := store.New(storetest.DB(t), nil)
	if err := st.SetTeam(ctx, "T1", "One"); err != nil {
		t.Fatal(err)
	}
	day := func(n int) *time.Time {
		at := time.Date(now.Year(), now.Month(), now.Day()+n, 0, 0, 0, 0, time.UTC)
		return &at
	}
	for n, c := range []struct {
		name   string
		change func(was, typed, want *store.Content)
	}{
		{"nothing else typed", func(_, _, _ *store.Content) {}},
		{"another kind typed", func(_, typed, want *store.Content) { typed.Kind, want.Kind = "video", "video" }},
		{"over by then", func(was, _, want *store.Content) { was.Expires, want.Expires = day(-3), nil }},
		{"a day typed", func(_, typed, want *store.Content) { typed.Expires, want.Expires = day(9), day(9) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			was := item(n)
			was.Kind, was.Stages, was.Topics, was.Language, was.Owner = "checklist", []string{"engagement"}, []string{"audit"}, "en", "Ines"
			was.ReviewBy, was.Expires = day(30), day(60)
			typed, want := item(n), was
			typed.Title, want.Title = "Typed anew", "Typed anew"
			c.change(&was, &typed, &want)
			ids, err := st.PutContent(ctx, "T1", "U1", now, was)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := st.AddContent(ctx, "T1", "U1", now, typed); !errors.Is(err, store.ErrDuplicate) {
				t.Errorf("added over one that stands: %v", err)
			}
			if err := st.RetireContent(ctx, "T1", "U1", ids[0], was.Sum(), now); err != nil {
				t.Fatal(err)
			}
			stands, err := st.AddContent(ctx, "T1", "U2", now, typed)
			if err != nil || stands.ID != ids[0] || stands.Sum() != want.Sum() {
				t.Errorf("%+v, wanted %+v (%v)", stands, want, err)
			}
			if all, err := st.ContentOf(ctx, "T1", ids); err != nil || all[ids[0]].Sum() != want.Sum() {
				t.Errorf("stands as %+v (%v)", all, err)
			}
			if log, err := st.ContentChanges(ctx, "T1", ids[0], 1); err != nil || log[0].What != store.ContentAdded || log[0].After.Sum() != want.Sum() {
				t.Errorf("kept as %+v (%v)", log, err)
			}
		})
	}
}
