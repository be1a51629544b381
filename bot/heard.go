package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/store"
)

// heardLines is for how many contacts at a company something to give is named.
const heardLines = 3

// heard keeps what somebody heard without a talk: “Acme is hiring auditors”
// @acme. Of a contact it is a note; of a company it is kept for whoever of
// one's own contacts works there.
func (b *Bot) heard(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	what, of, ok := heardOf(line.Unescape(r.Text))
	if !ok {
		return chat.Say(fmt.Sprintf("Type what you heard, and of whom: `%s heard \"Acme is hiring auditors\" @acme`. After the @ stands a company or a name.", b.slash("coach"))), nil
	}
	co, err := b.store.FindCompany(ctx, r.TeamID, line.CompanyKey(of))
	if err == nil {
		return b.heardAt(ctx, r, co.Name, what)
	}
	if !errors.Is(err, store.ErrNotFound) {
		return chat.Reply{}, err
	}
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, whoOf(line.ParseWho(of)))
	switch m = chosenOf(r, m); {
	case err != nil:
		return chat.Reply{}, err
	case len(m.Ask) > 0:
		return *b.which(r, of, m), nil
	case m.ID == 0:
		return b.heardNear(ctx, r, of, what)
	}
	c, err := b.store.Contact(ctx, r.TeamID, m.ID)
	if err != nil {
		return chat.Reply{}, err
	}
	return b.tell(ctx, r, c, telling{note: "heard: " + what, direction: journey.In, channel: journey.Social, signals: []journey.Signal{journey.HeardThem}})
}

// heardNear keeps what was heard of the company that bears the typed word in its
// name; of one that is new where none does, and of none where several do.
func (b *Bot) heardNear(ctx context.Context, r *chat.Request, of, what string) (chat.Reply, error) {
	near, err := b.store.CompaniesNamed(ctx, r.TeamID, line.CompanyKey(of))
	if err != nil {
		return chat.Reply{}, err
	}
	switch len(near) {
	case 0:
		return b.heardAt(ctx, r, of, what)
	case 1:
		return b.heardAt(ctx, r, near[0].Name, what)
	}
	var names []string
	for _, c := range near {
		names = append(names, "`@"+blockkit.Escape(c.Name)+"`")
	}
	return chat.Say(fmt.Sprintf("“%s” may be %s. Type the full name. Nothing was recorded.", blockkit.Escape(blockkit.Truncate(of, 60)), strings.Join(names, " or "))), nil
}

// heardOf takes the text apart: what was heard, with or without quotation
// marks, and of whom, after the last @.
func heardOf(text string) (what, of string, ok bool) {
	at := strings.LastIndex(text, "@")
	if at < 0 {
		return "", "", false
	}
	what = strings.Trim(strings.TrimSpace(text[:at]), `"“”„«»'`)
	of = strings.TrimSpace(text[at+1:])
	return what, of, what != "" && of != ""
}

// heardAt keeps what was heard of a company, and says to whom there it may
// matter.
func (b *Bot) heardAt(ctx context.Context, r *chat.Request, company, what string) (chat.Reply, error) {
	co, err := b.store.AddHeard(ctx, r.TeamID, r.PersonID, company, line.CompanyKey(company), what, b.cfg.Now())
	if err != nil {
		return chat.Reply{}, err
	}
	head := fmt.Sprintf("*Kept: heard of %s*: “%s”. Only you see it; it comes up when you prepare a talk there, and counts in what I name to give.", blockkit.Escape(co.Name), blockkit.Escape(blockkit.Truncate(what, 300)))
	return b.stands(r, head, func() (chat.Reply, error) { return b.heardNow(ctx, r, co, head) }), nil
}

// heardNow says to whom of the company it may matter, below its head.
func (b *Bot) heardNow(ctx context.Context, r *chat.Request, co store.Company, head string) (chat.Reply, error) {
	blocks := []slack.Block{blockkit.Section(head)}
	people, err := b.store.AtCompany(ctx, r.TeamID, co.ID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	mine := 0
	for _, p := range people {
		if !p.Mine || mine == heardLines {
			continue
		}
		mine++
		block, err := b.heardFor(ctx, r, p.ID)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, block)
	}
	knowers, err := b.store.Knowers(ctx, r.TeamID, co.ID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	switch names := knowing(knowers); {
	case names != "":
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("*Who could introduce you at %s*: %s.", blockkit.Escape(co.Name), names)))
	case mine == 0:
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("Nobody of the team knows anybody there yet. The first line makes somebody known: `%s Name, %s: what happened`.", b.slash("log"), blockkit.Escape(co.Name))))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: blocks}}, nil
}

// heardFor names what is worth giving one of one's own contacts now.
func (b *Bot) heardFor(ctx context.Context, r *chat.Request, id int64) (slack.Block, error) {
	c, err := b.store.Contact(ctx, r.TeamID, id)
	if err != nil {
		return nil, err
	}
	g, err := b.suggested(ctx, r, c)
	if err != nil {
		return nil, err
	}
	text := slack.NewTextBlockObject(slack.MarkdownType, blockkit.Truncate(fmt.Sprintf("*%s* · %s", blockkit.Escape(c.Full()), giveLine(g, b.here(r))), blockkit.MaxSection), false, false)
	return slack.NewSectionBlock(text, nil, slack.NewAccessory(blockkit.Button(fmt.Sprintf("card:heard:%d", c.ID), "Card", fmt.Sprint(c.ID)))), nil
}
