package editing

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

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

// previewOpen is what the form for choosing contacts remembers.
type previewOpen struct {
	chat.Opened
	File string `json:"file"`
}

// preview shows live and draft side by side on the latest contacts;
// "choose" asks on which instead, "dana; kim" names them.
func (d *Desk) preview(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	if kind, _ := workshop.KindOf(file); kind == workshop.Cues {
		return chat.Say(fmt.Sprintf("What one word does shows only in the figures of all notes: `%s prompts test %s` reads them with live and draft.", d.Slash("coach"), workshop.Name(file))), nil
	}
	contacts, err := d.Store.PreviewContacts(ctx, r.TeamID, r.PersonID, 100)
	if err != nil {
		return chat.Reply{}, err
	}
	switch {
	case r.Text == "choose":
		return d.chooseContacts(r, file, contacts), nil
	case r.Text != "" && !forDigest(workshop.Name(file)):
		return d.previewNamed(ctx, r, file)
	}
	// the editor's own come first; who has none sees colleagues', masked
	return d.previewOn(ctx, r, file, contacts[:min(len(contacts), firstPreview)])
}

// previewNamed shows it on contacts that were named. Only their own have a name for
// an editor here: a name would tell who “Somebody” is.
func (d *Desk) previewNamed(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	var chosen []store.Preview
	for _, name := range strings.Split(r.Text, ";") { // a comma stands before a company
		if strings.TrimSpace(name) == "" {
			continue
		}
		c, reply, err := d.Find(ctx, r, name)
		switch {
		case err != nil:
			return chat.Reply{}, err
		case reply != nil:
			if reply.Message != nil { // whoever is offered may be a colleague's
				reply.Message.Blocks = append(reply.Message.Blocks, blockkit.Context(fmt.Sprintf("A preview names only contacts of your own; `%s prompts preview %s choose` lists colleagues' too, without their names.", d.Slash("coach"), workshop.Name(file))))
			}
			return *reply, nil
		case !slices.Contains(c.Owners, r.PersonID):
			return chat.Say(fmt.Sprintf("%s is a colleague's contact, and a preview shows those without their names: `%s prompts preview %s choose` lists them.", blockkit.Escape(c.Full()), d.Slash("coach"), workshop.Name(file))), nil
		case len(chosen) == maxPreview:
			return chat.Say(fmt.Sprintf("At most %d contacts at once, please.", maxPreview)), nil
		}
		chosen = append(chosen, store.Preview{ID: c.ID, Name: c.Name, Company: c.Company.Name, Mine: true})
	}
	return d.previewOn(ctx, r, file, chosen)
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
	known, err := d.Store.PreviewContacts(ctx, r.TeamID, r.PersonID, 100)
	if err != nil {
		return chat.Reply{}, err
	}
	var chosen []store.Preview
	for _, p := range known {
		if slices.Contains(ids, strconv.FormatInt(p.ID, 10)) {
			chosen = append(chosen, p)
		}
	}
	return d.orTooLong(d.previewOn(ctx, r, open.File, chosen))
}

// pair is what is live and the draft of one file.
type pair struct {
	labels      store.PromptLabels
	live, draft workshop.Piece
	shelf       *shelved // of a library: what the draft does to it
}

// pair reads both; ok is false where there is no draft, and then live stands
// for both.
func (d *Desk) pair(ctx context.Context, team, file string) (p pair, ok bool, err error) {
	labels, err := d.Store.PromptLabels(ctx, team, file)
	if err != nil {
		return p, false, err
	}
	p, err = d.pairOf(ctx, team, labels)
	return p, labels.Draft > 0, err
}

// pairOf reads the versions that labels name.
func (d *Desk) pairOf(ctx context.Context, team string, labels store.PromptLabels) (p pair, err error) {
	p.labels = labels
	if kind, _ := workshop.KindOf(labels.File); kind.FromRows() {
		return d.shelfPair(ctx, team, labels)
	}
	if p.live, err = d.piece(ctx, team, labels.File, labels.Live); err != nil {
		return p, err
	}
	if p.draft = p.live; labels.Draft == 0 {
		return p, nil
	}
	p.draft, err = d.piece(ctx, team, labels.File, labels.Draft)
	return p, err
}

func (d *Desk) previewOn(ctx context.Context, r *chat.Request, file string, chosen []store.Preview) (chat.Reply, error) {
	p, hasDraft, err := d.pair(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	name := workshop.Name(file)
	head := fmt.Sprintf("*Preview of %s*: %s beside the draft, version %d. Nobody else sees this.", d.Title(file), d.versionWord(file, p.labels.Live), p.labels.Draft)
	if !hasDraft {
		head = fmt.Sprintf("*%s as it is live*, %s. There is no draft yet.", d.Title(file), d.versionWord(file, p.labels.Live))
	}
	blocks := []slack.Block{blockkit.Section(head)}
	if p.shelf != nil {
		more, err := d.previewShelf(ctx, r, p, hasDraft, chosen)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = more
	} else if p.live.Guide != nil {
		more, err := d.previewGuide(ctx, r, p, hasDraft, chosen)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, more...)
	} else if p.live.Journey != nil {
		more, err := d.previewPlaces(ctx, r, p, chosen)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, more...)
	} else {
		more, err := d.previewTexts(ctx, r, p, hasDraft, chosen)
		if err != nil {
			return chat.Reply{}, err
		}
		blocks = append(blocks, more...)
	}
	others := []*slack.ButtonBlockElement{blockkit.Button("prompt:edit", "Edit", "edit "+name)}
	if !forDigest(name) {
		others = slices.Insert(others, 0, blockkit.Button("prompt:choose", "Choose contacts", "preview "+name+" choose"))
	}
	if hasDraft {
		others = append(others, blockkit.Button("prompt:test", "Test", "test "+name), blockkit.Button("prompt:publish", "Publish", "publish "+name))
	}
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: append(blocks, blockkit.Actions("prompt", others...))}}, nil
}
