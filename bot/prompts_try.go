package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/phrase"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// seenBy says where somebody sees a wording of their own at once; empty: nowhere.
func (b *Bot) seenBy(name string) string {
	switch name {
	case "suggest-reason":
		return fmt.Sprintf("Type `%s dana`, say, and see.", b.slash("next"))
	case "draft-message-builtin":
		return fmt.Sprintf("Type `%s draft dana`, say, and see.", b.slash("coach"))
	case phrase.PromptName:
		if b.cfg.Second == nil {
			return "Only a model writes with it, and none is configured here: you will see no difference."
		}
		return fmt.Sprintf("Type `%s draft dana`, say: the model's words come below the template.", b.slash("coach"))
	case phrase.QuestionsPrompt:
		if b.cfg.Second == nil {
			return "Only a model asks with it, and none is configured here: you will see no difference."
		}
		return fmt.Sprintf("Type `%s prep dana`, say: the model's questions come below the template.", b.slash("coach"))
	case "prep-questions-builtin":
		return fmt.Sprintf("Type `%s prep dana`, say, and see.", b.slash("coach"))
	case "reminder-line":
		return "Your morning message uses it, if it comes within the hour; a preview shows it now."
	case "read-note":
		if b.cfg.Second == nil {
			return "Only a model reads with it, and none is configured here: you will see no difference."
		}
		return fmt.Sprintf("Log a line with `%s`: where the second look moves somebody, you are told.", b.slash("log"))
	}
	return ""
}

// trialsOf says whose trials end with a draft; empty where nobody tries it.
func (b *Bot) trialsOf(ctx context.Context, r *Request, file string, number int) (string, error) {
	state, err := b.store.PromptState(ctx, b.cfg.Now())
	if err != nil {
		return "", err
	}
	names, err := b.names(ctx, r.TeamID)
	if err != nil {
		return "", err
	}
	var whose []string
	for _, t := range state.Trials {
		switch {
		case t.TeamID != r.TeamID || t.File != file || t.Number != number:
		case t.PersonID == r.PersonID:
			whose = append(whose, "yours")
		default:
			whose = append(whose, esc(names.of(t.PersonID))+"'s")
		}
	}
	switch {
	case len(whose) == 0:
		return "", nil
	case len(whose) == 1 && whose[0] == "yours":
		return " Your trial of it has ended too: you get what is live.", nil
	}
	return fmt.Sprintf(" The trials of it have ended too (%s).", strings.Join(whose, ", ")), nil
}

// promptTry makes the draft live for the editor alone, for an hour.
func (b *Bot) promptTry(ctx context.Context, r *Request, file string) (Reply, error) {
	name := workshop.Name(file)
	switch kind, _ := workshop.KindOf(file); {
	case kind != workshop.Prompt && kind != workshop.Library:
		return say("Places and what is suggested are the whole team's, so a journey, cues or the wordlore cannot be live for one person alone. `" + b.slash("coach") + " prompts preview " + esc(name) + "` shows what would come of it."), nil
	case kind == workshop.Library:
		return say("A library cannot be live for one person alone: what is suggested and given is kept by the team's items, and a new one is none before it is published. `" + b.slash("coach") + " prompts preview library` shows what would be suggested to your contacts."), nil
	case forDigest(name):
		return say("A digest is a whole channel's, so its words cannot be live for one person alone. `" + b.slash("coach") + " prompts preview " + esc(name) + "` shows them."), nil
	}
	labels, err := b.store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return Reply{}, err
	}
	t := store.PromptTrial{TeamID: r.TeamID, File: file, PersonID: r.PersonID}
	if r.Text == "off" {
		if err := b.store.TryPrompt(ctx, t); err != nil {
			return Reply{}, err
		}
		b.follow(ctx)
		return say(fmt.Sprintf("*Ended.* Your replies use what is live of %s again, %s.", b.title(file), versionWord(labels.Live))), nil
	}
	if labels.Draft == 0 {
		return b.noDraft(file), nil
	}
	t.Number, t.Until = labels.Draft, b.cfg.Now().Add(workshop.TrialTime)
	if err := b.store.TryPrompt(ctx, t); err != nil {
		return Reply{}, err
	}
	b.follow(ctx)
	head := fmt.Sprintf("*Until %s, your own replies use version %d of %s.* Nobody else's do. %s",
		t.Until.In(b.here(r).Location()).Format("15:04"), t.Number, b.title(file), b.seenBy(name))
	return Reply{Message: &post.Message{Text: plain(head), Blocks: []slack.Block{section(head), buttons("prompt", button("prompt:off", "End it now", "try "+name+" off"), button("prompt:publish", "Publish", "publish "+name))}}}, nil
}
