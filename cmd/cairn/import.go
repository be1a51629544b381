package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"cairn/bot/coach"
	"cairn/bot/csvfile"
	"cairn/bot/english"
	"cairn/bot/suggest"
	"cairn/store"
)

type importCmd struct {
	Content  importContentCmd  `cmd:"" help:"Take a library file in: all of it or nothing."`
	Contacts importContactsCmd `cmd:"" help:"Take a file of contacts in: all of it or nothing, and nobody twice."`
}

type importContentCmd struct {
	File   string `arg:"" help:"CSV with the header that cairn export content writes; - reads standard input."`
	Team   string `help:"Slack id of the workspace; needed where the database holds several."`
	DryRun bool   `help:"Say what would change, and change nothing."`
}

// Run reads the whole file before it writes anything, and writes all of it in
// one transaction.
func (c importContentCmd) Run(e *env) error {
	items, err := readWhole(e, c.File, suggest.ParseCSV)
	if err != nil {
		return err
	}
	db, st, team, err := teamOf(e, c.Team)
	if err != nil {
		return err
	}
	defer db.close()
	have, _, err := st.Library(e.ctx, team.ID)
	if err != nil {
		return err
	}
	add, change, same := compare(have, coach.Rows(items))
	said := fmt.Sprintf("%d new, %d changed, %d as they were", len(add), len(change), same)
	if c.DryRun {
		tellChanges(e.stdout, have, add, change, time.Now())
		fmt.Fprint(e.stdout, overdue(items, time.Now()))
		fmt.Fprintf(e.stdout, "%s: %s. Nothing was written.\n", c.File, said)
		return nil
	}
	if len(add)+len(change) > 0 {
		if _, err := st.PutContent(e.ctx, team.ID, "import", time.Now(), append(add, change...)...); err != nil {
			return err
		}
	}
	fmt.Fprintf(e.stdout, "%s: %s.\n", c.File, said)
	return nil
}

// tellChanges lists what a file would add and change, column by column, and which of
// its items are expired already: those are never suggested.
func tellChanges(out io.Writer, have, add, change []store.Content, now time.Time) {
	was := map[int64]store.Content{}
	for _, c := range have {
		was[c.ID] = c
	}
	for _, it := range add {
		fmt.Fprintf(out, "new      %s  %s\n", it.Title, it.URL)
	}
	for _, it := range change {
		fmt.Fprintf(out, "changed  %s  %s\n", it.Title, it.URL)
		both := coach.Items([]store.Content{was[it.ID], it})
		for _, c := range suggest.Changes(both[0], both[1]) {
			fmt.Fprintf(out, "         %s: %q, was %q\n", c.Column, c.Is, c.Was)
		}
	}
	for _, it := range coach.Items(append(slices.Clone(add), change...)) {
		if it.Expired(now) {
			fmt.Fprintf(out, "expired  %s  on %s: it will not be suggested\n", it.Title, it.Expires.Format(time.DateOnly))
		}
	}
}

// overdue counts the items of a file whose review is overdue, as far as they are not
// expired: they rank behind, and their owner is told.
func overdue(items []suggest.Item, now time.Time) string {
	n := 0
	for _, it := range items {
		if it.Overdue(now) && !it.Expired(now) {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s overdue for review: ranked behind, and the owner is told once.\n", english.Plural(n, "item"))
}

// readWhole reads a file, or standard input where it is named -; every mistake
// is told with its line, and one is enough to take nothing in.
func readWhole[T any](e *env, file string, parse func(io.Reader) ([]T, []csvfile.Problem)) ([]T, error) {
	var in io.Reader = os.Stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	rows, problems := parse(in)
	return rows, refuse(e, file, problems)
}

// maxTold bounds how many mistakes of a file are listed.
const maxTold = 100

// refuse tells every mistake of a file with its line; nil where there is none.
func refuse(e *env, file string, problems []csvfile.Problem) error {
	for i, p := range problems {
		if i == maxTold {
			fmt.Fprintf(e.stderr, "… and %d more\n", len(problems)-i)
			break
		}
		fmt.Fprintf(e.stderr, "%s: %s\n", file, p)
	}
	switch {
	case len(problems) == 1:
		return errors.New("one mistake in the file: nothing was imported")
	case len(problems) > 0:
		return fmt.Errorf("%d mistakes in the file: nothing was imported", len(problems))
	}
	return nil
}

// compare sorts the items of a file by what they are to the library: pages are
// the same when their canonical addresses are. An address that only tracks more than the
// library's, which is what a copy out of a mail has, changes none.
func compare(have, items []store.Content) (add, change []store.Content, same int) {
	known := make(map[string]store.Content, len(have))
	for _, c := range have {
		if now, err := suggest.CanonicalURL(c.URL); err == nil { // more parameters are known to track than when it was added
			known[now] = c
		}
	}
	for _, c := range have { // whose own address it is comes before whose would be it by now
		known[c.CanonicalURL] = c
	}
	for _, it := range items {
		was, ok := known[it.CanonicalURL]
		it.ID = was.ID
		if suggest.SameButTracked(it.URL, was.URL) {
			it.URL = was.URL
		}
		switch {
		case !ok:
			add = append(add, it)
		case alike(was, it):
			same++
		default:
			change = append(change, it)
		}
	}
	return add, change, same
}

func alike(a, b store.Content) bool {
	for _, c := range []*store.Content{&a, &b} {
		for _, list := range []*[]string{&c.Stages, &c.Roles, &c.Industries, &c.Topics} {
			if len(*list) == 0 {
				*list = nil
			}
		}
	}
	if (a.ReviewBy == nil) != (b.ReviewBy == nil) || (a.Expires == nil) != (b.Expires == nil) ||
		a.ReviewBy != nil && !a.ReviewBy.Equal(*b.ReviewBy) || a.Expires != nil && !a.Expires.Equal(*b.Expires) {
		return false
	}
	a.ReviewBy, a.Expires, b.ReviewBy, b.Expires = nil, nil, nil, nil
	return reflect.DeepEqual(a, b)
}

// teamOf opens the database and finds the workspace that is meant: the one
// named, or the only one.
func teamOf(e *env, id string) (database, *store.Store, store.Team, error) {
	log, err := logger(e)
	if err != nil {
		return database{}, nil, store.Team{}, err
	}
	db, err := openDatabase(e, log, nil)
	if err != nil {
		return db, nil, store.Team{}, err
	}
	st := store.New(db.pool, nil)
	team, err := oneTeam(e, st, id)
	if err != nil {
		db.close()
	}
	return db, st, team, err
}

func oneTeam(e *env, st *store.Store, id string) (store.Team, error) {
	all, err := st.Teams(e.ctx)
	if err != nil {
		return store.Team{}, err
	}
	var names []string
	for _, t := range all {
		if t.ID == id || id == "" && len(all) == 1 {
			return t, nil
		}
		names = append(names, strings.TrimSpace(t.ID+" "+t.Name))
	}
	switch {
	case len(all) == 0:
		return store.Team{}, errors.New("the database knows no workspace yet: start `cairn run` once, so that it can greet Slack")
	case id == "":
		return store.Team{}, fmt.Errorf("the database holds several workspaces: add --team with one of %s", strings.Join(names, ", "))
	}
	return store.Team{}, fmt.Errorf("--team %s: the database has %s", id, strings.Join(names, ", "))
}
