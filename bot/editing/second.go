package editing

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// askedFor says what a step would make of a version, behind "before".
var askedFor = map[string]string{store.PromptPublish: "it is live", store.PromptSplit: "a share of the contacts gets it",
	store.PromptStop: "everybody gets it", store.PromptRollback: "everybody gets it"}

// askOthers asks those who can agree to a step that its author may not take alone, each
// once in a private message for what is live now, and says whom, sentences that begin
// with a space. Who could not be told keeps nobody else from it: the error is of all of
// those, and the sentences name them too.
func (d *Desk) askOthers(ctx context.Context, r *chat.Request, file string, s step, why, reason string) (string, error) {
	people, err := d.Store.People(ctx, r.TeamID)
	if err != nil {
		return "", err
	}
	for _, id := range d.Store.Appointed(r.TeamID) { // a setting may name somebody whom nobody has met yet
		if !slices.ContainsFunc(people, func(p store.Person) bool { return p.ID == id }) {
			people = append(people, store.Person{TeamID: r.TeamID, ID: id, Roles: []store.Role{store.Admin}})
		}
	}
	others := secondPeople(people, r.PersonID)
	if len(others) == 0 {
		return " Nobody else is an editor or an admin here yet.", nil
	}
	me := r.PersonID
	if at := slices.IndexFunc(people, func(p store.Person) bool { return p.ID == r.PersonID }); at >= 0 {
		me = chat.NameOf(people[at])
	}
	head := fmt.Sprintf("*%s asks for a second person*: version %d of %s, which they wrote, waits for somebody else to agree before %s. %s.", blockkit.Escape(me), s.Number, d.Title(file), askedFor[s.Kind], english.Upper(why))
	if reason != "" {
		head += " Their reason: “" + blockkit.Escape(blockkit.Truncate(reason, 300)) + "”."
	}
	head += fmt.Sprintf("\nThe button shows the figures and what differs, and asks you why before anything happens; `%s prompts %s` does the same.", d.Slash("coach"), s.command(workshop.Name(file)))
	message := chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head),
		blockkit.Actions("prompt", blockkit.Button("prompt:agree", "Look at it", s.command(workshop.Name(file))), blockkit.Button("prompt:log", "Log", "log "+workshop.Name(file)))}}}
	var told, missed []string
	var failed []error
	for _, p := range others {
		name := blockkit.Escape(chat.NameOf(p))
		to := &chat.Request{Delivery: store.Delivery{TeamID: r.TeamID, PersonID: p.ID}}
		// another share, or beside another text, is another question
		if err := d.Send(ctx, to, message, fmt.Sprintf("second:%s:%s:%d:%d:%d:%s", s.Kind, file, s.Number, s.Share, s.Live, p.ID)); err != nil {
			missed, failed = append(missed, name), append(failed, err)
			continue
		}
		told = append(told, name)
	}
	text := ""
	if len(told) > 0 {
		text = fmt.Sprintf(" I told %s in a private message.", allOf(told))
	}
	if len(missed) > 0 {
		text += fmt.Sprintf(" I could not tell %s: ask them yourself.", allOf(missed))
	}
	return text, errors.Join(failed...)
}

// secondPeople are those who are asked to agree to what somebody wrote: the other editors
// who are no admins; where there is none, the admins. Whoever is both an editor and an
// admin can agree, and is not asked while a plain editor can.
func secondPeople(people []store.Person, author string) (others []store.Person) {
	var admins []store.Person
	for _, p := range people {
		switch {
		case p.ID == author || !p.Is(store.Editor):
		case slices.Contains(p.Roles, store.Admin):
			admins = append(admins, p)
		default:
			others = append(others, p)
		}
	}
	if len(others) == 0 {
		return admins
	}
	return others
}

// allOf names several: "Maya Lind, Sam Ito and Ada Novak".
func allOf(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// tellAuthor tells the author of a version that somebody else made it live or threw it
// away, and returns who was told; empty where nobody had to be.
func (d *Desk) tellAuthor(ctx context.Context, r *chat.Request, file string, c store.PromptChange, ended []store.PromptTrial) (string, error) {
	number := movedVersion(c)
	if number == 0 {
		return "", nil
	}
	v, err := d.Store.PromptVersion(ctx, r.TeamID, file, number)
	if err != nil || v.AuthorID == r.PersonID {
		return "", err
	}
	names, err := d.Names(ctx, r.TeamID)
	if err != nil {
		return "", err
	}
	text := authorWords(c, d.Title(file), number, blockkit.Escape(names.Of(r.PersonID)))
	if c.Reason != "" {
		text += ", “" + blockkit.Escape(blockkit.Truncate(c.Reason, 300)) + "”"
	}
	text += "."
	if c.Kind == store.PromptDrop {
		text += fmt.Sprintf(" It is kept: `%s prompts edit %s %d` brings it back.", d.Slash("coach"), workshop.Name(file), number)
	}
	if slices.ContainsFunc(ended, func(t store.PromptTrial) bool { return t.PersonID == v.AuthorID }) {
		text += " Your trial of it has ended with that: your replies use what is live."
	}
	to := &chat.Request{Delivery: store.Delivery{TeamID: r.TeamID, PersonID: v.AuthorID}}
	if err := d.Send(ctx, to, chat.Say(text), "author:"+r.Kind+":"+r.Key); err != nil {
		return "", err
	}
	return v.AuthorID, nil
}

// movedVersion is the version that a move made live, for everybody or a share of the
// contacts, or threw away; 0 where it did neither, or made the original live.
func movedVersion(c store.PromptChange) int {
	switch {
	case c.Kind == store.PromptPublish || c.Kind == store.PromptRollback:
		return c.Next.Live
	case c.Kind == store.PromptSplit:
		return c.Next.Other
	case c.Kind == store.PromptStop && c.Next.Live == c.Seen.Other:
		return c.Next.Live
	case c.Kind == store.PromptDrop:
		return c.Seen.Draft
	}
	return 0
}

// authorWords say what became of a version, up to the reason.
func authorWords(c store.PromptChange, title string, number int, who string) string {
	switch c.Kind {
	case store.PromptSplit:
		return fmt.Sprintf("*Your version %d of %s is live for %d %% of the contacts*: %s gave it to them", number, title, c.Next.Share, who)
	case store.PromptStop:
		return fmt.Sprintf("*Your version %d of %s is live for everybody now*: %s ended the split with it kept", number, title, who)
	case store.PromptRollback:
		return fmt.Sprintf("*Your version %d of %s is live for everybody*: %s went back to it", number, title, who)
	case store.PromptDrop:
		return fmt.Sprintf("*Your draft of %s, version %d, is no draft any more*: %s threw it away", title, number, who)
	}
	return fmt.Sprintf("*Your version %d of %s is live*: %s published it", number, title, who)
}
