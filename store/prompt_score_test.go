package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

// Readings count by what a model read and what stands of it: not where it failed, where a
// person had decided before it was asked, or where the note was undone.
func TestVersionScoresOfReadings(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx, begun := t.Context(), time.Now().Add(-time.Hour)
	for i, l := range []store.Look{{Outcome: store.LookSame, Said: []string{}}, {Outcome: store.LookTold}, {Outcome: store.LookStood, Said: []string{"replied"}},
		{Outcome: store.LookStood}, {Outcome: store.LookFailed}, {Outcome: store.LookSame, Said: []string{}}} {
		if err := st.Pool().QueryRow(ctx, `insert into contacts (team_id, name, name_key, created_by) values ('T1', $1, $1, 'U1') returning id`, fmt.Sprint("contact ", i)).Scan(&l.ContactID); err != nil {
			t.Fatal(err)
		}
		if err := st.Pool().QueryRow(ctx, `insert into interactions (team_id, author_id, contact_id, note, at, channel, direction, undone_at) values ('T1', 'U1', $1, 'a note', now(), 'email', 'out', case when $2 then now() end) returning id`,
			l.ContactID, i == 5).Scan(&l.InteractionID); err != nil {
			t.Fatal(err)
		}
		l.Version = "read-note@2 small"
		if err := st.KeepLook(ctx, "T1", l); err != nil {
			t.Fatal(err)
		}
	}
	got, err := st.VersionScores(ctx, "T1", "read-note", begun, time.Now().Add(time.Minute))
	if want := []store.VersionScore{{Number: 2, Contacts: 3}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v %v; want %+v", got, err, want)
	}
}

// A contact counts once a version, however often it was used for them, and what an
// editor tried on themselves counts nowhere.
func TestVersionScores(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx, begun := t.Context(), time.Now().Add(-time.Hour)
	if err := st.SetTeam(ctx, "T1", "One"); err != nil {
		t.Fatal(err)
	}
	contacts := make([]int64, 3)
	for i := range contacts {
		if err := st.Pool().QueryRow(ctx, `insert into contacts (team_id, name, name_key, created_by) values ('T1', $1, $1, 'U1') returning id`, fmt.Sprint("contact ", i)).Scan(&contacts[i]); err != nil {
			t.Fatal(err)
		}
	}
	show := func(contact int64, wording string, at time.Time) (id int64) {
		if err := st.Pool().QueryRow(ctx, `insert into suggestions (team_id, contact_id, person_id, stage, seed, wording, at) values ('T1', $1, 'U1', 'permission', 1, $2, $3) returning id`,
			contact, wording, at).Scan(&id); err != nil {
			t.Fatal(err)
		}
		return id
	}
	at := begun.Add(time.Minute)
	for range 5 {
		show(contacts[0], "suggest-reason@0-1a2b3c4d", at)
	}
	show(contacts[1], "suggest-reason@0-9f8e7d6c", at) // the file was changed on disk
	show(contacts[2], "suggest-reason@4", at)
	show(contacts[0], "suggest-reason@4"+store.TrialMark, at)
	show(contacts[1], "suggest-reason@4", begun.Add(-time.Minute))
	for range 4 {
		if err := st.UsePrompt(ctx, "T1", store.PromptUse{Version: "draft-message@4", Engine: "built-in", Made: "draft", ContactID: contacts[0], PersonID: "U1", At: at}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := st.Pool().Exec(ctx, `insert into interactions (team_id, author_id, contact_id, note, at, logged_at, channel, direction) values ('T1', 'U1', $1, 'they wrote', $2, $2, 'email', 'in')`,
		contacts[0], at.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	got, err := st.VersionScores(ctx, "T1", "suggest-reason", begun, time.Now())
	if want := []store.VersionScore{{Number: 0, Contacts: 2}, {Number: 4, Contacts: 1}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v %v; want %+v", got, err, want)
	}
	// given by a note and by a command, each once, and what follows is answered
	note := func(contact int64, direction string, at time.Time) (id int64) {
		if err := st.Pool().QueryRow(ctx, `insert into interactions (team_id, author_id, contact_id, note, at, logged_at, channel, direction) values ('T1', 'U1', $1, 'a note', $2, $2, 'email', $3) returning id`,
			contact, at, direction).Scan(&id); err != nil {
			t.Fatal(err)
		}
		return id
	}
	given := 0
	give := func(contact, interaction int64, at time.Time) {
		given++
		ids, err := st.PutContent(ctx, "T1", "U1", begun, item(given))
		if err != nil {
			t.Fatal(err)
		}
		if fresh, err := st.AddShare(ctx, "T1", contact, store.Share{ContentID: ids[0], Title: "x", PersonID: "U1", Via: "note", InteractionID: interaction, At: at}); err != nil || !fresh {
			t.Fatal(fresh, err)
		}
	}
	give(contacts[2], 0, at.Add(-time.Second)) // before it was suggested
	give(contacts[0], note(contacts[0], "out", at.Add(2*time.Minute)), at.Add(2*time.Minute))
	note(contacts[0], "in", at.Add(3*time.Minute))
	below := note(contacts[1], "out", at.Add(4*time.Minute))
	give(contacts[1], below, at.Add(4*time.Minute))
	if _, err := st.Pool().Exec(ctx, `update suggestions set interaction_id = $2, at = $3 where contact_id = $1 and wording = 'suggest-reason@0-9f8e7d6c'`, contacts[1], below, at.Add(4*time.Minute)); err != nil {
		t.Fatal(err)
	}
	give(contacts[2], 0, time.Now().Add(time.Minute)) // after the end of the split
	got, err = st.VersionScores(ctx, "T1", "suggest-reason", begun, time.Now())
	if want := []store.VersionScore{{Number: 0, Contacts: 2, Given: 1, Answered: 1}, {Number: 4, Contacts: 1}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v %v; want %+v", got, err, want)
	}
	give(contacts[2], 0, at.Add(5*time.Minute))
	got, err = st.VersionScores(ctx, "T1", "suggest-reason", begun, time.Now())
	if want := []store.VersionScore{{Number: 0, Contacts: 2, Given: 1, Answered: 1}, {Number: 4, Contacts: 1, Given: 1}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v %v; want %+v", got, err, want)
	}
	got, err = st.VersionScores(ctx, "T1", "draft-message", begun, time.Now())
	if want := []store.VersionScore{{Number: 4, Contacts: 1, Answered: 1}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v %v; want %+v", got, err, want)
	}
}
