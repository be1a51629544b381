package librarian

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/suggest"
	"cairn/store"
)

// opened is what the form of an item remembers while it is open.
type opened struct {
	chat.Opened
	ID   int64  `json:"id,omitempty"`   // 0: a new one
	Seen string `json:"seen,omitempty"` // of the item that the form shows: it may change while the form is open
}

// form asks for an item. The ids of its inputs are the columns of a
// library file, so that what is wrong with an item stands beside its input.
func (d *Desk) form(r *chat.Request, c store.Content, seen string) *slack.ModalViewRequest {
	name, submit := "Add to the library", "Add"
	if c.ID != 0 {
		name, submit = "Edit an item", "Save"
	}
	lists := func(id, label, hint string, words []string) slack.Block {
		return blockkit.Optional(blockkit.TextInput(id, label, hint, strings.Join(words, "; "), false))
	}
	return blockkit.Modal("content", name, submit, chat.Remember(opened{r.Opened(), c.ID, seen}),
		blockkit.TextInput("title", "Title", "", c.Title, false),
		blockkit.TextInput("url", "Address", "Where it is found, from https:// on.", c.URL, false),
		blockkit.TextInput("gives", "What does it give the customer?", "One sentence that begins with a verb: “answers the ten questions that IT asks, on one page”.", c.Gives, false),
		blockkit.Optional(blockkit.TextInput("kind", "Kind", "checklist, case study, calculator, video …", c.Kind, false)),
		stagesInput(c.Stages),
		lists("roles", "For which roles?", "Apart by semicolons: IT; CFO. Empty: for everybody.", c.Roles),
		lists("industries", "For which industries?", "Apart by semicolons. Empty: for all.", c.Industries),
		lists("topics", "Topics", "In the words that customers use: audit trail; spare parts.", c.Topics),
		blockkit.SelectInput("education", "What does it teach?", [][2]string{{"results", "how to get results in their own business"}, {"tool", "how to use what we sell"}}, c.Education),
		blockkit.Optional(blockkit.TextInput("language", "Language", "Two letters, such as en or de. Empty: any.", c.Language, false)),
		blockkit.Optional(blockkit.TextInput("owner", "Owner", "Who keeps it right?", c.Owner, false)),
		dayInput("review_by", "Look at it again by", c.ReviewBy),
		dayInput("expires", "Give it until", c.Expires),
		blockkit.SelectInput("pass_on", "May the customer pass it on?", [][2]string{{"yes", "yes"}, {"no", "no"}}, map[bool]string{true: "yes", false: "no"}[c.PassOn]),
		blockkit.Context("Live as soon as you save it. "+d.manyWord()))
}

func stagesInput(chosen []string) slack.Block {
	var options, initial []*slack.OptionBlockObject
	for _, name := range []string{"attention", "interaction", "permission", "engagement", "exchange"} {
		o := slack.NewOptionBlockObject(name, blockkit.PlainText(name), nil)
		options = append(options, o)
		if slices.Contains(chosen, name) {
			initial = append(initial, o)
		}
	}
	menu := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, blockkit.PlainText("any"), "stages", options...)
	menu.InitialOptions = initial
	block := slack.NewInputBlock("stages", blockkit.PlainText("For which stages?"), blockkit.PlainText("Of the AIPEE pyramid. None: for every stage."), menu)
	block.Optional = true
	return block
}

func dayInput(id, label string, day *time.Time) slack.Block {
	picker := slack.NewDatePickerBlockElement(id)
	if day != nil {
		picker.InitialDate = day.Format(time.DateOnly)
	}
	block := slack.NewInputBlock(id, blockkit.PlainText(label), nil, picker)
	block.Optional = true
	return block
}

// edit opens the form on an item named in words.
func (d *Desk) edit(ctx context.Context, r *chat.Request, words string) (chat.Reply, error) {
	c, reply, err := d.oneItem(ctx, r, words, "edit")
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	return chat.Reply{Modal: d.form(r, c, c.Sum())}, nil
}

// PressEdit opens the form on the item of the button.
func (d *Desk) PressEdit(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	c, reply, err := d.pressedItem(ctx, r)
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	return chat.Reply{Modal: d.form(r, c, c.Sum())}, nil
}

func (d *Desk) pressedItem(ctx context.Context, r *chat.Request) (store.Content, *chat.Reply, error) {
	if no, err := d.needs(ctx, r, store.Editor); no != nil || err != nil {
		if no != nil {
			no.Beside = true
		}
		return store.Content{}, no, err
	}
	ids, err := chat.Numbers(r.Action.Value, 1)
	if err != nil {
		return store.Content{}, nil, err
	}
	all, _, err := d.Store.Library(ctx, r.TeamID)
	if err != nil {
		return store.Content{}, nil, err
	}
	i := slices.IndexFunc(all, func(c store.Content) bool { return c.ID == ids[0] })
	if i < 0 {
		reply := chat.Say("This item is not in the library any more.")
		reply.Beside = true
		return store.Content{}, &reply, nil
	}
	return all[i], nil, nil
}

// SubmitItem adds or changes an item as the form says.
func (d *Desk) SubmitItem(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	open, no, err := d.reopened(ctx, r)
	if err != nil || no != nil {
		return chat.OrNone(no), err
	}
	item := itemOf(r.View)
	item.ID = open.ID
	if errs := map[string]string{}; len(item.Problems()) > 0 {
		for _, p := range item.Problems() {
			errs[p.Column] = blockkit.Truncate(english.Upper(p.What), 150)
		}
		return chat.Reply{Errors: errs}, nil
	}
	if item.Canonical, err = suggest.CanonicalURL(item.URL); err != nil {
		return chat.Reply{}, err
	}
	all, _, err := d.Store.Library(ctx, r.TeamID)
	if err != nil {
		return chat.Reply{}, err
	}
	taken := func(other string) chat.Reply {
		return chat.Reply{Errors: map[string]string{"url": blockkit.Truncate("The library has this page already: "+other, 150)}}
	}
	for _, c := range all {
		if c.CanonicalURL == item.Canonical && c.ID != item.ID {
			return taken(c.Title), nil
		}
	}
	row := coach.Rows([]suggest.Item{item})[0]
	if open.ID != 0 {
		return d.change(ctx, r, open, row, taken)
	}
	stands, err := d.Store.AddContent(ctx, r.TeamID, r.PersonID, d.Now(), row)
	if errors.Is(err, store.ErrDuplicate) {
		return taken("somebody added it just now"), nil
	} else if err != nil {
		return chat.Reply{}, err
	}
	added := "it can be suggested from now on"
	if d.isOver(r, stands) {
		added = "it is not suggested, since the day until which it is given is past"
	}
	if stands.Sum() != row.Sum() {
		added += ". It was in the library before: what you left empty is as it was then"
	}
	return d.changedMessage(ctx, r, "*Added to the library*: "+added+".\n"+itemLine(stands), stands.ID)
}

// isOver reports whether an item is given no more: its last day is behind.
func (d *Desk) isOver(r *chat.Request, row store.Content) bool {
	return row.Expires != nil && english.DaysBetween(*row.Expires, d.Here(r)) > 0
}

// change changes an item. Where somebody changed it while the form was
// open, nothing is changed: the form stays, with what was typed, and tells.
func (d *Desk) change(ctx context.Context, r *chat.Request, open opened, row store.Content, taken func(string) chat.Reply) (chat.Reply, error) {
	was, err := d.Store.EditContent(ctx, r.TeamID, r.PersonID, row, open.Seen, d.Now())
	switch {
	case errors.Is(err, store.ErrDuplicate):
		return taken("somebody added it just now"), nil
	case errors.Is(err, store.ErrMoved):
		who, err := d.lastChanger(ctx, r, row.ID)
		if err != nil {
			return chat.Reply{}, err
		}
		form := d.form(r, row, was.Sum())
		text := fmt.Sprintf("*Somebody was first.* While you wrote, %s changed this item. Nothing was overwritten: below is what you typed. Save once more, and yours takes the place of theirs. Theirs → yours:%s", who, chat.ItemDiffers(was, row))
		if was.Retired {
			text = fmt.Sprintf("*Somebody was first.* While you wrote, %s retired this item. Nothing was overwritten: below is what you typed. Save once more, and it is back in the library.", who)
		}
		form.Blocks.BlockSet = append([]slack.Block{blockkit.Section(text)}, form.Blocks.BlockSet...)
		return chat.Reply{Next: form}, nil
	case err != nil:
		return chat.Reply{}, err
	case was.Sum() == row.Sum():
		return chat.Reply{Errors: map[string]string{"title": "Nothing was changed. Change something, or cancel."}}, nil
	}
	becomes := "is suggested like this from now on"
	if d.isOver(r, row) {
		becomes = "is not suggested any more: the day until which it is given is past"
	}
	return d.changedMessage(ctx, r, fmt.Sprintf("*Changed in the library*: %s %s.%s", chat.ItemLink(row), becomes, chat.ItemDiffers(was, row)), row.ID)
}

// reopened reads what the form remembered and asks once more who may: roles
// may have changed while it was open.
func (d *Desk) reopened(ctx context.Context, r *chat.Request) (opened, *chat.Reply, error) {
	open, err := chat.Recall[opened](r)
	if err != nil {
		return open, nil, err
	}
	no, err := d.needs(ctx, r, store.Editor)
	return open, no, err
}

// itemOf reads a submitted form.
func itemOf(v chat.View) suggest.Item {
	list := func(id string) []string {
		var all []string
		for part := range strings.SplitSeq(v.Values[id], ";") {
			if part = strings.TrimSpace(part); part != "" && !slices.Contains(all, part) {
				all = append(all, part)
			}
		}
		return all
	}
	day := func(id string) time.Time {
		at, err := time.Parse(time.DateOnly, v.Values[id])
		if err != nil {
			return time.Time{} // the picker gives a date or nothing
		}
		return at
	}
	return suggest.Item{Title: v.Values["title"], URL: suggest.WithoutTrackers(v.Values["url"]), Kind: suggest.KindAs(v.Values["kind"], strings.ToLower(v.Values["language"])), Stages: inOrder(v.Multiple["stages"]),
		Roles: list("roles"), Industries: list("industries"), Topics: list("topics"), Language: strings.ToLower(v.Values["language"]),
		Education: suggest.Education(v.Values["education"]), Gives: v.Values["gives"], Owner: v.Values["owner"],
		ReviewBy: day("review_by"), Expires: day("expires"), PassOn: v.Values["pass_on"] != "no"}
}

// inOrder sorts stages as the journey has them.
func inOrder(stages []string) []string {
	order := []string{"attention", "interaction", "permission", "engagement", "exchange"}
	slices.SortFunc(stages, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
	return stages
}
