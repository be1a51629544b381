package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/phrase"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/store"
)

// seenBy says where somebody sees a wording of their own at once; empty: nowhere.
func (b *Bot) seenBy(name string) string {
	if code, ok := languageOfDraft(name); ok {
		say := fmt.Sprintf("Type `%s draft dana`, say, and see.", b.slash("coach"))
		if code != usualTongue {
			say = strings.Replace(say, "dana", "a contact's name who is written to in that language", 1)
		}
		return say
	}
	switch name {
	case "suggest-reason":
		return fmt.Sprintf("Type `%s dana`, say, and see.", b.slash("next"))
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

// endedWords say by what a trial ended.
var endedWords = map[string]string{store.PromptPublish: "published it", store.PromptRollback: "rolled it back", store.PromptDrop: "threw the draft away",
	store.PromptSplit: "gave the draft to a share of the contacts", store.PromptStop: "ended its split"}

// trialsEnded says whose trials ended with a move, and tells those others; empty
// where nobody tried the file.
func (b *Bot) trialsEnded(ctx context.Context, r *chat.Request, c store.PromptChange, ended []store.PromptTrial) (string, error) {
	if len(ended) == 0 {
		return "", nil
	}
	names, err := b.names(ctx, r.TeamID)
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
		text := fmt.Sprintf("*Your trial of version %d of %s has ended*: %s %s. Your replies use what is live.", t.Number, b.title(t.File), blockkit.Escape(names.Of(r.PersonID)), endedWords[c.Kind])
		to := &chat.Request{Delivery: store.Delivery{TeamID: t.TeamID, PersonID: t.PersonID}}
		if err := b.enqueue(ctx, to, chat.Say(text), fmt.Sprintf("trial:%s:%s:%d", t.File, t.PersonID, c.At.UnixNano())); err != nil {
			return "", err
		}
	}
	b.poster.Kick()
	if len(whose) == 1 && whose[0] == "yours" {
		return " Your trial of it has ended too: you get what is live.", nil
	}
	return fmt.Sprintf(" The trials of it have ended too (%s).", strings.Join(whose, ", ")), nil
}

// tryingWord says, of a trial that runs, what is tried and until when.
func (b *Bot) tryingWord(r *chat.Request, t store.PromptTrial, draft int) string {
	until := t.Until.In(b.here(r).Location()).Format("15:04")
	if t.Number == draft {
		return fmt.Sprintf("You are trying the draft of %s, version %d, until %s.", b.title(t.File), t.Number, until)
	}
	text := fmt.Sprintf("You are trying version %d of %s until %s.", t.Number, b.title(t.File), until)
	if draft > 0 {
		text += fmt.Sprintf(" The draft is version %d by now: `%s prompts try %s` takes that one.", draft, b.slash("coach"), workshop.Name(t.File))
	}
	return text
}

// triesNow says that somebody's trial goes on with the draft that they just saved;
// empty where they try nothing.
func (b *Bot) triesNow(r *chat.Request, v store.PromptVersion) string {
	for _, t := range b.live.Trying(r.TeamID, r.PersonID) {
		if t.File == v.File && t.Number == v.Number {
			return fmt.Sprintf(" Your trial goes on with it, until %s.", t.Until.In(b.here(r).Location()).Format("15:04"))
		}
	}
	return ""
}

// promptTry makes the draft live for the editor alone, for an hour.
func (b *Bot) promptTry(ctx context.Context, r *chat.Request, file string) (chat.Reply, error) {
	name := workshop.Name(file)
	switch kind, _ := workshop.KindOf(file); {
	case kind != workshop.Prompt && kind != workshop.Library:
		return chat.Say("Places and what is suggested are the whole team's, so a journey, cues or the wordlore cannot be live for one person alone. `" + b.slash("coach") + " prompts preview " + blockkit.Escape(name) + "` shows what would come of it."), nil
	case kind == workshop.Library:
		return chat.Say("A library cannot be live for one person alone: what is suggested and given is kept by the team's items, and a new one is none before it is published. `" + b.slash("coach") + " prompts preview library` shows what would be suggested to your contacts."), nil
	case forDigest(name):
		return chat.Say("A digest is a whole channel's, so its words cannot be live for one person alone. `" + b.slash("coach") + " prompts preview " + blockkit.Escape(name) + "` shows them."), nil
	}
	labels, err := b.store.PromptLabels(ctx, r.TeamID, file)
	if err != nil {
		return chat.Reply{}, err
	}
	t := store.PromptTrial{TeamID: r.TeamID, File: file, PersonID: r.PersonID}
	if r.Text == "off" {
		if err := b.store.TryPrompt(ctx, t); err != nil {
			return chat.Reply{}, err
		}
		b.follow(ctx)
		return chat.Say(fmt.Sprintf("*Ended.* Your replies use what is live of %s again, %s.", b.title(file), b.versionWord(file, labels.Live))), nil
	}
	if labels.Draft == 0 {
		return b.noDraft(file), nil
	}
	t.Number, t.Until = labels.Draft, b.cfg.Now().Add(workshop.TrialTime)
	if err := b.store.TryPrompt(ctx, t); err != nil {
		return chat.Reply{}, err
	}
	b.follow(ctx)
	head := fmt.Sprintf("*Until %s, your own replies use version %d of %s.* Nobody else's do. %s",
		t.Until.In(b.here(r).Location()).Format("15:04"), t.Number, b.title(file), b.seenBy(name))
	return chat.Reply{Message: &post.Message{Text: blockkit.Fallback(head), Blocks: []slack.Block{blockkit.Section(head), blockkit.Actions("prompt", blockkit.Button("prompt:off", "End it now", "try "+name+" off"), blockkit.Button("prompt:publish", "Publish", "publish "+name))}}}, nil
}
