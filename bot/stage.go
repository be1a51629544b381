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
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/store"
)

// stage puts a place right: "dana engagement because joint workshop held".
func (b *Bot) stage(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	usage := fmt.Sprintf("Type it like this: `%s stage dana %s`.", b.slash("coach"), stageExample(model))
	words, reason, _ := cutFold(line.Unescape(r.Text), " because ")
	fields := strings.Fields(words)
	var stage journey.Stage
	ok := false
	if len(fields) > 0 {
		stage, ok = stageNamed(model, fields[len(fields)-1])
	}
	if !ok {
		if form, err := b.stageOf(ctx, r, words, reason); err != nil || form != nil {
			return chat.OrNone(form), err
		}
	}
	switch {
	case len(fields) < 2:
		return chat.Say("I need a name and a stage. " + usage), nil
	case !ok:
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
	return b.correct(ctx, r, last.ID, stage, reason)
}

// stageExample is a stage of the journey, and what puts somebody there.
func stageExample(m *journey.Model) string {
	if _, ok := m.Stage("engagement"); ok {
		return "engagement because joint workshop held"
	}
	stages := m.Stages()
	at := len(stages) / 2
	for i, s := range stages[at:] {
		if len(s.Signals) > 0 {
			return s.Name + " because " + inWords(stages[at+i].Signals[:1])
		}
	}
	return stages[at].Name + " because what they did"
}

// stageOf opens the form for a contact of whom no stage was typed: "dana ruiz". Nil where
// the words name nobody.
func (b *Bot) stageOf(ctx context.Context, r *chat.Request, name, reason string) (*chat.Reply, error) {
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, whoOf(line.ParseWho(name)))
	if err != nil {
		return nil, err
	}
	switch m = chosenOf(r, m); {
	case len(m.Ask) > 0:
		return b.which(r, name, m), nil
	case m.ID == 0:
		return nil, nil
	}
	last, err := b.store.LastInteraction(ctx, r.TeamID, r.PersonID, m.ID)
	if err != nil {
		return nil, ignore(err, store.ErrNotFound)
	}
	reply, err := b.stageForm(ctx, r, last.ID, "", reason)
	return &reply, err
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
	// Stood is the stage where they stood and Ticked what was ticked when it opened, to tell
	// what the person changed from what changed meanwhile. Nil in a form of an earlier release.
	Stood  *string          `json:"stood,omitempty"`
	Ticked []journey.Signal `json:"ticked,omitempty"`
}

func (b *Bot) stageForm(ctx context.Context, r *chat.Request, id int64, chosen, reason string) (chat.Reply, error) {
	rec, err := b.noted(ctx, r, id)
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
	view := blockkit.Modal("stage", "Put it right", "Correct", chat.Remember(stageOpen{r.Opened(), id, &here.Stage, shownBy(rec.Signals)}),
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
	rec, err := b.noted(ctx, r, open.Interaction)
	if err != nil {
		return chat.Reply{}, err
	}
	stood, same := opened(open, rec, model, signals)
	chosen := stood != stage.Name
	how, moved := b.circumstance(r, rec.Contact, rec.Interaction, signals)
	switch wrong := b.wrongDay(r); {
	case wrong != "":
		return chat.Reply{Errors: map[string]string{"when": wrong}}, nil
	case !chosen && same && !moved:
		return chat.Reply{Errors: map[string]string{"stage": "Nothing is changed yet: choose another stage, tick what the note shows, or put how and when right."}}, nil
	case chosen:
		var ask *chat.Reply
		if signals, ask, err = b.chosenStage(ctx, r, model, rec, how.At, signals, stage, same); err != nil || ask != nil {
			return chat.OrNone(ask), err
		}
		how, _ = b.circumstance(r, rec.Contact, rec.Interaction, signals)
	default:
		stage = journey.Stage{} // what is ticked alone decides
	}
	if chosen || !same {
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

// opened is where the contact stood when the form opened, and whether what is ticked now was
// ticked then.
func opened(open stageOpen, rec store.Receipt, model *journey.Model, ticked []journey.Signal) (stood string, same bool) {
	if open.Stood == nil {
		here, _ := placeOn(rec.Places, model.Name())
		return here.Stage, sameSignals(rec.Signals, ticked)
	}
	return *open.Stood, len(without(ticked, open.Ticked)) == 0 && len(without(open.Ticked, ticked)) == 0
}

// rankOf is the rank of the stage that a signal names or proves, for the order of the menu
// alone; 0: none.
func rankOf(m *journey.Model, s journey.Signal) int {
	for _, st := range m.Stages() {
		if slices.Contains(st.Signals, s) || slices.Contains(st.Proofs, s) {
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
