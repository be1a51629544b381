package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cairn/store"
	"cairn/store/storetest"
)

// What was below all versions at a move is told by what the folder held then, and a text that
// lay behind a version all the time was never live.
func TestWhatWasBelow(t *testing.T) {
	ctx, st := t.Context(), store.New(storetest.DB(t), nil)
	at := func(s int) time.Time { return time.Unix(int64(1000+s), 0) }
	for i, text := range []string{"one", "two"} {
		if _, _, err := st.SaveDraft(ctx, "T1", store.PromptDraft{File: reasonFile, Text: text, AuthorID: "U1", SeenDraft: i, At: at(0)}); err != nil {
			t.Fatal(err)
		}
	}
	goLive := func(kind string, to, second int) {
		t.Helper()
		seen, err := st.PromptLabels(ctx, "T1", reasonFile)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := st.MovePrompt(ctx, "T1", reasonFile, store.PromptChange{Kind: kind, Seen: seen, Next: store.PromptLabels{Live: to}, PersonID: "U1", At: at(second)}); err != nil {
			t.Fatal(err)
		}
	}
	folder := func(second int, hash string) {
		t.Helper()
		var files []store.PromptFile
		if hash != "" {
			files = append(files, store.PromptFile{File: reasonFile, Hash: hash, Text: "text " + hash, WrittenAt: at(second)})
		}
		if err := st.KeepPromptFiles(ctx, "T1", files, at(second)); err != nil {
			t.Fatal(err)
		}
	}
	goLive(store.PromptPublish, 1, 10) // the original gave way
	folder(20, "aa")                   // behind version 1
	folder(30, "bb")                   // behind it too
	goLive(store.PromptRollback, 0, 40)
	folder(50, "cc") // live at once
	goLive(store.PromptPublish, 2, 60)
	folder(70, "") // the original again, behind version 2
	log, err := st.PromptLog(ctx, "T1", reasonFile, 10)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range log[:3] {
		got = append(got, fmt.Sprintf("%d→%d on %q", m.From, m.To, m.Base))
	}
	if told := strings.Join(got, ", "); told != `0→2 on "cc", 1→0 on "bb", 0→1 on ""` {
		t.Errorf("the log tells %s", told)
	}
	for base, want := range map[string]string{"": "publish by  ", "aa": "never", "bb": "rollback by U1 at 1040", "cc": "file by  at 1050", "dd": "never"} {
		was, err := st.PromptWasLive(ctx, "T1", reasonFile, base)
		if err != nil {
			t.Fatal(err)
		}
		got, versions := "never", 0
		for _, m := range was {
			if m.To > 0 {
				versions++
				continue
			}
			if got = fmt.Sprintf("%s by %s at %d", m.Kind, m.PersonID, m.At.Unix()); m.At.IsZero() {
				got = fmt.Sprintf("%s by %s ", m.Kind, m.PersonID)
			}
		}
		if got != want || versions != 2 {
			t.Errorf("%q: %s and %d versions, want %s", base, got, versions, want)
		}
	}
}
