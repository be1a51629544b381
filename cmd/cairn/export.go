package main

import (
	"cairn/bot/coach"
	"cairn/bot/suggest"
)

type exportCmd struct {
	Content  exportContentCmd  `cmd:"" help:"Write the library as CSV, as cairn import content reads it."`
	Contacts exportContactsCmd `cmd:"" help:"Write everybody who is known as CSV, as cairn import contacts reads it; no notes."`
}

type exportContentCmd struct {
	Team string `help:"Slack id of the workspace; needed where the database holds several."`
}

// Run writes the items that are in use to standard output.
func (c exportContentCmd) Run(e *env) error {
	db, st, team, err := teamOf(e, c.Team)
	if err != nil {
		return err
	}
	defer db.close()
	all, _, err := st.Library(e.ctx, team.ID)
	if err != nil {
		return err
	}
	return suggest.WriteCSV(e.stdout, coach.Items(all))
}
