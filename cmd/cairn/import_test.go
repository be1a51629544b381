package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/bot/suggest"
	"cairn/prompts/library"
	"cairn/store"
	"cairn/store/storetest"
)

// typed runs the program as a person would, against the database.
func typed(t *testing.T, url string, args ...string) (out, said string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err = run(t.Context(), args, []string{"DATABASE_URL=" + url}, &stdout, &stderr)
	return stdout.String(), stderr.String(), err
}

func fileWith(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "library.csv")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestImportAndExportContent(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	pool, err := store.Open(t.Context(), url, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	st := store.New(pool, nil)
	sample, err := library.Files.ReadFile("library.csv")
	if err != nil {
		t.Fatal(err)
	}
	file := fileWith(t, string(sample))
	if _, _, err := typed(t, url, "import", "content", file); err == nil || !strings.Contains(err.Error(), "cairn run") {
		t.Errorf("without a workspace: %v", err)
	}
	if err := st.SetTeam(t.Context(), "T1", "One"); err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		args []string
		want string
	}{
		{[]string{"import", "content", file, "--dry-run"}, "30 new, 0 changed, 0 as they were. Nothing was written."},
		{[]string{"import", "content", file}, "30 new, 0 changed, 0 as they were."},
		{[]string{"import", "content", file}, "0 new, 0 changed, 30 as they were."},
		{[]string{"import", "content", fileWith(t, strings.Replace(string(sample), "/checklists/saas-audit,", "/checklists/saas-audit?gbraid=1&utm_source=x&ref=mail,", 1))}, "0 new, 0 changed, 30 as they were."},
		{[]string{"import", "content", fileWith(t, strings.ReplaceAll(string(sample), "Tells,", "Shows,")), "--dry-run"}, "0 new, 1 changed, 29 as they were."},
		{[]string{"import", "content", fileWith(t, strings.ReplaceAll(string(sample), "Tells,", "Shows,")), "--dry-run"}, "gives: \"Shows,"},
		{[]string{"import", "content", fileWith(t, suggest.Header+"\nOld,https://x.example/old,guide,,,,,,results,Tells much,,,2020-01-31,\n"), "--dry-run"}, "expired  Old  on 2020-01-31: it will not be suggested"},
		{[]string{"import", "content", fileWith(t, suggest.Header+"\nOld,https://x.example/old,guide,,,,,,results,Tells much,,2020-01-31,,\nOver,https://x.example/over,guide,,,,,,results,Tells much,,2020-01-30,2020-01-31,\nNew,https://x.example/new,guide,,,,,,results,Tells much,,2999-01-31,,\n"), "--dry-run"}, "1 item overdue for review: ranked behind"},
	}
	n := strings.Count(string(sample), "https://")
	for _, s := range steps {
		out, said, err := typed(t, url, s.args...)
		if err != nil || !strings.Contains(out, s.want) {
			t.Errorf("%v: %q, %q, %v; want %q (%d addresses)", s.args, out, said, err, s.want, n)
		}
	}
	out, _, err := typed(t, url, "export", "content")
	if err != nil {
		t.Fatal(err)
	}
	if again, problems := suggest.ParseCSV(strings.NewReader(out)); len(problems) > 0 || len(again) != 30 {
		t.Errorf("the export reads as %d items, %v", len(again), problems)
	}
	if err := st.SetTeam(t.Context(), "T2", "Two"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := typed(t, url, "export", "content"); err == nil || !strings.Contains(err.Error(), "--team") {
		t.Errorf("with two workspaces: %v", err)
	}
	if out, _, err := typed(t, url, "export", "content", "--team", "T2"); err != nil || strings.Count(out, "\n") != 1 {
		t.Errorf("another team's library: %q, %v", out, err)
	}
}

func TestImportRefusesAHalfGoodFile(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	pool, err := store.Open(t.Context(), url, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	st := store.New(pool, nil)
	if err := st.SetTeam(t.Context(), "T1", "One"); err != nil {
		t.Fatal(err)
	}
	file := fileWith(t, suggest.Header+"\nGood,https://a.example/x,,,,,,,,,,,,\nBad,ftp://a.example,,sky,,,,,,,,,,\nTwin,http://www.a.example/x/?utm_source=m,,,,,,,,,,,,\n")
	_, said, err := typed(t, url, "import", "content", file)
	if err == nil || !strings.Contains(err.Error(), "3 mistakes") || !strings.Contains(said, "line 3, stages") || !strings.Contains(said, "line 4, url: the same page as line 2") {
		t.Errorf("%v\n%s", err, said)
	}
	if all, _, err := st.Library(t.Context(), "T1"); err != nil || len(all) > 0 {
		t.Errorf("imported all the same: %v, %v", all, err)
	}
}

// An item of the library is compared with the one whose own address it has, whichever else's
// address is the same by now that it is known to track.
func TestCompareByOnesOwnAddress(t *testing.T) {
	t.Parallel()
	own := store.Content{ID: 1, Title: "Guide", URL: "https://a.example/guide", CanonicalURL: "https://a.example/guide"}
	tracked := store.Content{ID: 2, Title: "Guide, by mail", URL: "https://a.example/guide?trk=mail", CanonicalURL: "https://a.example/guide?trk=mail"}
	it := own
	it.ID, it.Title = 0, "Guide, second edition"
	for _, have := range [][]store.Content{{own, tracked}, {tracked, own}} {
		add, change, same := compare(have, []store.Content{it})
		if len(add) != 0 || same != 0 || len(change) != 1 || change[0].ID != own.ID || change[0].URL != own.URL {
			t.Errorf("beside %q: new %v, changed %v", have[0].URL, add, change)
		}
	}
	if add, _, same := compare([]store.Content{tracked}, []store.Content{own}); len(add) != 0 || same != 0 {
		t.Error("what only tracks more is another page")
	}
}
