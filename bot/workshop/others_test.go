package workshop_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cairn/bot/workshop"
	"cairn/store"
	"cairn/store/storetest"
)

// Two processes with unequal folders: one of them says so, once it has lasted, and not any
// more when the folders are alike.
func TestOthersDiffer(t *testing.T) {
	st, files := store.New(storetest.DB(t), nil), embedded(t)
	now := time.Date(2026, time.March, 14, 9, 0, 0, 0, time.UTC)
	var logged bytes.Buffer
	begin := func(dir string) *workshop.Live {
		t.Helper()
		l, err := workshop.New(files, dir, team, st, func() time.Time { return now }, slog.New(slog.NewTextHandler(&logged, nil)))
		if err != nil {
			t.Fatal(err)
		}
		look(t, l)
		return l
	}
	dir := t.TempDir()
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, reasonFile), []byte(strings.Replace(files[reasonFile], "not yet sent to", text, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("good for")
	with, alike := begin(dir), begin(dir)
	later := func(d time.Duration) {
		t.Helper()
		now = now.Add(d)
		look(t, with)
		look(t, alike)
	}
	later(time.Minute)
	put("better for") // one sees it before the other
	now = now.Add(time.Second)
	look(t, with)
	later(5 * time.Minute)
	later(5 * time.Minute)
	if with.OthersDiffer() || alike.OthersDiffer() {
		t.Error("the same folder passes for another")
	}
	begin("") // and one without
	later(time.Minute)
	if with.OthersDiffer() {
		t.Error("it is told before it lasted")
	}
	later(4 * time.Minute)
	later(4 * time.Minute)
	if !with.OthersDiffer() || strings.Count(logged.String(), "reads another CAIRN_PROMPTS_DIR") != 2 {
		t.Errorf("with another folder beside it: %v\n%s", with.OthersDiffer(), logged.String())
	}
	begin(dir) // in its place
	later(time.Minute)
	if with.OthersDiffer() || alike.OthersDiffer() {
		t.Error("alike again, and it is still told")
	}
}
