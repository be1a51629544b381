package editing

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// maxPreview is on how many contacts a draft is shown at once.
const maxPreview = 5

// firstPreview is on how many it is shown at first.
const firstPreview = 3

// maxListed is how many contacts the list to choose from has at most, Slack's limit.
const maxListed = 100

// mostTried is on how many contacts a wording in one language is tried before there is
// said to be nobody.
const mostTried = 20

// previewOpen is what the form for choosing contacts remembers.
type previewOpen struct {
	chat.Opened
	File string `json:"file"`
}

// preview shows live and draft side by side on the latest contacts that it is for;
// "choose" asks on which instead, "dana; kim" names them. "ask", alone or before names,
// has the model answer.
func (d *Desk) preview(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	if kind, _ := workshop.KindOf(file); kind == workshop.Cues {
		return chat.Say(fmt.Sprintf("What one word does shows only in the figures of all notes: `%s prompts test %s` reads them with live and draft.", d.Slash("coach"), workshop.Name(file))), nil
	}
	who, asks := asksModel(r.Text)
	on, held, err := d.previewWhom(ctx, r, file, who)
	switch {
	case err != nil || held != nil:
		return chat.OrNone(held), err
	case asks:
		return d.askModel(ctx, r, file, on)
	}
	return d.previewOn(ctx, r, file, on)
}

// previewWhom finds those whom somebody wants a preview on; held is the answer where
// they are to be chosen first.
func (d *Desk) previewWhom(ctx context.Context, r *chat.Request, file, who string) (on previewed, held *chat.Reply, err error) {
	if forDigest(workshop.Name(file)) {
		return on, nil, nil
	}
	if ids, ok := numbersIn(who); ok {
		on.chosen, err = d.previewIDs(ctx, r, ids)
		return on, nil, err
	}
	if who != "" && who != "choose" {
		return d.previewNamed(ctx, r, file, who)
	}
	contacts, err := d.Store.PreviewContacts(ctx, r.TeamID, r.PersonID, maxListed)
	if err != nil {
		return on, nil, err
	}
	tongue := d.Tongue(workshop.Name(file))
	if who == "choose" || tongue != "" {
		if err := d.Tongues(ctx, r, contacts); err != nil {
			return on, nil, err
		}
		likeliestFirst(contacts, tongue)
	}
	if who == "choose" {
		reply := d.chooseContacts(r, file, contacts)
		return on, &reply, nil
	}
	if tongue == "" { // the editor's own come first; who has none sees colleagues', masked
		on.chosen = contacts[:min(len(contacts), firstPreview)]
		return on, nil, nil
	}
	on, err = d.writtenToIn(ctx, r, file, contacts, tongue)
	return on, nil, err
}

// previewed is on whom a draft is shown.
type previewed struct {
	chosen []store.Preview
	people []Tryout // the same, where all that is known of them was read to choose them; else nil
	untold int      // how many more there are whom nobody looked at
	missed string   // which of those that were named are nobody's, ready for Slack; empty: none
}

// likeliestFirst puts those first who are known to be written to in a language, then
// those of whom it is not known.
func likeliestFirst(contacts []store.Preview, tongue string) {
	rank := func(p store.Preview) int {
		switch p.Language {
		case tongue:
			return 0
		case "":
			return 1
		}
		return 2
	}
	if tongue != "" {
		slices.SortStableFunc(contacts, func(a, b store.Preview) int { return rank(a) - rank(b) })
	}
}

// writtenToIn are the first contacts for whom a wording in one language would be used:
// what is given to them can tell it too, so each is tried, as far as there is time.
func (d *Desk) writtenToIn(ctx context.Context, r *chat.Request, file string, contacts []store.Preview, tongue string) (on previewed, err error) {
	with, ok := d.Inputs(workshop.Name(file))
	if !ok {
		return on, fmt.Errorf("nothing tells how the prompt %s is used", workshop.Name(file))
	}
	last := slices.IndexFunc(contacts, func(p store.Preview) bool { return p.Language != "" && p.Language != tongue })
	if last >= 0 { // they come last, and are not it
		contacts = contacts[:last]
	}
	tried, err := inHalfTheTime(ctx, contacts[:min(len(contacts), mostTried)], func(p store.Preview) (enough bool, err error) {
		people, err := d.tryouts(ctx, r, []store.Preview{p})
		if err != nil {
			return false, err
		}
		_, none, err := with(ctx, r, people[0])
		if err != nil || none != "" {
			return false, err
		}
		on.chosen, on.people = append(on.chosen, p), append(on.people, people[0])
		return len(on.chosen) == firstPreview, nil
	})
	on.untold = len(contacts) - tried
	return on, err
}

// inHalfTheTime does something to one after the other until it is enough, and begins
// none once half of the time is gone that there was for an answer; it returns how many
// it did it to.
func inHalfTheTime[T any](ctx context.Context, all []T, do func(T) (enough bool, err error)) (done int, err error) {
	begun := time.Now()
	by, bounded := ctx.Deadline()
	half := begun.Add(by.Sub(begun) / 2)
	for _, one := range all {
		if bounded && !time.Now().Before(half) {
			return done, nil
		}
		enough, err := do(one)
		if done++; enough || err != nil {
			return done, err
		}
	}
	return done, nil
}

// previewNamed are the contacts that were named. Only an editor's own have a name here:
// of colleagues' none is found, offered or told of. A name that is nobody's keeps the
// others from nothing.
func (d *Desk) previewNamed(ctx context.Context, r *chat.Request, file, names string) (on previewed, held *chat.Reply, err error) {
	var missed []string
	for _, name := range strings.Split(names, ";") { // a comma stands before a company
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		c, several, err := d.FindOwn(ctx, r, name)
		switch {
		case err != nil:
			return on, nil, err
		case len(several) > 0:
			var full []string
			for _, m := range several {
				full = append(full, "`"+blockkit.Escape(m.Full())+"`")
			}
			missed = append(missed, fmt.Sprintf("Of your own contacts “%s” may be %s. Type the full name, with the company if need be.", blockkit.Escape(blockkit.Truncate(name, 60)), strings.Join(full, " or ")))
			continue
		case c.ID == 0:
			missed = append(missed, fmt.Sprintf("No contact of your own is called “%s”.", blockkit.Escape(blockkit.Truncate(name, 60))))
			continue
		case len(on.chosen) == maxPreview:
			reply := chat.Say(fmt.Sprintf("At most %d contacts at once, please.", maxPreview))
			return on, &reply, nil
		}
		on.chosen = append(on.chosen, store.Preview{ID: c.ID, Name: c.Name, Company: c.Company.Name, Mine: true})
	}
	missed = missed[:min(len(missed), maxPreview)]
	if len(on.chosen) == 0 && len(missed) > 0 {
		reply := d.orChoose(file, strings.Join(missed, " "))
		return on, &reply, nil
	}
	on.missed = strings.Join(missed, " ")
	return on, nil, nil
}

// previewIDs are contacts by their ids, as the list has them: whose are not the editor's
// own is told by the list or by the contact, never by who asks. Those that are gone
// since are left out.
func (d *Desk) previewIDs(ctx context.Context, r *chat.Request, ids []int64) (chosen []store.Preview, err error) {
	listed, err := d.Store.PreviewContacts(ctx, r.TeamID, r.PersonID, maxListed)
	if err != nil {
		return nil, err
	}
	for _, id := range ids[:min(len(ids), maxPreview)] {
		if at := slices.IndexFunc(listed, func(p store.Preview) bool { return p.ID == id }); at >= 0 {
			chosen = append(chosen, listed[at])
			continue
		}
		c, err := d.Store.Contact(ctx, r.TeamID, id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, store.Preview{ID: c.ID, Name: c.Name, Company: c.Company.Name, Mine: slices.Contains(c.Owners, r.PersonID)})
	}
	return chosen, nil
}

// orChoose says why a name is nobody's here, with the way to a list of all.
func (d *Desk) orChoose(file, why string) chat.Reply {
	name := workshop.Name(file)
	text := fmt.Sprintf("%s Choose from a list instead, where colleagues' contacts stand too, without their names: `%s prompts preview %s choose`.", why, d.Slash("coach"), name)
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(text), Blocks: []slack.Block{blockkit.Section(text), blockkit.Actions("prompt", chooseButton(name))}}}
}

func chooseButton(name string) *slack.ButtonBlockElement {
	return blockkit.Button("prompt:choose", "Choose contacts", "preview "+name+" choose")
}

func (d *Desk) chooseContacts(r *chat.Request, file string, contacts []store.Preview) chat.Reply {
	if len(contacts) == 0 {
		return chat.Say("There are no contacts yet. The preview shows the examples until there are.")
	}
	var options []*slack.OptionBlockObject
	for _, p := range contacts {
		options = append(options, slack.NewOptionBlockObject(fmt.Sprint(p.ID), blockkit.PlainText(blockkit.Truncate(d.previewLabel(r.TeamID, p), 75)), nil))
	}
	menu := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, blockkit.PlainText("up to five"), "contacts", options...)
	most := maxPreview
	menu.MaxSelectedItems = &most
	hint := blockkit.PlainText("“Somebody” is a colleague's contact: no name, and none of their words.")
	return chat.Reply{Modal: blockkit.Modal("prompt_preview", "Preview on contacts", "Show", chat.Remember(previewOpen{r.Opened(), file}), slack.NewInputBlock("contacts", blockkit.PlainText("On whom?"), hint, menu))}
}

// SubmitPreview shows the draft on the contacts of the form.
func (d *Desk) SubmitPreview(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	open, err := chat.Recall[previewOpen](r)
	if err != nil {
		return chat.Reply{}, err
	}
	me, err := d.Store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	ids := r.View.Multiple["contacts"]
	if !me.Is(store.Editor) {
		return chat.Reply{Errors: map[string]string{"contacts": "Only editors see previews, and you are none any more. An admin can make you one."}}, nil
	}
	if len(ids) == 0 || len(ids) > maxPreview {
		return chat.Reply{Errors: map[string]string{"contacts": "Choose one to five contacts."}}, nil
	}
	var numbers []int64
	for _, id := range ids {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			numbers = append(numbers, n)
		}
	}
	chosen, err := d.previewIDs(ctx, r, numbers)
	if err != nil {
		return chat.Reply{}, err
	}
	return d.orTooLong(d.previewOn(ctx, r, open.File, previewed{chosen: chosen}))
}
