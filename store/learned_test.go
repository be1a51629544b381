package store_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/store"
	"cairn/store/storetest"
)

// called is a line of somebody's about a name; bare is that without titles, empty where none
// stand there.
func called(person, name, company, bare string) store.Draft {
	d := about(strings.ToLower(name))
	d.Delivery.PersonID = person
	d.Who = store.Who{Name: name, NameKey: strings.ToLower(name), Company: company, CompanyKey: strings.ToLower(company), BareKey: bare}
	return d
}

func recorded(t *testing.T, st *store.Store, d store.Draft) store.Outcome {
	t.Helper()
	out, err := st.LogInteraction(t.Context(), d, plainly)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// chosen is a line that was asked about, and about whom it is said to be.
func chosen(t *testing.T, st *store.Store, d store.Draft, contact int64) store.Outcome {
	t.Helper()
	asked := recorded(t, st, d)
	if len(asked.Ask) == 0 {
		t.Fatalf("%s was not asked about: %+v", d.Who.Name, asked)
	}
	d.DeliveryID, d.ContactID = asked.DeliveryID, contact
	return recorded(t, st, d)
}

// An answer tells another spelling of a whole name, and nothing of what somebody else may be
// called by as well: initials, a family name behind a title, part of a name with a slip.
func TestWhatAnAnswerTells(t *testing.T) {
	for _, c := range []struct {
		known, typed, bare string
		learned            bool
	}{
		{"Omar Farouk", "Dr. Omar Farouk", "omar farouk", true},
		{"Nina Wolf", "Nina Wolff", "", true},
		{"Jean Luc Picard", "JL Picard", "", false},
		{"JL Picard", "Jean Luc Picard", "", false},
		{"Jean Luc Picard", "Dr JL Picard", "jl picard", false},
		{"Orla Brennan", "Ms Brennan", "brennan", false},
		{"Anna Muller Schmidt", "Mueller Schmidt", "", false},
		{"Anna Maria Schmidt", "Dr Anna Schmidt", "anna schmidt", false},
	} {
		pool := storetest.DB(t)
		exec(t, pool, `insert into teams (id) values ('T1')`)
		st := store.New(pool, nil)
		id := recorded(t, st, called("U1", c.known, "Acme", "")).Known.Contact.ID
		out := chosen(t, st, called("U1", c.typed, "Acme", c.bare), id)
		var learned bool
		if err := pool.QueryRow(t.Context(), `select exists (select from aliases where learned_by = $1)`, out.Recorded).Scan(&learned); err != nil || learned != c.learned {
			t.Errorf("%s of %s: learned %v, %v", c.typed, c.known, learned, err)
		}
	}
}

// What one person's answer told is known for that person alone: others are asked.
func TestWhatAnAnswerTellsIsNobodyElses(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	nina := recorded(t, st, called("U1", "Nina Wolf", "Acme", "")).Known.Contact.ID
	recorded(t, st, called("U2", "Nina Wolf", "Acme", ""))
	chosen(t, st, called("U1", "Nina Wolff", "Acme", ""), nina)
	for _, company := range []string{"Acme", ""} {
		if out := recorded(t, st, called("U1", "Nina Wolff", company, "")); out.Recorded == 0 || out.Known.Contact.ID != nina {
			t.Errorf("who answered is asked again: %+v", out)
		}
		if out := recorded(t, st, called("U2", "Nina Wolff", company, "")); len(out.Ask) != 1 || out.Ask[0].ID != nina {
			t.Errorf("another is not asked: recorded as %d", out.Recorded)
		}
		m, err := st.FindOwn(t.Context(), "T1", "U2", called("U2", "Nina Wolff", company, "").Who)
		if err != nil || m.ID != 0 || len(m.Ask) != 1 {
			t.Errorf("another finds %+v, %v", m, err)
		}
	}
	both := []string{"nina wolff", "omar farouk"}
	recorded(t, st, called("U1", "Omar Farouk", "Beta", ""))
	for person, want := range map[string]bool{"U1": true, "U2": false} {
		if are, err := st.ArePeople(t.Context(), "T1", person, store.Who{}, both); err != nil || are != want {
			t.Errorf("two people to %s: %v, %v", person, are, err)
		}
	}
}

// Each who answers is asked no more, whoever did before them, and keeps their own answer
// where another's is taken back.
func TestEachAnswerIsKept(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	nina := recorded(t, st, called("U1", "Nina Wolf", "Acme", "")).Known.Contact.ID
	told := map[string]store.Outcome{}
	knows := func(when, person string, want bool) {
		t.Helper()
		out := recorded(t, st, called(person, "Nina Wolff", "Acme", ""))
		if (out.Recorded != 0) != want || want && out.Known.Contact.ID != nina {
			t.Errorf("%s, %s: recorded as %d", when, person, out.Recorded)
		}
	}
	undo := func(id int64) {
		t.Helper()
		if _, err := st.Undo(t.Context(), "T1", "U1", id, tallyNow, noFold); err != nil {
			t.Fatal(err)
		}
	}
	for _, person := range []string{"U1", "U2", "U3"} {
		told[person] = chosen(t, st, called(person, "Nina Wolff", "Acme", ""), nina)
	}
	knows("after all answered", "U1", true)
	knows("after all answered", "U2", true)
	right, err := st.Restate(t.Context(), "T1", "U2", told["U2"].Recorded, store.Circumstance{At: tallyNow, Channel: "email"}, tallyNow, noFold)
	if err != nil {
		t.Fatal(err)
	}
	knows("put right", "U2", true)
	undo(told["U1"].Recorded)
	knows("U1's taken back", "U1", false)
	knows("U1's taken back", "U2", true)
	knows("U1's taken back", "U3", true)
	if _, err := st.Undo(t.Context(), "T1", "U2", right, tallyNow, noFold); err != nil {
		t.Fatal(err)
	}
	knows("U2's taken back", "U2", false)
	knows("U2's taken back", "U3", true)
	// the version before takes back the name with the answer that it knows, and nobody else's
	exec(t, pool, `delete from aliases`)
	told["U1"] = chosen(t, st, called("U1", "Nina Wolff", "Acme", ""), nina)
	knows("the name gone", "U3", false)
	undo(told["U1"].Recorded)
	var left int
	if err := pool.QueryRow(t.Context(), `select (select count(*) from aliases) + (select count(*) from learned_names)`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d names left, %v", left, err)
	}
	chosen(t, st, called("U3", "Nina Wolff", "Acme", ""), nina)
	another := recorded(t, st, called("U2", "Nina Wolff", "Acme", ""))
	fresh := called("U2", "Nina Wolff", "Acme", "")
	fresh.DeliveryID, fresh.NewContact = another.DeliveryID, true
	recorded(t, st, fresh)
	if err := pool.QueryRow(t.Context(), `select (select count(*) from aliases) + (select count(*) from learned_names)`).Scan(&left); err != nil || left != 0 {
		t.Errorf("somebody is called so: %d names left, %v", left, err)
	}
}

// What the version before did beside this one leaves nobody known by an answer that was taken
// back: it marks a note as undone and no more, and puts one right under a new number without
// its answer.
func TestAnAnswerTakenBackByTheVersionBefore(t *testing.T) {
	pool := storetest.DB(t)
	exec(t, pool, `insert into teams (id) values ('T1')`)
	st := store.New(pool, nil)
	nina := recorded(t, st, called("U1", "Nina Wolf", "Acme", "")).Known.Contact.ID
	told := chosen(t, st, called("U1", "Nina Wolff", "Acme", ""), nina)
	exec(t, pool, fmt.Sprintf(`update interactions set undone_at = now() where id = %d`, told.Recorded))
	told = chosen(t, st, called("U1", "Nina Wolff", "Acme", ""), nina) // asked about again
	if out := recorded(t, st, called("U1", "Nina Wolff", "Acme", "")); out.Recorded == 0 {
		t.Errorf("the answer after it is not known: %+v", out)
	}
	right, err := st.Restate(t.Context(), "T1", "U1", told.Recorded, store.Circumstance{At: tallyNow, Channel: "email"}, tallyNow, noFold)
	if err != nil {
		t.Fatal(err)
	}
	exec(t, pool, fmt.Sprintf(`update aliases set learned_by = %d where learned_by = %d`, told.Recorded, right))
	if _, err := st.Undo(t.Context(), "T1", "U1", right, tallyNow, noFold); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := pool.QueryRow(t.Context(), `select count(*) from aliases`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d names left, %v", left, err)
	}
}
