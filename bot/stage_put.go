package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/store"
)

// A stage that somebody names is reached by what their note shows, or not at all: the fold is
// asked, before anything is written, what of the note leads there.

// reach asks what it takes for a note to have its contact stand at a stage.
func (b *Bot) reach(ctx context.Context, r *chat.Request, m *journey.Model, i store.Interaction, at time.Time, signals []journey.Signal, stage string) (journey.Reach, error) {
	history, err := b.store.History(ctx, r.TeamID, i.ContactID)
	if err != nil {
		return journey.Reach{}, err
	}
	return b.coach.For(r.TeamID).Reach(m, history, i.ID, at, signals, stage)
}

// fitting is what the note shows, as the form says it: a stage that was chosen by itself takes
// off what leads elsewhere. What was ticked anew is the person's word and is not taken off, so
// where it does not lead to the stage chosen with it, the form asks.
func fitting(m *journey.Model, stage journey.Stage, got journey.Reach, ticked []journey.Signal, alone bool) (signals []journey.Signal, ask map[string]string) {
	switch {
	case got.As == stage.Name:
		return ticked, nil
	case got.There && !alone:
		return nil, map[string]string{"signals": fmt.Sprintf("As ticked, they stand at %s. For %s take off: %s.", stageWord(m, got.As), stage.Title, inWords(without(ticked, got.Keep)))}
	case got.There:
		return got.Keep, nil
	case heldByOthers(m, stage, got) && alone: // asked before, where the note that holds them is named: [Bot.heldBy]
		return nil, map[string]string{"stage": fmt.Sprintf("Other notes put them at %s, whatever this one shows: press `Wrong stage` on the latest of those. Nothing was changed.", stageWord(m, got.Without))}
	case heldByOthers(m, stage, got): // what was ticked anew is taken; where they stand is told once it is written
		return ticked, nil
	case len(got.Missing) > 0:
		ask := untold(stage, got.Missing)
		if off := without(ticked, got.Keep); len(off) > 0 {
			ask += " Take off: " + inWords(off) + "."
		}
		return nil, map[string]string{"signals": ask}
	case got.Alone:
		return nil, map[string]string{"stage": fmt.Sprintf("Nothing in this note can put them at %s: later notes lead away from it. Put those right instead.", stage.Title)}
	}
	return nil, map[string]string{"stage": fmt.Sprintf("Nothing that a note can show leads to %s. Choose another stage.", stage.Title)}
}

// heldByOthers reports whether other notes keep the contact above the stage, whatever this one shows.
func heldByOthers(m *journey.Model, stage journey.Stage, got journey.Reach) bool {
	return got.As != stage.Name && !got.There && m.Rank(got.As) >= stage.Rank && m.Rank(got.Without) > stage.Rank
}

// heldBy says which of the other notes keeps a contact above the stage where they were said to
// stand, with a button that opens its form: the latest that by itself leads beyond it. Nil where
// no single one does.
func (b *Bot) heldBy(ctx context.Context, r *chat.Request, rec store.Receipt, m *journey.Model, stage journey.Stage, got journey.Reach, reason string) (*chat.Reply, error) {
	history, err := b.store.History(ctx, r.TeamID, rec.Contact.ID)
	if err != nil {
		return nil, err
	}
	mind := b.coach.For(r.TeamID)
	for _, n := range slices.Backward(history) {
		if n.ID == rec.Interaction.ID || len(n.Signals) == 0 {
			continue
		}
		by, err := mind.Reach(m, nil, n.ID, n.At, shownBy(n.Signals), stage.Name)
		if err != nil {
			return nil, err
		}
		if m.Rank(by.As) <= stage.Rank {
			continue
		}
		text := fmt.Sprintf("*Nothing was changed.* Other notes put %s at *%s*, whatever #%d shows. ", blockkit.Escape(rec.Contact.Full()), stageWord(m, got.Without), rec.Interaction.ID)
		day := english.Day(n.At, b.here(r))
		if n.AuthorID != r.PersonID {
			reply := chat.Say(text + fmt.Sprintf("The latest of them, of %s, is a colleague's: only they can put it right.", day))
			reply.Beside = true
			return &reply, nil
		}
		reply := chat.Say(text + fmt.Sprintf("The latest of them is #%d, %s: put that one right.\n> %s", n.ID, day, blockkit.Escape(blockkit.Truncate(blockkit.OneLine(n.Note), 300))))
		value := fmt.Sprintf("%d %s %s", n.ID, stage.Name, reason)
		if !blockkit.Carries(value) {
			value = fmt.Sprintf("%d %s", n.ID, stage.Name)
		}
		reply.Message.Blocks = append(reply.Message.Blocks, blockkit.Actions("stage_of", blockkit.Button("stage_of", fmt.Sprintf("Wrong stage: #%d", n.ID), value)))
		reply.Beside = true // the receipt of the note that was pressed stays with its buttons
		return &reply, nil
	}
	return nil, nil
}

// pressStageOf opens the form of a note that keeps somebody above the stage that was chosen for
// another, with that stage and the words why.
func (b *Bot) pressStageOf(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	number, rest, _ := strings.Cut(r.Action.Value, " ")
	stage, reason, _ := strings.Cut(rest, " ")
	ids, err := chat.Numbers(number, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	if _, ok := model.Stage(stage); !ok { // of the journey of before
		stage = ""
	}
	return b.stageForm(ctx, r, ids[0], stage, reason)
}

// untold asks for what put somebody at a stage: no note stands for a stage by itself.
func untold(stage journey.Stage, missing []journey.Signal) string {
	named := func(s journey.Signal) bool { return slices.Contains(stage.Signals, s) }
	first := slices.DeleteFunc(slices.Clone(missing), func(s journey.Signal) bool { return !named(s) })
	rest := slices.DeleteFunc(slices.Clone(missing), named)
	return fmt.Sprintf("No signal ticked leads to %s. Tick what they did: %s.", stage.Title, inWords(append(first, rest...)))
}

// shownBy are the signals of rows, by themselves.
func shownBy(rows []store.Signal) (signals []journey.Signal) {
	for _, g := range rows {
		signals = append(signals, journey.Signal(g.Signal))
	}
	return signals
}

// without are those of all that are none of some.
func without(all, some []journey.Signal) []journey.Signal {
	return slices.DeleteFunc(slices.Clone(all), func(s journey.Signal) bool { return slices.Contains(some, s) })
}

func inWords(signals []journey.Signal) string {
	var words []string
	for _, s := range signals {
		words = append(words, strings.ReplaceAll(string(s), "_", " "))
	}
	return strings.Join(words, ", ")
}

// correct puts the contact at a stage for a reason in words: what of the note and of the reason
// leads there is what the note shows. Where that is not enough, the form asks.
func (b *Bot) correct(ctx context.Context, r *chat.Request, id int64, stage journey.Stage, reason string) (chat.Reply, error) {
	rec, err := b.noted(ctx, r, id)
	if err != nil {
		return chat.Reply{}, err
	}
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	i := rec.Interaction
	history, err := b.store.History(ctx, r.TeamID, i.ContactID)
	if err != nil {
		return chat.Reply{}, err
	}
	shows, err := b.shownWith(r, model, history, i, i.At, shownBy(rec.Signals), stage, reason)
	if err != nil {
		return chat.Reply{}, err
	}
	got, err := b.coach.For(r.TeamID).Reach(model, history, i.ID, i.At, shows, stage.Name)
	if err != nil {
		return chat.Reply{}, err
	}
	if heldByOthers(model, stage, got) {
		if reply, err := b.heldBy(ctx, r, rec, model, stage, got, reason); err != nil || reply != nil {
			return chat.OrNone(reply), err
		}
	}
	signals, ask := fitting(model, stage, got, shows, true)
	if ask != nil {
		return b.stageForm(ctx, r, id, stage.Name, reason)
	}
	return b.correctTo(ctx, r, id, stage, reason, signals, nil)
}

// shownWith are the signals with those that the reason in words adds and that lead to the stage.
func (b *Bot) shownWith(r *chat.Request, m *journey.Model, history []store.Noted, i store.Interaction, at time.Time, shows []journey.Signal, stage journey.Stage, reason string) ([]journey.Signal, error) {
	mind := b.coach.For(r.TeamID)
	shows = slices.Clone(shows)
	for _, f := range mind.Reader.Read(observe.Note{Text: reason, Channel: journey.Other, Direction: journey.BothWay}, observe.Context{}) {
		got, err := mind.Reach(m, history, i.ID, at, []journey.Signal{f.Signal}, stage.Name)
		if err != nil {
			return nil, err
		}
		if got.As == stage.Name && !slices.Contains(shows, f.Signal) {
			shows = append(shows, f.Signal)
		}
	}
	return shows, nil
}

// chosenStage is what a note shows where its form has a stage chosen: as [fitting] tells of what
// is ticked, or, where that does not lead there, with what the reason in words adds. Where
// neither does, the reply asks.
func (b *Bot) chosenStage(ctx context.Context, r *chat.Request, m *journey.Model, rec store.Receipt, at time.Time, signals []journey.Signal, stage journey.Stage, alone bool) ([]journey.Signal, *chat.Reply, error) {
	got, err := b.reach(ctx, r, m, rec.Interaction, at, signals, stage.Name)
	if err != nil {
		return nil, nil, err
	}
	fits, ask := fitting(m, stage, got, signals, alone)
	if ask == nil {
		return fits, nil, nil
	}
	reason := r.View.Values["reason"]
	if heldByOthers(m, stage, got) {
		if reply, err := b.heldBy(ctx, r, rec, m, stage, got, reason); err != nil || reply != nil {
			return nil, reply, err
		}
	}
	history, err := b.store.History(ctx, r.TeamID, rec.Contact.ID)
	if err != nil {
		return nil, nil, err
	}
	shows, err := b.shownWith(r, m, history, rec.Interaction, at, signals, stage, reason)
	if err != nil {
		return nil, nil, err
	}
	if got, err = b.reach(ctx, r, m, rec.Interaction, at, shows, stage.Name); err != nil {
		return nil, nil, err
	}
	if fits, askMore := fitting(m, stage, got, shows, alone); askMore == nil {
		return fits, nil, nil
	}
	return nil, &chat.Reply{Errors: ask}, nil
}

// correctTo writes the person's reading of the note, with how and when its talk
// took place if they say so, and tells whether the contact now stands where
// they were said to, if they were (a stage without a name: not).
func (b *Bot) correctTo(ctx context.Context, r *chat.Request, id int64, stage journey.Stage, reason string, signals []journey.Signal, how *store.Circumstance) (chat.Reply, error) {
	signals = slices.Clone(signals)
	slices.Sort(signals)
	var rows []store.Signal
	for _, g := range slices.Compact(signals) {
		rows = append(rows, store.Signal{Signal: string(g), Quote: "", Confidence: 1, Origin: coach.Person})
	}
	rec, err := b.noted(ctx, r, id)
	if err != nil {
		return chat.Reply{}, err
	}
	id = rec.Interaction.ID
	mind := b.coach.For(r.TeamID)
	rest, err := b.restAnew(ctx, r, mind)
	if err != nil {
		return chat.Reply{}, err
	}
	done, err := b.store.Correct(ctx, store.Reread{TeamID: r.TeamID, InteractionID: id, Origin: coach.Person, Signals: rows, Exchanges: coach.Exchanges(rows), Rest: rest,
		By: r.PersonID, Reason: reason, Circumstance: how, Now: b.cfg.Now()}, mind.Refold)
	if err != nil {
		return chat.Reply{}, err
	}
	return b.stands(r, fmt.Sprintf("*Corrected #%d.*", id), func() (chat.Reply, error) { return b.corrected(ctx, r, id, stage, done) }), nil
}

// restAnew tells anew why a note keeps its contact off the lists; nil, which leaves what was
// told before, while a large library is still being read: a correction does not wait for that.
func (b *Bot) restAnew(ctx context.Context, r *chat.Request, mind *coach.Coach) (store.Rest, error) {
	shelf, err := b.shelves.now(ctx, r.TeamID)
	switch {
	case errors.Is(err, errUnread):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return mind.RestAnew(shelf), nil
}

// corrected tells of a correction of note id whether it put the contact where they
// were said to stand, and what fits them there.
func (b *Bot) corrected(ctx context.Context, r *chat.Request, id int64, stage journey.Stage, done store.Corrected) (chat.Reply, error) {
	lead := fmt.Sprintf("*Corrected #%d", id)
	if done.InteractionID != id {
		lead += fmt.Sprintf(", now #%d", done.InteractionID)
		id = done.InteractionID
	}
	elsewhere, err := b.elsewhere(ctx, r, id, stage, done)
	if err != nil {
		return chat.Reply{}, err
	}
	return b.fitsAnew(ctx, r, id, done.Contact, lead+cmp.Or(elsewhere, "*"))
}

// fitsAnew draws the receipt of a note once more with what fits the contact now: that hangs
// on where they stand.
func (b *Bot) fitsAnew(ctx context.Context, r *chat.Request, id int64, c store.Contact, lead string) (chat.Reply, error) {
	g, err := b.suggest(ctx, r, c)
	if err != nil {
		return chat.Reply{}, err
	}
	g.InteractionID = id
	if _, err := b.store.AddSuggestion(ctx, r.TeamID, g); err != nil {
		return chat.Reply{}, err
	}
	return b.receiptOf(ctx, r, id, lead)
}

// uncorrect takes back the person's latest correction of a note, which stands: under another
// number where how and when were put right.
func (b *Bot) uncorrect(ctx context.Context, r *chat.Request, id int64) (chat.Reply, error) {
	mind := b.coach.For(r.TeamID)
	rest, err := b.restAnew(ctx, r, mind)
	if err != nil {
		return chat.Reply{}, err
	}
	done, err := b.store.Uncorrect(ctx, r.TeamID, r.PersonID, id, b.cfg.Now(), coach.Exchanges, rest, mind.Refold)
	if err != nil {
		return chat.Reply{}, err
	}
	lead := fmt.Sprintf("*Your correction of #%d is taken back; the note stands", id)
	if done.InteractionID != id {
		lead += fmt.Sprintf(", now #%d", done.InteractionID)
		id = done.InteractionID
	}
	lead += "*"
	return b.stands(r, lead+".", func() (chat.Reply, error) { return b.fitsAnew(ctx, r, id, done.Contact, lead) }), nil
}

// elsewhere tells of a contact who stands at another stage than they were said to what put
// them there, to end what was corrected; empty where they stand as said.
func (b *Bot) elsewhere(ctx context.Context, r *chat.Request, id int64, stage journey.Stage, done store.Corrected) (string, error) {
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return "", err
	}
	here, _ := placeOn(done.After, model.Name())
	if stage.Name == "" || here.Stage == stage.Name {
		return "", nil
	}
	i, err := b.store.Interaction(ctx, r.TeamID, r.PersonID, id)
	if err != nil {
		return "", err
	}
	got, err := b.reach(ctx, r, model, i, i.At, shownBy(done.Signals), stage.Name)
	if err != nil {
		return "", err
	}
	stands := fmt.Sprintf("%s stands at %s", blockkit.Escape(done.Contact.Name), stageWord(model, here.Stage))
	if got.Without == here.Stage {
		return ", and " + stands + " all the same*: other notes put them there", nil
	}
	return ", and " + stands + "*: what this note shows leads there", nil
}
