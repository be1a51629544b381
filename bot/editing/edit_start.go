package editing

import (
	"context"
	"fmt"

	"cairn/bot/chat"
	"cairn/bot/workshop"
	"cairn/store"
)

// start is what an edit starts from.
type start struct {
	labels store.PromptLabels
	number int
	text   string
	begun  bool // the draft, else what is live; not another version that was named
}

// editFrom is what an edit starts from; "4" or "from 4" names another version.
func (d *Desk) editFrom(ctx context.Context, r *chat.Request, file string) (s start, err error) {
	if s.labels, err = d.Store.PromptLabels(ctx, r.TeamID, file); err != nil {
		return s, err
	}
	n, named := numberIn(r.Text)
	if !named || n == s.labels.Draft && n > 0 {
		s.begun = true
		s.number, s.text, err = d.standing(ctx, r, s.labels)
		return s, err
	}
	kind, _ := workshop.KindOf(file)
	s.number, s.begun = n, n == s.labels.Live && s.labels.Draft == 0 && !kind.FromRows()
	s.text, err = d.versionText(ctx, r.TeamID, file, n)
	return s, err
}

// standing is what stands to be edited: the draft, else what is live. Rows that
// are live are kept as a version, so that the draft knows what it was made from.
func (d *Desk) standing(ctx context.Context, r *chat.Request, labels store.PromptLabels) (number int, text string, err error) {
	if kind, _ := workshop.KindOf(labels.File); labels.Draft == 0 && kind.FromRows() {
		_, text, err := d.shelfNow(ctx, r.TeamID)
		if err != nil {
			return 0, "", err
		}
		v, err := d.Store.KeepState(ctx, r.TeamID, labels.File, text, r.PersonID, d.Now())
		return v.Number, text, err
	}
	number = labels.Live
	if labels.Draft > 0 {
		number = labels.Draft
	}
	text, err = d.versionText(ctx, r.TeamID, labels.File, number)
	return number, text, err
}

// startWord names what an edit starts from.
func (d *Desk) startWord(r *chat.Request, s start) string {
	kind, _ := workshop.KindOf(s.labels.File)
	switch {
	case s.number != 0 && s.number == s.labels.Draft:
		return fmt.Sprintf("the draft, version %d", s.number)
	case s.begun && kind.FromRows():
		return "the library as it is now"
	case s.number != s.labels.Live:
		return d.standsWord(r, s.labels.File, s.number)
	}
	return "what is live, " + d.standsWord(r, s.labels.File, s.number)
}

// sentWord names what was sent as a file.
func (d *Desk) sentWord(s start) string {
	if kind, _ := workshop.KindOf(s.labels.File); kind.FromRows() && s.begun && s.labels.Draft == 0 {
		return d.Title(s.labels.File) + " as it is now"
	}
	return fmt.Sprintf("%s of %s", d.versionWord(s.labels.File, s.number), d.Title(s.labels.File))
}
