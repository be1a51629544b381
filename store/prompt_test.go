package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

const reasonFile = "suggest-reason.prompt"

// Fifty editors save at once, each having begun at the same draft: one is
// first, every other is told, and no words are lost.
func TestConcurrentEdits(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	const editors = 50
	errs := make([]error, editors)
	var wg sync.WaitGroup
	for i := range editors {
		wg.Go(func() {
			for { // a pool with few connections refuses some at once: that is told, and tried again
				_, _, errs[i] = st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: fmt.Sprintf("text of editor %d", i), AuthorID: fmt.Sprint("U", i)})
				if !errors.Is(errs[i], store.ErrUnavailable) {
					return
				}
			}
		})
	}
	wg.Wait()
	first := 0
	for i, err := range errs {
		switch {
		case err == nil:
			first++
		case !errors.Is(err, store.ErrMoved):
			t.Errorf("editor %d: %v", i, err)
		}
	}
	if first != 1 {
		t.Errorf("%d editors were first, want 1", first)
	}
	numbers := make([]int, editors)
	for i := range numbers {
		numbers[i] = i + 1
	}
	kept, err := st.PromptVersions(ctx, "T1", reasonFile, numbers)
	if err != nil || len(kept) != editors {
		t.Fatalf("%d versions are kept, %v; want %d", len(kept), err, editors)
	}
	texts := map[string]bool{}
	for _, v := range kept {
		texts[v.Text] = true
	}
	if len(texts) != editors {
		t.Errorf("%d different texts, want %d", len(texts), editors)
	}
	log, err := st.PromptLog(ctx, "T1", reasonFile, 100)
	drafts := 0
	for _, m := range log {
		if !m.Aside() {
			drafts++
		}
	}
	if err != nil || len(log) != editors || drafts != 1 {
		t.Errorf("the log tells %d edits and %d drafts, %v; want %d and 1", len(log), drafts, err, editors)
	}
}

// Fifty editors who look again after each refusal all get their edit in, one
// after the other, and the chain of parents misses none.
func TestConcurrentEditsInTurn(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	const editors = 50
	var wg sync.WaitGroup
	for i := range editors {
		wg.Go(func() {
			for {
				l, err := st.PromptLabels(ctx, "T1", reasonFile)
				if err == nil {
					_, _, err = st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: fmt.Sprint(i), AuthorID: fmt.Sprint("U", i),
						Parent: l.Draft, SeenLive: l.Live, SeenDraft: l.Draft})
				}
				switch {
				case err == nil:
					return
				case !errors.Is(err, store.ErrMoved) && !errors.Is(err, store.ErrUnavailable):
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	l, err := st.PromptLabels(ctx, "T1", reasonFile)
	if err != nil {
		t.Fatal(err)
	}
	labelled := 0
	for n := l.Draft; n != 0; labelled++ {
		v, err := st.PromptVersion(ctx, "T1", reasonFile, n)
		if err != nil {
			t.Fatal(err)
		}
		n = v.Parent
	}
	if labelled != editors {
		t.Errorf("%d edits stand on each other, want %d", labelled, editors)
	}
}

func TestMovePrompt(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	v, l, err := st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: "one", AuthorID: "U1", Reason: "shorter"})
	if err != nil || v.Number != 1 || l.Draft != 1 || l.Live != 0 {
		t.Fatalf("%+v %+v %v", v, l, err)
	}
	next := store.PromptLabels{Live: 1}
	publish := store.PromptChange{Kind: store.PromptPublish, Seen: l, Next: next, PersonID: "U1", Reason: "shorter", At: time.Unix(100, 0)}
	now, err := st.MovePrompt(ctx, "T1", reasonFile, publish)
	if err != nil || now.Live != 1 || now.Draft != 0 {
		t.Fatalf("%+v %v", now, err)
	}
	if stands, err := st.MovePrompt(ctx, "T1", reasonFile, publish); !errors.Is(err, store.ErrMoved) || stands.Live != 1 {
		t.Errorf("published twice: %+v %v", stands, err)
	}
	if _, err := st.MovePrompt(ctx, "T1", reasonFile, store.PromptChange{Kind: store.PromptPublish, Seen: now, Next: store.PromptLabels{Live: 9}}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a version that does not exist: %v", err)
	}
	if other, err := st.PromptLabels(ctx, "T2", reasonFile); err != nil || other.Live != 0 {
		t.Errorf("another team sees %+v, %v", other, err)
	}
	if _, err := st.MovePrompt(ctx, "T1", reasonFile, store.PromptChange{Kind: store.PromptRollback, Seen: now, PersonID: "U2", At: time.Unix(200, 0)}); err != nil {
		t.Fatal(err)
	}
	was, err := st.PromptWasLive(ctx, "T1", reasonFile, "")
	if err != nil || len(was) != 2 || was[0].To != 0 || was[1].To != 1 {
		t.Errorf("was live: %+v %v", was, err)
	}
	for _, sql := range []string{`update prompt_versions set text = 'changed'`, `update prompt_moves set reason = 'changed'`} {
		if _, err := st.Pool().Exec(ctx, sql); err == nil || !strings.Contains(err.Error(), "never changed") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// What is kept of the workshop is not deleted, row by row or as a whole, by whatever
// hand; it goes with its whole team alone.
func TestPromptsStay(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	at := time.Unix(100, 0)
	for _, team := range []string{"T1", "T2"} {
		if _, err := st.Pool().Exec(ctx, `insert into teams (id) values ($1)`, team); err != nil {
			t.Fatal(err)
		}
		if _, _, err := st.SaveDraft(ctx, team, store.PromptDraft{File: reasonFile, Text: "one", AuthorID: "U1", At: at}); err != nil {
			t.Fatal(err)
		}
		if err := st.KeepPromptFiles(ctx, team, []store.PromptFile{{File: reasonFile, Hash: "ab", WrittenAt: at}}, at); err != nil {
			t.Fatal(err)
		}
	}
	rows := func() (n int) {
		t.Helper()
		err := st.Pool().QueryRow(ctx, `select (select count(*) from prompt_versions) + (select count(*) from prompt_moves) + (select count(*) from prompt_files)`).Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, table := range []string{"prompt_versions", "prompt_moves", "prompt_files"} {
		for _, sql := range []string{"delete from " + table, "delete from " + table + " where team_id = 'T1'", "truncate " + table, "truncate " + table + " cascade"} {
			if _, err := st.Pool().Exec(ctx, sql); err == nil || !strings.Contains(err.Error(), "never deleted") {
				t.Errorf("%s: %v", sql, err)
			}
		}
	}
	if _, err := st.Pool().Exec(ctx, `update prompt_files set hash = 'other'`); err == nil || !strings.Contains(err.Error(), "never changed") {
		t.Errorf("a file's line was changed: %v", err)
	}
	if n := rows(); n != 6 {
		t.Errorf("%d rows are left, want 6", n)
	}
	if err := st.EraseTeam(ctx, "T1"); err != nil {
		t.Fatal(err)
	}
	if n := rows(); n != 3 {
		t.Errorf("%d rows are left of the other team, want 3", n)
	}
}

// The log tells each time that a file of the folder came, was changed or went, once
// however many replicas tell it, and which version stood in front of it.
func TestKeepPromptFiles(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	keep := func(second int64, hashes ...string) {
		t.Helper()
		var files []store.PromptFile
		for i, h := range hashes {
			files = append(files, store.PromptFile{File: fmt.Sprintf("%d.prompt", i), Hash: h, WrittenAt: time.Unix(second, 0)})
		}
		for range 2 {
			if err := st.KeepPromptFiles(ctx, "T1", files, time.Unix(second, 0)); err != nil {
				t.Fatal(err)
			}
		}
	}
	keep(1)
	keep(2, "aa", "bb")
	_, l, err := st.SaveDraft(ctx, "T1", store.PromptDraft{File: "0.prompt", Text: "one", AuthorID: "U1", At: time.Unix(3, 0)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.MovePrompt(ctx, "T1", "0.prompt", store.PromptChange{Kind: store.PromptPublish, Seen: l, Next: store.PromptLabels{Live: 1}, PersonID: "U1", At: time.Unix(4, 0)}); err != nil {
		t.Fatal(err)
	}
	keep(5, "cc", "bb")
	keep(6, "cc")
	tell := func(live bool) (told []string) {
		t.Helper()
		moves, all, err := st.PromptLogPart(ctx, "T1", store.PromptLogPart{Live: live, N: 100})
		if err != nil || all != len(moves) {
			t.Fatalf("%d of %d, %v", len(moves), all, err)
		}
		for _, m := range moves {
			told = append(told, fmt.Sprintf("%d %s %s %s %d %s", m.At.Unix(), m.File, m.Kind, m.Label, m.From, m.Reason))
		}
		return told
	}
	want := []string{"6 1.prompt file live 0 ", "5 0.prompt file other 1 cc", "4 0.prompt publish live 0 ", "3 0.prompt edit draft 0 ", "2 1.prompt file live 0 bb", "2 0.prompt file live 0 aa"}
	if got := tell(false); !slices.Equal(got, want) {
		t.Errorf("the log tells %q, want %q", got, want)
	}
	if got := tell(true); !slices.Equal(got, []string{want[0], want[2], want[4], want[5]}) {
		t.Errorf("of what went live it tells %q", got)
	}
	if moves, all, err := st.PromptLogPart(ctx, "T1", store.PromptLogPart{File: "1.prompt", N: 1, Skip: 1}); err != nil || all != 2 || len(moves) != 1 || moves[0].Reason != "bb" {
		t.Errorf("its second page: %+v of %d, %v", moves, all, err)
	}
}

// A replica hears of a move by the notification: its polling is set to an hour.
func TestWatchPrompts(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	seen := make(chan int, 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		st.WatchPrompts(ctx, time.Hour, func(ctx context.Context) {
			state, err := st.PromptState(ctx, time.Now())
			if err == nil {
				seen <- len(state.Labels)
			}
		})
	}()
	if n := <-seen; n != 0 {
		t.Fatalf("%d labels before any edit", n)
	}
	if _, _, err := st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: "one", AuthorID: "U1"}); err != nil {
		t.Fatal(err)
	}
	select {
	case n := <-seen:
		if n != 1 {
			t.Errorf("%d labels after the edit", n)
		}
	case <-ctx.Done():
		t.Error("the move was never heard of")
	}
	stop()
	<-done
}

func TestPromptUsed(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx, now := t.Context(), time.Now()
	for _, u := range []store.PromptUse{
		{Version: "draft-message@2", Engine: "built-in", Made: "draft", PersonID: "U1"},
		{Version: "draft-message@0-1a2b3c4d", Engine: "built-in", Made: "draft", PersonID: "U1"},
		{Version: "draft-message@3" + store.TrialMark, Engine: "built-in", Made: "draft", PersonID: "U1"},
		{Version: "digest-lines@2", Engine: "built-in", Made: "digest-lines", Channel: "C1"},
		{Version: "digest-lines@2", Engine: "built-in", Made: "digest-lines", Channel: "C2"},
		{Version: "digest-lines@2", Engine: "built-in", Made: "digest-lines", Channel: "C2"},
	} {
		u.At = now
		if err := st.UsePrompt(ctx, "T1", u); err != nil {
			t.Fatal(err)
		}
	}
	var contact int64
	if err := st.Pool().QueryRow(ctx, `insert into contacts (team_id, name, name_key, created_by) values ('T1', 'Dana', 'dana', 'U1') returning id`).Scan(&contact); err != nil {
		t.Fatal(err)
	}
	// whatever came of it, but where nothing was read: the model failed, was not asked since a
	// person had decided, or read what was undone since
	for note, l := range map[int64]store.Look{7: {Outcome: "same"}, 8: {Outcome: "told"}, 9: {Outcome: "failed"}, 10: {Outcome: "stood"}, 11: {Outcome: "stood", Said: []string{}}, 12: {Outcome: "same"}} {
		if _, err := st.Pool().Exec(ctx, `insert into interactions (id, team_id, contact_id, author_id, at, channel, direction, note) overriding system value values ($1, 'T1', $2, 'U1', now(), 'other', 'out', 'call')`, note, contact); err != nil {
			t.Fatal(err)
		}
		if err := st.KeepLook(ctx, "T1", store.Look{InteractionID: note, ContactID: contact, Version: "read-note@0-8ef5824b gpt-4o-mini", Outcome: l.Outcome, Said: l.Said}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := st.Pool().Exec(ctx, `update interactions set undone_at = now() where id = 12`); err != nil {
		t.Fatal(err)
	}
	read, err := st.PromptUsed(ctx, "T1", now.Add(-time.Hour))
	at := slices.IndexFunc(read, func(u store.PromptUsage) bool { return u.Name == "read-note" })
	if err != nil || at < 0 || read[at].Made != "reading" || read[at].Times != 3 || read[at].Contacts != 1 {
		t.Errorf("of second looks is told %+v, %v", read, err)
	}
	if _, err := st.Pool().Exec(ctx, `delete from contacts where id = $1`, contact); err != nil {
		t.Fatal(err)
	}
	used, err := st.PromptUsed(ctx, "T1", now.Add(-time.Hour))
	if err != nil || len(used) != 2 || used[0].Name != "digest-lines" || used[0].Times != 3 || len(used[0].Channels) != 2 || used[1].Times != 2 || used[1].Contacts != 0 {
		t.Errorf("%+v %v", used, err)
	}
}

// Whatever was live is remembered: also what became so for everybody by the end of
// a split, and what was so for a share only. A rollback in a split ends it, and the
// log tells that from, to and for whom.
func TestSplitIsRemembered(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx := t.Context()
	move := func(c store.PromptChange) (l store.PromptLabels) {
		t.Helper()
		l, err := st.MovePrompt(ctx, "T1", reasonFile, c)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	draft := func(l store.PromptLabels, text string) store.PromptLabels {
		t.Helper()
		_, l, err := st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: text, AuthorID: "U1", SeenLive: l.Live, SeenDraft: l.Draft})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	l := draft(store.PromptLabels{}, "one")
	if err := st.TryPrompt(ctx, store.PromptTrial{TeamID: "T1", File: reasonFile, PersonID: "U1", Number: 1, Until: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	l = move(store.PromptChange{Kind: store.PromptSplit, Seen: l, Next: store.PromptLabels{Other: 1, Share: 50}})
	if s, err := st.PromptState(ctx, time.Now()); err != nil || len(s.Trials) != 0 {
		t.Errorf("the trial goes on: %+v %v", s.Trials, err)
	}
	l = move(store.PromptChange{Kind: store.PromptStop, Seen: l, Next: store.PromptLabels{Live: 1}, Reason: "it reads better"})
	l = draft(l, "two")
	l = move(store.PromptChange{Kind: store.PromptSplit, Seen: l, Next: store.PromptLabels{Live: 1, Other: 2, Share: 30}})
	move(store.PromptChange{Kind: store.PromptRollback, Seen: l})
	log, err := st.PromptLog(ctx, "T1", reasonFile, 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range log {
		got = append(got, fmt.Sprintf("%s %s %d→%d %d", m.Kind, m.Label, m.From, m.To, m.Share))
	}
	want := []string{"rollback live 1→0 0", "stop other 2→1 30", "split other 1→2 30", "edit draft 0→2 0", "stop live 0→1 50", "split other 0→1 50", "edit draft 0→1 0"}
	if !slices.Equal(got, want) {
		t.Errorf("the log tells\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	was, err := st.PromptWasLive(ctx, "T1", reasonFile, "")
	if err != nil || len(was) != 3 || was[0].To != 0 || was[1].To != 2 || was[1].Share != 30 || was[2].To != 1 || was[2].Share != 0 || was[2].Reason != "it reads better" {
		t.Errorf("was live: %+v %v", was, err)
	}
	made, err := st.PromptMakers(ctx, "T1")
	if err != nil || made[reasonFile].LiveKind != store.PromptRollback {
		t.Errorf("made by: %+v %v", made, err)
	}
}
