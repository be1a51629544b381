package weekly

import (
	"context"
	"fmt"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/digest"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/store"
)

// PressOpen shows who stands behind a figure, to whoever pressed and to
// nobody else: all of them for managers and admins, for others their own.
func (b *Board) PressOpen(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	var channel, figure string
	var year, week int
	if _, err := fmt.Sscanf(r.Action.Value, "%s %d %d %s", &channel, &year, &week, &figure); err != nil {
		return chat.Reply{}, chat.ErrValue
	}
	if channel != r.ChannelID {
		return chat.Reply{}, chat.ErrValue // the thread of another channel's digest is not the presser's to open
	}
	d, err := b.Store.DigestOf(ctx, r.TeamID, channel, year, week)
	if err != nil {
		return chat.Reply{}, err
	}
	found := b.frozen([]store.Digest{d})
	if len(found) == 0 {
		return chat.Reply{}, errNoFigures
	}
	f := found[0]
	label := ""
	for _, k := range figureButtons(f) { // what is withheld has no button, and opens for nobody
		if k.figure == figure {
			label = k.label
		}
	}
	if label == "" {
		return chat.Reply{}, chat.ErrValue
	}
	who, err := b.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	owner, none, note := r.PersonID, "None of your own contacts.", "Your own contacts among them. What the notes say is their authors' alone."
	if who.Is(store.Manager) {
		owner, none, note = "", "Nobody any more.", "As it stands now; the digest keeps the figure of its day. What the notes say is their authors' alone."
	}
	all, err := b.behind(ctx, r.TeamID, f, figure, owner)
	if err != nil {
		return chat.Reply{}, err
	}
	return chat.Reply{Message: b.behindMessage(r, f, label, none, note, all), Beside: true}, nil
}

func (b *Board) behind(ctx context.Context, team string, f digest.Figures, figure, owner string) ([]store.Behind, error) {
	c := store.Scope{Team: team, Journey: f.Journey, Reps: f.About, From: f.From, To: f.To, Since: f.To.AddDate(0, 0, -7*digest.LineWeeks)}
	switch figure {
	case "waiting":
		return b.Store.BehindWaiting(ctx, c, owner)
	case "ready":
		journey, stages := digest.ReadyAt()
		return b.Store.BehindReady(ctx, c, owner, journey, stages)
	case "exchanges":
		return b.Store.BehindExchanges(ctx, c, owner)
	}
	return b.Store.BehindMoves(ctx, c, owner, []string{figure})
}

func (b *Board) behindMessage(r *chat.Request, f digest.Figures, label, none, note string, all []store.Behind) *post.Message {
	title := "*" + label + "*"
	lines := make([]string, 0, len(all)+1)
	for _, x := range all {
		lines = append(lines, "• "+b.behindLine(r, f, x))
	}
	if len(all) == 0 {
		lines = append(lines, none)
	}
	if len(all) == 25 {
		lines = append(lines, "and more; these are the latest")
	}
	return &post.Message{Text: blockkit.Fallback(title), Blocks: append(blockkit.Sections(title+"\n"+strings.Join(lines, "\n")), blockkit.Context(note))}
}

func (b *Board) behindLine(r *chat.Request, f digest.Figures, x store.Behind) string {
	text := blockkit.Escape(blockkit.Truncate(x.Full(), 80))
	model, ok := b.Coach.For(r.TeamID).Models.Get(f.Journey)
	switch {
	case ok && x.From != "" && x.To != "" && x.From != x.To:
		text += fmt.Sprintf(": %s → %s", blockkit.Escape(model.StageTitle(x.From)), blockkit.Escape(model.StageTitle(x.To)))
	case ok && x.To != "":
		text += ", at " + blockkit.Escape(model.StageTitle(x.To))
	case x.Kind != "":
		text += ": " + x.Kind
	}
	text += " · " + english.Day(x.At, b.Here(r))
	if x.InteractionID != 0 {
		text += fmt.Sprintf(" · #%d", x.InteractionID)
	}
	return text
}
