package workshop_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cairn/bot/workshop"
	"cairn/store"
	"cairn/store/storetest"
)

const team, eli = "T1", "U0ELI"

// replica is one process's view over a shared database.
func replica(t *testing.T, src workshop.Source, dir string) *workshop.Live {
	t.Helper()
	l, err := workshop.New(embedded(t), dir, team, src, time.Now, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func reason(t *testing.T, l *workshop.Live, person string, contact int64) workshop.Use {
	t.Helper()
	use, ok := l.Prompt(team, "suggest-reason", person, contact)
	if !ok {
		t.Fatal("there is no suggest-reason")
	}
	return use
}

func edit(t *testing.T, st *store.Store, seen store.PromptLabels, was, is string) (store.PromptVersion, store.PromptLabels) {
	t.Helper()
	text := strings.Replace(embedded(t)[reasonFile], was, is, 1)
	v, l, err := st.SaveDraft(t.Context(), team, store.PromptDraft{File: reasonFile, Text: text, AuthorID: eli, SeenLive: seen.Live, SeenDraft: seen.Draft})
	if err != nil {
		t.Fatal(err)
	}
	return v, l
}

func publish(t *testing.T, st *store.Store, seen store.PromptLabels) store.PromptLabels {
	t.Helper()
	l, err := st.MovePrompt(t.Context(), team, reasonFile, store.PromptChange{Kind: store.PromptPublish, Seen: seen, Next: store.PromptLabels{Live: seen.Draft}, PersonID: eli})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLiveDraftTrialAndShare(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	l := replica(t, st, "")
	if use := reason(t, l, eli, 1); use.Number != 0 || !strings.HasPrefix(use.Version, "suggest-reason@0-") {
		t.Errorf("before any edit: %s", use.Version)
	}
	v, labels := edit(t, st, store.PromptLabels{}, "not yet sent to", "new for")
	look(t, l)
	if use := reason(t, l, eli, 1); use.Number != 0 {
		t.Errorf("a draft is live: %s", use.Version)
	}
	if err := st.TryPrompt(t.Context(), store.PromptTrial{TeamID: team, File: reasonFile, PersonID: eli, Number: v.Number, Until: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	look(t, l)
	if use := reason(t, l, eli, 1); use.Version != "suggest-reason@1-trial" || use.Why != workshop.IsTrial {
		t.Errorf("on trial: %+v", use)
	}
	if use := reason(t, l, "U0MAYA", 1); use.Number != 0 {
		t.Errorf("somebody else's trial reached a rep: %s", use.Version)
	}
	labels, err := st.MovePrompt(t.Context(), team, reasonFile, store.PromptChange{Kind: store.PromptSplit, Seen: labels,
		Next: store.PromptLabels{Other: v.Number, Share: 40}, PersonID: eli})
	if err != nil {
		t.Fatal(err)
	}
	look(t, l)
	for id := int64(1); id < 200; id++ {
		use := reason(t, l, "U0MAYA", id)
		if (use.Number == 1) != workshop.Among(reasonFile, labels, id) {
			t.Fatalf("contact %d gets version %d", id, use.Number)
		}
	}
	if use, _ := l.Prompt("T2", "suggest-reason", "U0MAYA", 1); use.Number != 0 {
		t.Errorf("another team gets %s", use.Version)
	}
}

// A move is followed by every replica, without asking, within the time promised.
func TestFollow(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{}, 2)
	replicas := []*workshop.Live{replica(t, st, ""), replica(t, st, "")}
	for _, l := range replicas {
		go func() { l.Run(ctx, st.WatchPrompts); ended <- struct{}{} }()
	}
	_, labels := edit(t, st, store.PromptLabels{}, "not yet sent to", "new for")
	publish(t, st, labels)
	for i, l := range replicas {
		for reason(t, l, eli, 1).Number != 1 {
			select {
			case <-t.Context().Done():
				t.Fatalf("replica %d has not followed", i)
			case <-time.After(5 * time.Millisecond):
			}
		}
	}
	stop()
	<-ended
	<-ended
}

// Where nothing is heard, looking every so often is enough: behind a pooler that
// lets nobody listen, and behind one that takes the LISTEN and hands on nothing.
func TestFollowWithoutListening(t *testing.T) {
	for name, deafen := range map[string]func(*pgx.ConnConfig, *atomic.Int64){
		"no connection to listen on": func(c *pgx.ConnConfig, tried *atomic.Int64) {
			c.DialFunc = func(context.Context, string, string) (net.Conn, error) {
				tried.Add(1)
				return nil, errors.New("no connection beside the pool's")
			}
		},
		"nothing handed on": func(c *pgx.ConnConfig, tried *atomic.Int64) {
			dial := c.DialFunc
			c.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
				tried.Add(1)
				return dial(ctx, network, addr)
			}
			c.Database = "postgres" // notifications stay within a database
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole := storetest.DB(t)
			cfg, good, tried := whole.Config(), whole.Config().ConnConfig, &atomic.Int64{}
			deafen(cfg.ConnConfig, tried)
			cfg.BeforeConnect = func(_ context.Context, c *pgx.ConnConfig) error { // the pool's own
				c.DialFunc, c.Database = good.DialFunc, good.Database
				return nil
			}
			deaf, err := pgxpool.NewWithConfig(t.Context(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(deaf.Close)
			l := replica(t, store.New(deaf, nil), "")
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan struct{})
			go func() { l.Run(ctx, store.New(deaf, nil).WatchPrompts); close(ended) }()
			st := store.New(whole, nil)
			_, labels := edit(t, st, store.PromptLabels{}, "not yet sent to", "new for")
			publish(t, st, labels)
			for reason(t, l, eli, 1).Number != 1 {
				select {
				case <-t.Context().Done():
					t.Fatal("the move was not followed")
				case <-time.After(5 * time.Millisecond):
				}
			}
			stop()
			<-ended
			if tried.Load() == 0 {
				t.Error("it was never tried to listen")
			}
		})
	}
}

// away is a database that can be taken away.
type away struct {
	*store.Store
	gone atomic.Bool
}

func (a *away) PromptState(ctx context.Context, now time.Time) (store.PromptState, error) {
	if a.gone.Load() {
		return store.PromptState{}, store.ErrUnavailable
	}
	return a.Store.PromptState(ctx, now)
}

func TestLastGoodStays(t *testing.T) {
	db := &away{Store: store.New(storetest.DB(t), nil)}
	l := replica(t, db, "")
	_, labels := edit(t, db.Store, store.PromptLabels{}, "not yet sent to", "new for")
	labels = publish(t, db.Store, labels)
	look(t, l)
	db.gone.Store(true)
	if err := l.Look(t.Context()); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("looking without a database: %v", err)
	}
	if use := reason(t, l, eli, 1); use.Number != 1 {
		t.Errorf("without a database %s is live", use.Version)
	}
	db.gone.Store(false)
	// a version that this binary cannot use, as a newer one may write it
	_, labels, err := db.SaveDraft(t.Context(), team, store.PromptDraft{File: reasonFile, Text: "no prompt", AuthorID: eli, SeenLive: labels.Live})
	if err != nil {
		t.Fatal(err)
	}
	publish(t, db.Store, labels)
	look(t, l)
	if use := reason(t, l, eli, 1); use.Number != 1 {
		t.Errorf("after a version that cannot be used %s is live", use.Version)
	}
}

// A bad file on disk at start is told with file and line, and the coach runs on.
// Mended, it comes into force without a restart; broken again, the good one stays.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	files := embedded(t)
	write(reasonFile, strings.Replace(files[reasonFile], "{{gives}}", "{{givs}}", 1))
	write("journeys/aipee.yaml", strings.Replace(files["journeys/aipee.yaml"], "title: Attention", "title: Notice", 1))
	var logged bytes.Buffer
	st := store.New(storetest.DB(t), nil)
	l, err := workshop.New(files, dir, team, st, time.Now, slog.New(slog.NewTextHandler(&logged, nil)))
	if err != nil {
		t.Fatal(err)
	}
	above, _, _ := strings.Cut(files[reasonFile], "{{gives}}")
	line := fmt.Sprintf("line=%d ", 1+strings.Count(above, "\n"))
	for _, want := range []string{"file=" + reasonFile, line, "givs", "mend="} {
		if !strings.Contains(logged.String(), want) {
			t.Errorf("the log lacks %q:\n%s", want, logged.String())
		}
	}
	if use := reason(t, l, eli, 1); !strings.Contains(use.Prompt.Source(), "{{gives}}") {
		t.Error("the bad file is used")
	}
	if m, _ := l.Journeys(team).Get("aipee"); m.Stages()[0].Title != "Notice" {
		t.Errorf("the folder's journey is not used: %q", m.Stages()[0].Title)
	}
	// a link that leads nowhere is told, and the files beside it are read
	if err := os.Symlink("/nope", filepath.Join(dir, "read-note.prompt")); err != nil {
		t.Fatal(err)
	}
	look(t, l)
	if m, _ := l.Journeys(team).Get("aipee"); m.Stages()[0].Title != "Notice" {
		t.Error("one link takes the whole folder out of use")
	}
	if wrong := l.Wrong(); len(wrong) != 2 || wrong[0].File != "read-note.prompt" || wrong[1].File != reasonFile {
		t.Errorf("told of the folder: %v", wrong)
	}
	if n := strings.Count(logged.String(), "givs"); n != 1 {
		t.Errorf("the same mistake is logged %d times", n)
	}
	if err := os.Remove(filepath.Join(dir, "read-note.prompt")); err != nil {
		t.Fatal(err)
	}
	write(reasonFile, "\ufeff"+strings.Replace(files[reasonFile], "not yet sent to", "mended for", 1))
	look(t, l)
	if wrong := l.Wrong(); len(wrong) != 0 {
		t.Errorf("all is mended, and told is %v", wrong)
	}
	mended := reason(t, l, eli, 1)
	if !strings.Contains(mended.Prompt.Source(), "mended for") {
		t.Error("the mended file is not used")
	}
	written, own := l.Own(reasonFile)
	if age := time.Since(written); !own || age < 0 || age > time.Hour {
		t.Errorf("the folder's file was written %s, %t", written, own)
	}
	if _, own := l.Own("read-note.prompt"); own {
		t.Error("a file of the binary passes for one of the folder")
	}
	write(reasonFile, "---\n")
	look(t, l)
	if use := reason(t, l, eli, 1); use.Version != mended.Version {
		t.Errorf("after breaking it again %s is used", use.Version)
	}
	if at, own := l.Own(reasonFile); !own || !at.Equal(written) {
		t.Errorf("the last good text was written %s, %t", at, own)
	}
}

// What was good of a file stays in force over a restart, also where the file is broken
// by then; where nothing good of it is known the binary's is used, and both are told.
func TestBrokenOverARestart(t *testing.T) {
	dir, files, st := t.TempDir(), embedded(t), store.New(storetest.DB(t), nil)
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "cues"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(reasonFile, strings.Replace(files[reasonFile], "not yet sent to", "good for", 1))
	write("cues/speech.yaml", files["cues/speech.yaml"]+"\n  zeppelin:\n    en: \"zeppelin, zeppelins\"\n")
	look(t, replica(t, st, dir))
	write(reasonFile, strings.Replace(files[reasonFile], "{{gives}}", "{{givs}}", 1))
	write("cues/speech.yaml", "families: [")
	write("reminder-line.prompt", "---\n") // was never good

	check := func(t *testing.T, l *workshop.Live) {
		t.Helper()
		if use := reason(t, l, eli, 1); !strings.Contains(use.Prompt.Source(), "good for") {
			t.Error("what was good of the file is not used")
		}
		if text := l.Base("cues/speech.yaml"); !strings.Contains(text, "zeppelin") {
			t.Error("what was good of the cues is not used")
		}
		if text := l.Base("reminder-line.prompt"); text != files["reminder-line.prompt"] {
			t.Error("in the place of a file that was never good the original is not used")
		}
		want := map[string]workshop.Meanwhile{reasonFile: workshop.LastGood, "cues/speech.yaml": workshop.LastGood, "reminder-line.prompt": workshop.Original}
		if got := l.Broken(); !maps.Equal(got, want) {
			t.Errorf("told is %v, want %v", got, want)
		}
	}
	l := replica(t, st, dir)
	look(t, l)
	check(t, l)
	look(t, l) // nothing changed
	again := replica(t, st, dir)
	look(t, again)
	check(t, again)

	told := func() (lines []string) {
		t.Helper()
		moves, _, err := st.PromptLogPart(t.Context(), team, store.PromptLogPart{File: reasonFile, N: 10})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range moves {
			lines = append(lines, m.Kind)
		}
		return lines
	}
	if got := told(); !slices.Equal(got, []string{store.PromptFileBroken, store.PromptOnDisk}) {
		t.Errorf("the log tells %q", got)
	}
	moves, _, err := st.PromptLogPart(t.Context(), team, store.PromptLogPart{File: "reminder-line.prompt", N: 10})
	if err != nil || len(moves) != 1 || moves[0].Kind != store.PromptFileUnused || moves[0].Reason == "" {
		t.Errorf("of the file that was never good the log tells %+v, %v", moves, err)
	}
	if moves, _, err := st.PromptLogPart(t.Context(), team, store.PromptLogPart{File: reasonFile, Live: true, N: 10}); err != nil || len(moves) != 1 {
		t.Errorf("a file that broke passes for one that went live: %+v, %v", moves, err)
	}
	if err := os.Remove(filepath.Join(dir, reasonFile)); err != nil {
		t.Fatal(err)
	}
	look(t, l)
	if got := told(); len(got) != 3 || got[0] != store.PromptOnDisk {
		t.Errorf("taken away, the log tells %q", got)
	}
	write(reasonFile, "---\n") // broken anew: what was taken away does not come back
	look(t, l)
	fresh := replica(t, st, dir)
	look(t, fresh)
	if use := reason(t, fresh, eli, 1); strings.Contains(use.Prompt.Source(), "good for") {
		t.Error("a text that was taken away came back")
	}
}

// A folder that cannot be read tells nothing of its files: none of them went.
func TestFolderUnread(t *testing.T) {
	dir, files, st := t.TempDir(), embedded(t), store.New(storetest.DB(t), nil)
	if err := os.WriteFile(filepath.Join(dir, reasonFile), []byte(strings.Replace(files[reasonFile], "not yet sent to", "good for", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	look(t, replica(t, st, dir))
	look(t, replica(t, st, filepath.Join(dir, "none")))
	if moves, all, err := st.PromptLogPart(t.Context(), team, store.PromptLogPart{N: 10}); err != nil || all != 1 {
		t.Errorf("the log tells %+v, %v", moves, err)
	}
}

func TestJourneyEdit(t *testing.T) {
	st := store.New(storetest.DB(t), nil)
	l := replica(t, st, "")
	const file = "journeys/aipee.yaml"
	before, _ := l.Journeys(team).Get("aipee")
	text := strings.Replace(embedded(t)[file], "signals: [replied]", "signals: [replied, connected]", 1)
	text = strings.Replace(text, "signals: [connected, subscribed", "signals: [subscribed", 1)
	_, labels, err := st.SaveDraft(t.Context(), team, store.PromptDraft{File: file, Text: text, AuthorID: eli})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.MovePrompt(t.Context(), team, file, store.PromptChange{Kind: store.PromptPublish, Seen: labels, Next: store.PromptLabels{Live: labels.Draft}, PersonID: eli}); err != nil {
		t.Fatal(err)
	}
	look(t, l)
	after, _ := l.Journeys(team).Get("aipee")
	if after.Version() == before.Version() {
		t.Error("the journey is the one before")
	}
	if other, _ := l.Journeys("T2").Get("aipee"); other.Version() != before.Version() {
		t.Error("another team's journey changed")
	}
	if names := l.Journeys(team).Names(); len(names) != 4 || names[0] != "aipee" {
		t.Errorf("journeys: %v", names)
	}
}

func look(t *testing.T, l *workshop.Live) {
	t.Helper()
	if err := l.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
}
