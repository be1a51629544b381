package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/bot/post"
	"cairn/store"
)

// Where several of the parts behind a name may be the company ("Dana Ruiz, Acme, Berlin"), it is
// the one at which somebody is known who is called so, or else the only one at which anybody is
// known. If neither tells, it is asked: a place is no company, and a company nobody's title. Of
// whom no company is known, that one tells nothing of the parts.

// settled is who is meant where several parts may be the company, and whether that is in doubt.
func (b *Bot) settled(ctx context.Context, r *chat.Request, w line.Who) (line.Who, bool, error) {
	each := w.Firms()
	if len(each) == 0 {
		return w, false, nil
	}
	var asked line.Who
	for _, one := range each {
		m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, whoOf(one))
		switch {
		case err != nil || m.ID != 0:
			return one, false, err
		case asked.Name == "" && slices.ContainsFunc(m.Ask, func(c store.Candidate) bool { return c.CompanyKey != "" }):
			asked = one
		}
	}
	if asked.Name != "" { // nobody is certain: who may be meant is asked
		return asked, false, nil
	}
	var keys []string
	for _, one := range each {
		keys = append(keys, line.CompanyKey(one.Company))
	}
	known, err := b.store.KnownCompanies(ctx, r.TeamID, keys)
	if err != nil || len(known) != 1 {
		return each[0], true, err
	}
	for i, key := range keys {
		if key == known[0] {
			return each[i], false, nil
		}
	}
	return each[0], true, nil
}

// whichFirm asks which of the parts behind a name is the company. The line waits in the inbox.
func (b *Bot) whichFirm(w line.Who, out store.Outcome) *post.Message {
	text := fmt.Sprintf("*Where does %s work?* Your line is kept and recorded as soon as you choose.", blockkit.Escape(blockkit.Truncate(w.Name, 80)))
	text += fmt.Sprintf(" At neither? Send it again with the company alone: `%s %s, Company: what happened`.", b.slash("log"), blockkit.Escape(blockkit.Truncate(w.Name, 80)))
	return &post.Message{Text: blockkit.Fallback(text), Blocks: []slack.Block{blockkit.Section(text), blockkit.Actions("choice", atEach(w, out)...)}}
}

// atEach are the buttons of somebody new at each of the parts that may be the company.
func atEach(w line.Who, out store.Outcome) (all []*slack.ButtonBlockElement) {
	for i, one := range line.ParseWho(w.Raw).Firms() {
		all = append(all, blockkit.Button(fmt.Sprintf("firm:%d", i), newLabel(whoOf(one)), fmt.Sprintf("%d %d", out.DeliveryID, -1-i)))
	}
	return all
}

// otherForm says that a company is kept under another legal form than was typed; empty where it
// is not. Companies are told apart by their names alone.
func otherForm(typed, known string) string {
	if !line.OtherForm(typed, known) {
		return ""
	}
	return fmt.Sprintf("You typed “%s”; I know the company as %s. If they are two, add a place: “%s Leeds”.",
		blockkit.Escape(blockkit.Truncate(typed, 80)), blockkit.Escape(blockkit.Truncate(known, 80)), blockkit.Escape(blockkit.Truncate(shortName(typed), 60)))
}

// shortName is a company's name without its last word, the form.
func shortName(company string) string {
	words := strings.Fields(company)
	return strings.TrimRight(strings.Join(words[:max(len(words)-1, 1)], " "), ",")
}

// atFirm is a draft at the company that was chosen: n is -1 for the first of the parts that may
// be one, -2 for the second.
func atFirm(d *store.Draft, l *line.Line, n int64) error {
	each := line.ParseWho(l.Who.Raw).Firms()
	at := -1 - n
	if at < 0 || at >= int64(len(each)) {
		return chat.ErrValue
	}
	l.Who = each[at]
	d.Who, d.NewContact = whoOf(l.Who), true
	return nil
}

// choice asks which of several contacts was meant. The line waits in the
// inbox until one is chosen; nothing is recorded before. w is
// whom the line names, of whom who was made.
func (b *Bot) choice(who store.Who, out store.Outcome, w line.Who) *post.Message {
	typed := who.Name
	if who.Guessed {
		typed = who.Email
	}
	text := fmt.Sprintf("*Which one do you mean by “%s”?* Your line is kept and recorded as soon as you choose.", blockkit.Escape(blockkit.Truncate(typed, 80)))
	if out.More > 0 {
		text += fmt.Sprintf(" %d more may be meant: if yours is not here, send the line again with the company: `%s %s, Company: what happened`.", out.More, b.slash("log"), blockkit.Escape(blockkit.Truncate(who.Name, 80)))
	}
	i := slices.IndexFunc(out.Ask, func(c store.Candidate) bool { return who.Email != "" && c.Email == who.Email })
	switch {
	case i >= 0:
		text += fmt.Sprintf(" %s is the address of %s, and stays so.", blockkit.Escape(who.Email), blockkit.Escape(blockkit.Truncate(out.Ask[i].Full(), 80)))
	case !who.Guessed && who.Company == "" && len(out.Ask) == 1 && who.Elsewhere(out.Ask[0]):
		text += fmt.Sprintf(" %s may be an address at another company.", blockkit.Escape(who.Email))
	}
	all := candidates(out)
	if who.Unsure {
		all = append(all, atEach(w, out)...)
	} else {
		all = append(all, blockkit.Button("choose:new", newLabel(who), fmt.Sprintf("%d 0", out.DeliveryID)))
	}
	return &post.Message{Text: blockkit.Fallback(text), Blocks: []slack.Block{blockkit.Section(text), blockkit.Actions("choice", all...)}}
}

// namesake asks about somebody new from whom nothing tells a known one apart.
func (b *Bot) namesake(out store.Outcome) *post.Message {
	known := out.Ask[0]
	text := fmt.Sprintf("*%s is known already*, and nothing would tell the two apart. Nothing was recorded yet; your line is kept. If you mean them, press their name; if not, send the line again with the new one's company: `%s %s, Company: what happened`.",
		blockkit.Escape(blockkit.Truncate(known.Full(), 80)), b.slash("log"), blockkit.Escape(blockkit.Truncate(known.Name, 80)))
	return &post.Message{Text: blockkit.Fallback(text), Blocks: []slack.Block{blockkit.Section(text), blockkit.Actions("choice", candidates(out)...)}}
}

// candidates are the buttons of those who may be meant.
func candidates(out store.Outcome) (all []*slack.ButtonBlockElement) {
	for i, c := range out.Ask {
		all = append(all, blockkit.Button(fmt.Sprintf("choose:%d", i), candidateLabel(c), fmt.Sprintf("%d %d", out.DeliveryID, c.ID)))
	}
	return all
}

// candidateLabel is what the button of somebody who may be meant says.
func candidateLabel(c store.Candidate) string {
	full := c.Full()
	if c.Mine && c.Company == "" && c.Email != "" && !strings.Contains(full, c.Email) { // nothing else tells them apart
		full += " (" + c.Email + ")"
	}
	if !c.Mine {
		return full + " (a colleague's)"
	}
	return full
}
