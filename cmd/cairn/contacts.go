package main

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"cairn/bot/coach"
	"cairn/bot/csvfile"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/roster"
	"cairn/prompts"
	"cairn/store"
)

type importContactsCmd struct {
	File     string `arg:"" help:"CSV with a column name, and any of company, email, title, language, industry, owner; - reads standard input."`
	Team     string `help:"Slack id of the workspace; needed where the database holds several."`
	DryRun   bool   `help:"Say what would change, and change nothing."`
	SameName bool   `help:"Take somebody of the same name for the same person where the company is known on one side only."`
}

// Run reads the whole file before it writes anything, and writes all of it in
// one transaction.
func (c importContactsCmd) Run(e *env) error {
	entries, err := readWhole(e, c.File, roster.Parse)
	if err != nil {
		return err
	}
	db, st, team, err := teamOf(e, c.Team)
	if err != nil {
		return err
	}
	defer db.close()
	people, err := st.People(e.ctx, team.ID)
	if err != nil {
		return err
	}
	rows, problems := newContacts(entries, people)
	if err := refuse(e, c.File, problems); err != nil {
		return err
	}
	places, err := startOf(e)
	if err != nil {
		return err
	}
	done, err := st.ImportContacts(e.ctx, team.ID, "import", rows, store.ImportOptions{Dry: c.DryRun, SameName: c.SameName, Places: places})
	if err != nil {
		return err
	}
	for _, d := range done {
		if d.Outcome == store.ImportWrong {
			problems = append(problems, csvfile.Problem{Line: d.Line, What: d.Detail})
		}
	}
	if err := refuse(e, c.File, problems); err != nil {
		return err
	}
	c.tell(e, entries, done)
	return nil
}

// tell says what became of the lines: each of a dry run, else those of which
// the file says otherwise than what stands.
func (c importContactsCmd) tell(e *env, entries []roster.Entry, done []store.Imported) {
	counts := map[string]int{}
	for i, d := range done {
		counts[d.Outcome]++
		if d.Outcome == store.ImportKnown || !c.DryRun && d.Outcome != store.ImportKept {
			continue
		}
		what := map[string]string{store.ImportFilled: ": adds ", store.ImportKept: ": the file says otherwise, and what is known stands: "}[d.Outcome]
		fmt.Fprintf(e.stdout, "%-7s line %d, %s%s\n", d.Outcome, d.Line, store.Candidate{Name: entries[i].Name, Company: entries[i].Company}.Full(), what+d.Detail)
	}
	said := fmt.Sprintf("%s: %d new, %d filled in, %d known already", c.File, counts[store.ImportNew], counts[store.ImportFilled], counts[store.ImportKnown]+counts[store.ImportKept])
	if c.DryRun {
		said += ". Nothing was written"
	}
	fmt.Fprintln(e.stdout, said+".")
}

// aSlackID is how Slack names people; somebody whom Cairn has not met yet can
// be named by it.
var aSlackID = regexp.MustCompile(`^[UW][A-Z0-9]{5,}$`)

// newContacts gives the entries their keys, and finds their owners among the
// team by id or name.
func newContacts(entries []roster.Entry, people []store.Person) ([]store.NewContact, []csvfile.Problem) {
	rows := make([]store.NewContact, len(entries))
	var problems []csvfile.Problem
	for i, entry := range entries {
		who := store.Who{Name: entry.Name, NameKey: line.Key(entry.Name), BareKey: line.BareKey(entry.Name), Company: entry.Company, CompanyKey: line.CompanyKey(entry.Company), Email: entry.Email, Exactly: true}
		rows[i] = store.NewContact{Line: entry.Line, Who: who, Title: entry.Title, Language: entry.Language, Industry: entry.Industry}
		var found []string
		for _, p := range people {
			if p.ID == entry.Owner || line.Key(p.Name) == line.Key(entry.Owner) && entry.Owner != "" {
				found = append(found, p.ID)
			}
		}
		switch {
		case len(found) == 1:
			rows[i].Owner = found[0]
		case len(found) > 1:
			problems = append(problems, csvfile.Problem{Line: entry.Line, Column: "owner", What: fmt.Sprintf("%d people are called %q: write one's Slack id (%s)", len(found), entry.Owner, strings.Join(found, ", "))})
		case aSlackID.MatchString(entry.Owner):
			rows[i].Owner = entry.Owner
		case entry.Owner != "":
			problems = append(problems, csvfile.Problem{Line: entry.Line, Column: "owner", What: fmt.Sprintf("nobody of the team whom Cairn has met is called %q: write their Slack id (in Slack: profile, Copy member ID), or leave it empty", entry.Owner)})
		}
	}
	return rows, problems
}

// startOf is where contacts stand of whom nothing is known yet.
func startOf(e *env) ([]store.Place, error) {
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		return nil, err
	}
	return (&coach.Coach{Models: models}).Start(time.Now())
}

type exportContactsCmd struct {
	Team string `help:"Slack id of the workspace; needed where the database holds several."`
}

// Run writes everybody who is known to standard output, without a word of any
// note.
func (c exportContactsCmd) Run(e *env) error {
	db, st, team, err := teamOf(e, c.Team)
	if err != nil {
		return err
	}
	defer db.close()
	rows, err := st.ContactRows(e.ctx, team.ID)
	if err != nil {
		return err
	}
	entries := make([]roster.Entry, len(rows))
	for i, r := range rows {
		entries[i] = roster.Entry{Name: r.Name, Company: r.Company, Email: r.Email, Title: r.Title, Language: r.Language, Industry: r.Industry, Owner: r.Owner}
	}
	return roster.Write(e.stdout, entries)
}
