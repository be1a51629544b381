package bot

import (
	"bytes"
	"context"
	"fmt"

	"cairn/bot/chat"
	"cairn/bot/csvfile"
	"cairn/store"
)

// csvMost bounds the file of one's own contacts.
const csvMost = 20_000

// pressWhoCSV sends the person a file of their own contacts.
func (b *Bot) pressWhoCSV(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	reply, err := b.whoCSV(ctx, r)
	reply.Beside = true
	return reply, err
}

// whoCSV sends it as a direct message, where nobody else sees it.
func (b *Bot) whoCSV(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	all, err := b.store.Mine(ctx, r.TeamID, r.PersonID, store.Filter{Kind: store.Everyone, Journey: model.Name(), Now: b.here(r), Limit: csvMost})
	if err != nil {
		return chat.Reply{}, err
	}
	if len(all) == 0 {
		return chat.Say("You have no contacts yet, so there is no file to send."), nil
	}
	var out bytes.Buffer
	columns := []string{"name", "company", "stage", "status", "last note", "given", "asked", "next step", "due"}
	var rows [][]string
	for _, l := range all {
		due, last := "", ""
		if !l.LastAt.IsZero() {
			last = l.LastAt.In(b.here(r).Location()).Format("2006-01-02")
		}
		if l.Due != nil {
			due = l.Due.Format("2006-01-02")
		}
		rows = append(rows, []string{l.Name, l.Company, model.StageTitle(l.Stage), l.Status, last,
			fmt.Sprint(l.Given), fmt.Sprint(l.Asked), l.Step, due})
	}
	if err := csvfile.Write(&out, columns, rows); err != nil {
		return chat.Reply{}, fmt.Errorf("contacts as a file: %w", err)
	}
	if err := b.sendFile(ctx, r.PersonID, "contacts.csv", out.Bytes()); err != nil {
		return chat.Reply{}, err
	}
	have := fmt.Sprintf("Your %d contacts are", len(all))
	if len(all) == 1 {
		have = "Your one contact is"
	}
	return chat.Say(fmt.Sprintf("*%s in our direct message*, as a file that only you see.", have)), nil
}
