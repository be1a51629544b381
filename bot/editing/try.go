package editing

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// endedWords say by what a trial ended.
var endedWords = map[string]string{store.PromptPublish: "published it", store.PromptRollback: "rolled it back", store.PromptDrop: "threw the draft away",
	store.PromptSplit: "gave the draft to a share of the contacts", store.PromptStop: "ended its split"}

// trialsEnded says whose trials ended with a move, and tells those others, but for who
// was told already; empty where nobody tried the file.
func (d *Desk) trialsEnded(ctx context.Context, r *chat.Request, c store.PromptChange, ended []store.PromptTrial, told string) (string, error) {
	if len(ended) == 0 {
		return "", nil
	}
	names, err := d.Names(ctx, r.TeamID)
	if err != nil {
		return "", err
	}
	var whose []string
	for _, t := range ended {
		if t.PersonID == r.PersonID {
			whose = append(whose, "yours")
			continue
		}
		whose = append(whose, blockkit.Escape(names.Of(t.PersonID))+"'s")
		if t.PersonID == told {
			continue
		}
		text := fmt.Sprintf("*Your trial of version %d of %s has ended*: %s %s. Your replies use what is live.", t.Number, d.Title(t.File), blockkit.Escape(names.Of(r.PersonID)), endedWords[c.Kind])
		to := &chat.Request{Delivery: store.Delivery{TeamID: t.TeamID, PersonID: t.PersonID}}
		if err := d.Send(ctx, to, chat.Say(text), fmt.Sprintf("trial:%s:%s:%d", t.File, t.PersonID, c.At.UnixNano())); err != nil {
			return "", err
		}
	}
	if len(whose) == 1 && whose[0] == "yours" {
		return " Your trial of it has ended too: you get what is live.", nil
	}
	return fmt.Sprintf(" The trials of it have ended too (%s).", strings.Join(whose, ", ")), nil
}

// tryingWord says, of a trial that runs, what is tried and until when.
func (d *Desk) tryingWord(r *chat.Request, t store.PromptTrial, draft int) string {
	until := t.Until.In(d.Here(r).Location()).Format("15:04")
	if t.Number == draft {
		return fmt.Sprintf("You are trying the draft of %s, version %d, until %s.", d.Title(t.File), t.Number, until)
	}
	text := fmt.Sprintf("You are trying version %d of %s until %s.", t.Number, d.Title(t.File), until)
	if draft > 0 {
		text += fmt.Sprintf(" The draft is version %d by now: `%s prompts try %s` takes that one.", draft, d.Slash("coach"), workshop.Name(t.File))
	}
	return text
}

// triesNow says that somebody's trial goes on with the draft that they just saved;
// empty where they try nothing.
func (d *Desk) triesNow(r *chat.Request, v store.PromptVersion) string {
	for _, t := range d.Live.Trying(r.TeamID, r.PersonID) {
		if t.File == v.File && t.Number == v.Number {
			return fmt.Sprintf(" Your trial goes on with it, until %s.", t.Until.In(d.Here(r).Location()).Format("15:04"))
		}
	}
	return ""
}

// try makes the draft live for the editor alone, for an hour.
func (d *Desk) try(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	name := workshop.Name(file)
	switch kind, _ := workshop.KindOf(file); {
	case kind != workshop.Prompt && kind != workshop.Library:
		shows := "preview"
		if kind == workshop.Cues { // what they do shows in the figures alone
			shows = "test"
		}
		return chat.Say(fmt.Sprintf("Places and what is suggested are the whole team's, so a journey, cues or “What fits whom” cannot be live for one person alone. `%s prompts %s %s` shows what would come of it.", d.Slash("coach"), shows, blockkit.Escape(name))), nil
	case kind == workshop.Library:
		return chat.Say("A library cannot be live for one person alone: what is suggested and given is kept by the team's items, and a new one is none before it is published. `" + d.Slash("coach") + " prompts preview library` shows what would be suggested to your contacts."), nil
	case forDigest(name):
		return chat.Say("A digest is a whole channel's, so its words cannot be live for one person alone. `" + d.Slash("coach") + " prompts preview " + blockkit.Escape(name) + "` shows them."), nil
	}
	labels, err := d.Store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	if r.Text == "off" {
		ran, err := d.Store.EndTrial(ctx, r.TeamID, file, r.PersonID, d.Now()) // another replica may have begun it just now
		if err != nil {
			return chat.Reply{}, err
		}
		d.Follow(ctx)
		if !ran {
			return chat.Say(fmt.Sprintf("You are not trying %s: your replies use what is live, %s.", d.Title(file), d.versionWord(file, labels.Live))), nil
		}
		return chat.Say(fmt.Sprintf("*Ended.* Your replies use what is live of %s again, %s.", d.Title(file), d.versionWord(file, labels.Live))), nil
	}
	if labels.Draft == 0 {
		return d.noDraft(file), nil
	}
	t := store.PromptTrial{TeamID: r.TeamID, File: file, PersonID: r.PersonID, Number: labels.Draft, Until: d.Now().Add(workshop.TrialTime)}
	if err := d.Store.TryPrompt(ctx, t); err != nil {
		return chat.Reply{}, err
	}
	d.Follow(ctx)
	head := fmt.Sprintf("*Until %s, your own replies use version %d of %s.* Nobody else's do. %s",
		t.Until.In(d.Here(r).Location()).Format("15:04"), t.Number, d.Title(file), d.SeenBy(name))
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head), blockkit.Actions("prompt", blockkit.Button("prompt:off", "End it now", "try "+name+" off"), blockkit.Button("prompt:publish", "Publish", "publish "+name))}}}, nil
}
