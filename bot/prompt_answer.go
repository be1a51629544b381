package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/editing"
	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/observe/model"
	"cairn/bot/phrase"
	"cairn/bot/workshop/exam"
	"cairn/store"
)

// What a model answers in a preview is asked, checked and masked by the very functions
// that the real reply is made by, and drawn as a rep sees it; only nothing of it is kept.

// shownFor is who stands in an answer for an editor: of a colleague's contact nobody in
// particular.
func shownFor(t editing.Tryout) phrase.Somebody {
	return phrase.Somebody{Name: t.Contact.Name, Company: t.Contact.Company.Name}
}

// answerMessage has a model write a draft.
func answerMessage(cs phrase.Case) editing.Answer {
	return func(ctx context.Context, asker model.Asker, v exam.Version) (string, error) {
		cs := cs
		cs.Prompt, cs.Version = v.Prompt, v.ID
		text, err := phrase.Message(ctx, asker, cs, youWe)
		if err != nil {
			return "", err
		}
		return messageWords(text), nil
	}
}

// mostMessage is how much of a message is shown: more than one may have, but for a name
// or an address of great length.
const mostMessage = 1000

func messageWords(text string) string {
	reads := "\n_" + readingLine(text) + "_"
	return blockkit.FencedWithin(blockkit.Truncate(text, mostMessage), editing.MostAnswer-utf8.RuneCountInString(reads)) + reads
}

// answerQuestions has a model ask the questions before a talk.
func answerQuestions(t phrase.Talk) editing.Answer {
	return func(ctx context.Context, asker model.Asker, v exam.Version) (string, error) {
		t := t
		t.Prompt, t.Version = v.Prompt, v.ID
		list, err := phrase.Questions(ctx, asker, t)
		return bulleted(list), err
	}
}

func bulleted(lines []string) string {
	text := ""
	for _, l := range lines {
		text += "• " + blockkit.EscapeWithin(l, editing.MostAnswer/len(lines)-3) + "\n"
	}
	return strings.TrimSuffix(text, "\n")
}

// answerReading has a model read a line of the editor's own once more.
func (b *Bot) answerReading(r *chat.Request, a store.Again, c model.Case, decided bool) editing.Answer {
	return func(ctx context.Context, asker model.Asker, v exam.Version) (string, error) {
		first, err := b.store.FirstReading(ctx, r.TeamID, a.Interaction.ID)
		if err != nil {
			return "", err
		}
		c := c
		c.Prompt, c.Version = v.Prompt, v.ID
		c.BuiltIn = nil
		for _, g := range first {
			c.BuiltIn = append(c.BuiltIn, observe.Finding{Signal: journey.Signal(g.Signal), Quote: g.Quote, Start: g.Start, Confidence: g.Confidence})
		}
		got, err := b.readAlone(ctx, asker, c)
		if err != nil {
			return "", err
		}
		follows, err := b.whatFollows(ctx, r, a, first, got, decided)
		return foundWords(got.Told, editing.MostAnswer-utf8.RuneCountInString(follows)-1) + "\n" + follows, err
	}
}

// readAlone reads with a reader of its own: what a draft makes a model say is not held
// against the model in use.
func (b *Bot) readAlone(ctx context.Context, asker model.Asker, c model.Case) (model.Reading, error) {
	reader, err := model.New(asker, b.coach.For(c.Team).Reader)
	if err != nil {
		return model.Reading{}, err
	}
	return reader.Read(ctx, c)
}

// mostQuote is how much of a quote is shown.
const mostQuote = 160

// foundWords tell what a model saw, with as much of its quotes as room, in characters, has:
// what follows from them decides, and stands below.
func foundWords(found []observe.Finding, room int) string {
	if len(found) == 0 {
		return "It sees no step of theirs."
	}
	var lines []string
	for _, f := range found {
		signal := strings.ReplaceAll(string(f.Signal), "_", " ")
		fits := max(room/len(found)-len(signal)-len("__:\n")-3, 1) // 3: the quote's marks, and the space before
		lines = append(lines, fmt.Sprintf("_%s_: “%s”", signal, blockkit.EscapeWithin(blockkit.Truncate(f.Quote, mostQuote), fits)))
	}
	return strings.Join(lines, "\n")
}

// whatFollows says what a rep would be told of a reading, and that they would be told
// nothing where it moves nobody.
func (b *Bot) whatFollows(ctx context.Context, r *chat.Request, a store.Again, first []store.Signal, got model.Reading, decided bool) (string, error) {
	const told = "The rep is told nothing: "
	switch {
	case decided:
		return told + "somebody has said what this line shows, and that stands.", nil
	case b.cfg.Second.Reader.Suspended():
		return told + "this model contradicted sure readings of late, and nothing is taken from it.", nil
	case !got.Taken && len(got.Told) > 0 && !sameSignals(first, signalsOf(got.Told)):
		return fmt.Sprintf("%sthe first reading is sure of %s, and stands.", told, signalWords(first)), nil
	case !got.Taken:
		return fmt.Sprintf("%sthe first reading stands, %s.", told, signalWords(first)), nil
	}
	now := rowsOf(got.Findings, got.Version)
	mind := b.coach.For(r.TeamID)
	before, _, _, err := mind.Refold(a.Contact, readAs(a, first))
	if err != nil {
		return "", err
	}
	after, _, _, err := mind.Refold(a.Contact, readAs(a, now))
	if err != nil {
		return "", err
	}
	if !(store.Corrected{Before: before, After: after}).Moved() {
		return told + "it moves nobody.", nil
	}
	m, err := b.teamJourney(ctx, r)
	if err != nil {
		return "", err
	}
	return "The rep is told: " + b.whyMoved(before, first, store.Receipt{Contact: a.Contact, Places: after, Signals: now}, m), nil
}

func signalsOf(found []observe.Finding) []journey.Signal {
	var all []journey.Signal
	for _, f := range found {
		all = append(all, f.Signal)
	}
	return all
}

// rowsOf are findings of a model as the store keeps them.
func rowsOf(found []observe.Finding, version string) []store.Signal {
	rows := make([]store.Signal, len(found))
	for i, f := range found {
		rows[i] = store.Signal{Signal: string(f.Signal), Quote: f.Quote, Start: f.Start, Confidence: f.Confidence, Origin: coach.Model, Version: version}
	}
	return rows
}

// readAs is the history of a contact with another reading of one line.
func readAs(a store.Again, signals []store.Signal) []store.Noted {
	history := slices.Clone(a.History)
	for i := range history {
		if history[i].ID == a.Interaction.ID {
			history[i].Signals = signals
		}
	}
	return history
}

// answerExample has a model answer a prompt's own examples: nobody's, so the stand-ins
// that a model writes stay.
func (b *Bot) answerExample(prompt string, vars map[string]any) editing.Answer {
	return func(ctx context.Context, asker model.Asker, v exam.Version) (string, error) {
		if prompt == model.PromptName {
			note, _ := vars["note"].(string)
			got, err := b.readAlone(ctx, asker, model.Case{Team: b.team, Prompt: v.Prompt, Version: v.ID, Note: observe.Note{Text: note}, Told: vars})
			return foundWords(got.Told, editing.MostAnswer), err
		}
		text, err := exam.Phrased(ctx, asker, b.team, v, vars, youWe)
		if err != nil {
			return "", err
		}
		switch prompt {
		case phrase.PromptName:
			return messageWords(text), nil
		case phrase.QuestionsPrompt:
			return bulleted(strings.Split(text, "\n")), nil
		}
		return blockkit.EscapeWithin(text, editing.MostAnswer), nil
	}
}
