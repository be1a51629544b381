package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/observe"
	"cairn/store"
)

// stage puts a place right: "dana engagement because joint workshop held".
func (b *Bot) stage(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	usage := fmt.Sprintf("Type it like this: `%s stage dana engagement because joint workshop held`.", b.slash("coach"))
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	words, reason, _ := cutFold(line.Unescape(r.Text), " because ")
	fields := strings.Fields(words)
	if len(fields) < 2 {
		return chat.Say("I need a name and a stage. " + usage), nil
	}
	stage, ok := stageNamed(model, fields[len(fields)-1])
	if !ok {
		return chat.Say(fmt.Sprintf("“%s” is no stage of the %s. Its stages are: %s. %s", blockkit.Escape(fields[len(fields)-1]), blockkit.Escape(model.Title()), stageNames(model), usage)), nil
	}
	c, reply, err := b.find(ctx, r, strings.Join(fields[:len(fields)-1], " "))
	if err != nil || reply != nil {
		return chat.OrNone(reply), err
	}
	last, err := b.store.LastInteraction(ctx, r.TeamID, r.PersonID, c.ID)
	if errors.Is(err, store.ErrNotFound) {
		return chat.Say(fmt.Sprintf("You have no note about %s that could be read otherwise. Log what happened, and the stage follows.", blockkit.Escape(c.Full()))), nil
	}
	if err != nil {
		return chat.Reply{}, err
	}
	if strings.TrimSpace(reason) == "" {
		return b.stageForm(ctx, r, last.ID, stage.Name, "")
	}
	return b.correct(ctx, r, last.ID, stage, reason, b.signalsFor(r, stage, reason))
}

// signalsFor reads a reason like a note, for the signals that put a contact at
// the stage.
func (b *Bot) signalsFor(r *chat.Request, stage journey.Stage, reason string) []journey.Signal {
	var all []journey.Signal
	for _, f := range b.coach.For(r.TeamID).Reader.Read(observe.Note{Text: reason, Channel: journey.Other, Direction: journey.BothWay}, observe.Context{}) {
		if slices.Contains(stage.Signals, f.Signal) {
			all = append(all, f.Signal)
		}
	}
	return all
}

// pressStage opens the form that corrects the reading of a note.
func (b *Bot) pressStage(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	ids, err := chat.Numbers(r.Action.Value, 1)
	if err != nil {
		return chat.Reply{}, err
	}
	return b.stageForm(ctx, r, ids[0], "", "")
}

// stageOpen is what the form remembers while it is open.
type stageOpen struct {
	chat.Opened
	Interaction int64 `json:"interaction"`
}

func (b *Bot) stageForm(ctx context.Context, r *chat.Request, id int64, chosen, reason string) (chat.Reply, error) {
	rec, err := b.receipt(ctx, r, id)
	if err != nil {
		return chat.Reply{}, err
	}
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	here, _ := placeOn(rec.Places, model.Name())
	if chosen == "" {
		chosen = here.Stage
	}
	ever, err := b.store.EveryReading(ctx, r.TeamID, id)
	if err != nil {
		return chat.Reply{}, err
	}
	id = rec.Interaction.ID
	view := blockkit.Modal("stage", "Put it right", "Correct", chat.Remember(stageOpen{r.Opened(), id}),
		blockkit.Section(fmt.Sprintf("*#%d* · %s\n> %s", id, blockkit.Escape(rec.Contact.Full()), blockkit.Escape(blockkit.Truncate(blockkit.OneLine(rec.Interaction.Note), 600)))),
		blockkit.SelectInput("stage", "Where do they stand?", stageOptions(model), chosen),
		signalInput(rec.Signals, ever, model, chosen),
		blockkit.Optional(blockkit.TextInput("reason", "Why?", "What did they do that shows it? It is kept with the note and teaches the next reading.", strings.TrimSpace(reason), false)),
		howInput(rec.Interaction), b.whenInput(r, rec.Interaction))
	return chat.Reply{Modal: view}, nil
}

// signalInput offers all signals, those of the note ticked, the likely ones
// first.
func signalInput(now, ever []store.Signal, model *journey.Model, stage string) slack.Block {
	var ticked []string
	for _, g := range now {
		ticked = append(ticked, g.Signal)
	}
	var options []*slack.OptionBlockObject
	var initial []*slack.OptionBlockObject
	for _, g := range likelyFirst(now, ever, model, stage) {
		o := slack.NewOptionBlockObject(string(g), blockkit.PlainText(blockkit.Truncate(strings.ReplaceAll(string(g), "_", " ")+": "+g.Holds(), 75)), nil)
		options = append(options, o)
		if slices.Contains(ticked, string(g)) {
			initial = append(initial, o)
		}
	}
	menu := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, blockkit.PlainText("choose"), "signals", options...)
	menu.InitialOptions = initial
	block := slack.NewInputBlock("signals", blockkit.PlainText("What does the note show?"), blockkit.PlainText("What took place, as a bystander could have seen it. Take off what is wrong, add what is missing."), menu)
	block.Optional = true
	return block
}

// likelyFirst orders the signals: what holds now, and so may be wrong; what
// another reading of the note found; what puts somebody at the stage; what
// puts somebody a stage beside it; the rest, each in the order of the journey.
func likelyFirst(now, ever []store.Signal, model *journey.Model, stage string) []journey.Signal {
	rank := model.Rank(stage)
	weight := func(g journey.Signal) int {
		is := func(s store.Signal) bool { return s.Signal == string(g) }
		switch at := rankOf(model, g); {
		case slices.ContainsFunc(now, is):
			return 0
		case slices.ContainsFunc(ever, is):
			return 1
		case at != 0 && at == rank:
			return 2
		case at != 0 && (at == rank-1 || at == rank+1):
			return 3
		}
		return 4
	}
	all := journey.Signals()
	slices.SortStableFunc(all, func(a, b journey.Signal) int { return weight(a) - weight(b) })
	return all
}

// submitStage corrects a reading as the form says.
func (b *Bot) submitStage(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	open, err := chat.Recall[stageOpen](r)
	if err != nil {
		return chat.Reply{}, err
	}
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	stage, ok := model.Stage(r.View.Values["stage"])
	if !ok {
		return chat.Reply{Errors: map[string]string{"stage": "Choose one of the stages."}}, nil
	}
	var signals []journey.Signal
	for _, name := range r.View.Multiple["signals"] {
		g, err := journey.ParseSignal(name)
		if err != nil {
			return chat.Reply{Errors: map[string]string{"signals": "That is no signal."}}, nil
		}
		signals = append(signals, g)
	}
	rec, err := b.receipt(ctx, r, open.Interaction)
	if err != nil {
		return chat.Reply{}, err
	}
	here, _ := placeOn(rec.Places, model.Name())
	same := sameSignals(rec.Signals, signals)
	reread := here.Stage != stage.Name || !same
	if here.Stage != stage.Name && same { // only the stage was chosen: what the note was said to show above it is not so
		signals = slices.DeleteFunc(signals, func(g journey.Signal) bool { return rankOf(model, g) > stage.Rank })
	}
	if stage.Rank > model.Rank(here.Stage) && !slices.ContainsFunc(signals, func(g journey.Signal) bool { return rankOf(model, g) >= stage.Rank }) {
		return chat.Reply{Errors: map[string]string{"signals": untold(stage)}}, nil
	}
	how, moved := b.circumstance(r, rec.Contact, rec.Interaction, signals)
	switch {
	case how.At.After(endOfToday(b.here(r))):
		return chat.Reply{Errors: map[string]string{"when": "That day is still to come. Choose the day on which it took place."}}, nil
	case !reread && !moved:
		return chat.Reply{Errors: map[string]string{"stage": "Nothing is changed yet: choose another stage, tick what the note shows, or put how and when right."}}, nil
	}
	if reread {
		if !moved {
			return b.correctTo(ctx, r, rec.Interaction.ID, stage, r.View.Values["reason"], signals, nil)
		}
		return b.correctTo(ctx, r, rec.Interaction.ID, stage, r.View.Values["reason"], signals, &how)
	}
	id, err := b.store.Restate(ctx, r.TeamID, r.PersonID, rec.Interaction.ID, how, b.cfg.Now(), b.coach.For(r.TeamID).Refold)
	if err != nil {
		return chat.Reply{}, err
	}
	lead := fmt.Sprintf("*Corrected #%d, now #%d*", rec.Interaction.ID, id)
	return b.stands(r, lead+".", func() (chat.Reply, error) { return b.receiptOf(ctx, r, id, lead) }), nil
}

// untold asks for what put somebody at a stage: no note stands for a stage by itself.
func untold(stage journey.Stage) string {
	var shows []string
	for _, g := range stage.Signals {
		shows = append(shows, strings.ReplaceAll(string(g), "_", " "))
	}
	return fmt.Sprintf("Nothing ticked puts them at %s. Tick what they did that does: %s.", stage.Title, strings.Join(shows, ", "))
}

// correct takes from the note's reading what lies above the stage, and adds
// the signals that put a contact there.
func (b *Bot) correct(ctx context.Context, r *chat.Request, id int64, stage journey.Stage, reason string, add []journey.Signal) (chat.Reply, error) {
	rec, err := b.receipt(ctx, r, id)
	if err != nil {
		return chat.Reply{}, err
	}
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	var keep []journey.Signal
	for _, g := range rec.Signals {
		if s := journey.Signal(g.Signal); rankOf(model, s) <= stage.Rank {
			keep = append(keep, s)
		}
	}
	if len(add) == 0 && !slices.ContainsFunc(keep, func(s journey.Signal) bool { return slices.Contains(stage.Signals, s) }) && len(stage.Signals) > 0 {
		return b.stageForm(ctx, r, id, stage.Name, reason)
	}
	return b.correctTo(ctx, r, id, stage, reason, append(keep, add...), nil)
}

// correctTo writes the person's reading of the note, with how and when its talk
// took place if they say so, and tells whether the contact now stands where
// they were said to.
func (b *Bot) correctTo(ctx context.Context, r *chat.Request, id int64, stage journey.Stage, reason string, signals []journey.Signal, how *store.Circumstance) (chat.Reply, error) {
	slices.Sort(signals)
	var rows []store.Signal
	for _, g := range slices.Compact(signals) {
		rows = append(rows, store.Signal{Signal: string(g), Quote: "", Confidence: 1, Origin: coach.Person})
	}
	rec, err := b.receipt(ctx, r, id)
	if err != nil {
		return chat.Reply{}, err
	}
	id = rec.Interaction.ID
	done, err := b.store.Correct(ctx, store.Reread{TeamID: r.TeamID, InteractionID: id, Origin: coach.Person, Signals: rows, Exchanges: coach.Exchanges(rows),
		By: r.PersonID, Reason: reason, Circumstance: how, Now: b.cfg.Now()}, b.coach.For(r.TeamID).Refold)
	if err != nil {
		return chat.Reply{}, err
	}
	return b.stands(r, fmt.Sprintf("*Corrected #%d.*", id), func() (chat.Reply, error) { return b.corrected(ctx, r, id, stage, done) }), nil
}

// corrected tells of a correction of note id whether it put the contact where they
// were said to stand, and what fits them there.
func (b *Bot) corrected(ctx context.Context, r *chat.Request, id int64, stage journey.Stage, done store.Corrected) (chat.Reply, error) {
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	here, _ := placeOn(done.After, model.Name())
	lead := fmt.Sprintf("*Corrected #%d*", id)
	if done.InteractionID != id {
		lead = fmt.Sprintf("*Corrected #%d, now #%d*", id, done.InteractionID)
		id = done.InteractionID
	}
	if here.Stage != stage.Name {
		lead = fmt.Sprintf("*Corrected #%d, and %s stands at %s all the same*: other notes put them there", id, blockkit.Escape(done.Contact.Name), stageWord(model, here.Stage))
		if stage.Rank > model.Rank(here.Stage) {
			lead = fmt.Sprintf("*Corrected #%d, and %s stands at %s still*: nothing ticked puts them at %s", id, blockkit.Escape(done.Contact.Name), stageWord(model, here.Stage), blockkit.Escape(stage.Title))
		}
	}
	// what fits a contact hangs on where they stand
	g, err := b.suggest(ctx, r, done.Contact)
	if err != nil {
		return chat.Reply{}, err
	}
	g.InteractionID = id
	if _, err := b.store.AddSuggestion(ctx, r.TeamID, g); err != nil {
		return chat.Reply{}, err
	}
	return b.receiptOf(ctx, r, id, lead)
}

func rankOf(m *journey.Model, s journey.Signal) int {
	for _, st := range m.Stages() {
		if slices.Contains(st.Signals, s) {
			return st.Rank
		}
	}
	return 0
}

// stageNamed finds a stage by its name or title, a few letters being enough.
func stageNamed(m *journey.Model, word string) (journey.Stage, bool) {
	word = line.Key(word)
	var names []string
	for _, s := range m.Stages() {
		if word == s.Name || word == line.Key(s.Title) {
			return s, true
		}
		names = append(names, s.Name)
	}
	if near, ok := line.Nearest(word, names); ok {
		return m.Stage(near)
	}
	return journey.Stage{}, false
}

func stageNames(m *journey.Model) string {
	var names []string
	for _, s := range m.Stages() {
		names = append(names, s.Name)
	}
	return strings.Join(names, ", ")
}

func stageOptions(m *journey.Model) [][2]string {
	var all [][2]string
	for _, s := range m.Stages() {
		all = append(all, [2]string{s.Name, s.Title})
	}
	return all
}

// teamJourney is the journey that the team's receipts speak of.
func (b *Bot) teamJourney(ctx context.Context, r *chat.Request) (*journey.Model, error) {
	team, err := b.store.Team(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	models := b.coach.For(r.TeamID).Models
	if m, ok := models.Get(team.Journey); ok {
		return m, nil
	}
	m, ok := models.Get(journey.Default)
	if !ok {
		return nil, fmt.Errorf("the journey %q is not loaded", journey.Default)
	}
	return m, nil
}
