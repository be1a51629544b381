package store_test

import (
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

// What was given on account of a note stands when it is taken back, and keeps its contact;
// taken back too, it takes along whom nothing else is known of, and nobody else.
func TestAGiftOutlivesItsNote(t *testing.T) {
	t.Parallel()
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`, `insert into content (team_id, title, url, canonical_url) values ('T1', 'Checklist', 'https://x', 'https://x')`)
	st := store.New(pool, nil)
	now := tallyNow.Add(time.Hour)
	out := logsAs(t, st, "U1", "dana ruiz", tallyNow, store.Decision{})
	contact := out.Known.Contact.ID
	var item int64
	must(t, pool.QueryRow(t.Context(), `select id from content`).Scan(&item))
	if _, err := st.AddShare(t.Context(), "T1", contact, store.Share{ContentID: item, Title: "Checklist", PersonID: "U1", Via: "button", At: now}); err != nil {
		t.Fatal(err)
	}
	u := undo(t, st, "U1", out)
	if u.Unmade || !u.Kept || len(u.Given) != 1 || u.Given[0].Title != "Checklist" {
		t.Fatalf("undone: %+v", u)
	}
	if _, gone, err := st.Ungive(t.Context(), "T1", "U1", contact, item, now); err != nil || !gone {
		t.Errorf("taken back: gone %v, %v", gone, err)
	}
	if _, err := st.Contact(t.Context(), "T1", contact); err == nil {
		t.Error("the contact is known still")
	}

	// of whom a note stands, or whom nobody took back, nobody goes
	other := logsAs(t, st, "U1", "kim lee", tallyNow, store.Decision{})
	if _, err := st.AddShare(t.Context(), "T1", other.Known.Contact.ID, store.Share{ContentID: item, Title: "Checklist", PersonID: "U1", Via: "command", At: now}); err != nil {
		t.Fatal(err)
	}
	if _, gone, err := st.Ungive(t.Context(), "T1", "U1", other.Known.Contact.ID, item, now); err != nil || gone {
		t.Errorf("of one who is spoken of: gone %v, %v", gone, err)
	}
}
