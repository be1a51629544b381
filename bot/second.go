package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/failpoint"
	"cairn/bot/journey"
	"cairn/bot/llm"
	"cairn/bot/observe"
	"cairn/bot/observe/model"
	"cairn/store"
)

// Second is the model that reads every line once more, after the receipt.
type Second struct {
	Reader *model.Reader
	// Asker is the same model, asked beside the lines: for the exams of prompts.
	Asker model.Asker
}

// lookArgs names the line; everything else is read when the job runs.
type lookArgs struct {
	Team        string `json:"team"`
	Interaction int64  `json:"interaction"`
}

func (lookArgs) Kind() string { return "second_look" }

func (lookArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: lookQueue, MaxAttempts: lookAttempts}
}

const (
	// lookAttempts: a model that is away for longer has nothing more to say
	// about a line that its writer has long moved on from.
	lookAttempts = 4
	// lookLife is the age from which on a line is not read again.
	lookLife = 24 * time.Hour
)

// jobsAfter is what is to be done after a line was recorded.
func (b *Bot) jobsAfter(team string, interaction int64) []river.InsertManyParams {
	return []river.InsertManyParams{b.job(lookArgs{Team: team, Interaction: interaction})}
}

type lookWorker struct {
	river.WorkerDefaults[lookArgs]
	bot *Bot
}

// Work reads one line again.
func (w *lookWorker) Work(ctx context.Context, job *river.Job[lookArgs]) error {
	if err := w.bot.leave(job.JobRow, job.Args.Team); err != nil {
		return err
	}
	return w.bot.look(ctx, job.Args.Team, job.Args.Interaction, job.Attempt >= job.MaxAttempts)
}

// NextRetry waits seconds, not River's minutes: the rep still looks at it.
func (w *lookWorker) NextRetry(job *river.Job[lookArgs]) time.Time {
	return time.Now().Add(time.Duration(job.Attempt*job.Attempt) * 10 * time.Second)
}

// look reads a line once more with the model. Run again, it goes on where it
// stopped: what came of it is kept in the transaction that changes anything.
func (b *Bot) look(ctx context.Context, team string, id int64, last bool) error {
	a, err := b.store.Again(ctx, team, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil // undone or erased meanwhile
	}
	if err != nil {
		return err
	}
	id = a.Interaction.ID // another one, where how and when were put right meanwhile
	switch {
	case a.Look != nil && a.Look.Outcome == store.LookMoved:
		return b.tellLook(ctx, a)
	case a.Look != nil || b.cfg.Now().Sub(a.Interaction.LoggedAt) > lookLife:
		return nil
	}
	c, decided, err := b.caseOf(ctx, a)
	if err != nil {
		return err
	}
	kept := store.Look{InteractionID: id, ContactID: a.Contact.ID, Version: b.cfg.Second.Reader.Version(c.Version), Outcome: store.LookSame}
	if decided {
		kept.Outcome = store.LookStood
		return b.store.KeepLook(ctx, team, kept)
	}
	failpoint.Pass("model-pending")
	got, err := b.cfg.Second.Reader.Read(ctx, c)
	if err != nil {
		var fault *llm.Error
		passing := errors.As(err, &fault) && fault.Passing()
		b.cfg.Log.Warn("the model did not read a line; the built-in reading stands", "team", team, "interaction", id, "error", err, "again", passing && !last)
		if passing && !last {
			return err
		}
		kept.Outcome = store.LookFailed
		if err := b.store.KeepLook(ctx, team, kept); err != nil {
			return err
		}
		return b.tellTryingToRead(ctx, a, c.Version, err)
	}
	if !got.Asked { // nothing in the line may be told to a model: it has read nothing
		return nil
	}
	kept.Said = []string{}
	for _, f := range got.Told {
		kept.Said = append(kept.Said, string(f.Signal))
	}
	if b.cfg.Second.Reader.Suspended() {
		b.cfg.Log.Warn("the model contradicts sure readings; nothing is taken from it", "team", team, "interaction", id, "version", kept.Version)
		if err := b.withdraw(ctx, team, kept.Version); err != nil {
			return err
		}
	}
	if !got.Taken {
		return b.store.KeepLook(ctx, team, kept)
	}
	return b.takeReading(ctx, team, a, kept, got.Findings)
}

// takeReading puts the model's reading in the place of the first, and tells the
// author where that moves somebody.
func (b *Bot) takeReading(ctx context.Context, team string, a store.Again, kept store.Look, found []observe.Finding) error {
	done, err := b.putReading(ctx, team, store.Reread{InteractionID: kept.InteractionID, Origin: coach.Model, Version: kept.Version, Signals: rowsOf(found, kept.Version)})
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil
	case err != nil:
		return err
	case done.Stood:
		kept.Outcome = store.LookStood
		return b.store.KeepLook(ctx, team, kept)
	case !done.Moved():
		return nil // kept as changed by Correct
	}
	a.Contact, kept.Outcome, kept.Before = done.Contact, store.LookMoved, done.Before
	a.Look = &kept
	return b.tellLook(ctx, a)
}

// putReading puts a reading that is nobody's word in the place of the one before.
func (b *Bot) putReading(ctx context.Context, team string, r store.Reread) (store.Corrected, error) {
	shelf, err := b.shelves.now(ctx, team)
	if err != nil {
		return store.Corrected{}, err
	}
	mind := b.coach.For(team)
	r.TeamID, r.Exchanges, r.Rest = team, coach.Exchanges(r.Signals), mind.RestAnew(shelf)
	return b.store.Correct(ctx, r, mind.Refold)
}

// caseOf is the line as the model is asked about it. decided says that a
// person has said what it shows.
func (b *Bot) caseOf(ctx context.Context, a store.Again) (c model.Case, decided bool, err error) {
	i := a.Interaction
	use, ok := b.live.Prompt(a.Contact.TeamID, model.PromptName, i.AuthorID, a.Contact.ID)
	if !ok {
		return c, false, fmt.Errorf("there is no prompt %s", model.PromptName)
	}
	c = model.Case{Team: a.Contact.TeamID, Contact: a.Contact.ID, Prompt: use.Prompt, Version: use.Version, Title: a.Contact.Title, Trade: a.Contact.Company.Industry, Earlier: []model.Earlier{},
		Note: observe.Note{Text: i.Note, Channel: journey.Channel(i.Channel), Direction: journey.Direction(i.Direction), At: i.At,
			Names: []string{a.Contact.Name, a.Contact.Company.Name}}}
	for _, n := range a.History {
		var signals []journey.Signal
		for _, g := range n.Signals {
			signals = append(signals, journey.Signal(g.Signal))
			if n.ID == i.ID {
				decided = decided || g.Origin == coach.Person
				c.BuiltIn = append(c.BuiltIn, observe.Finding{Signal: journey.Signal(g.Signal), Quote: g.Quote, Start: g.Start, Confidence: g.Confidence})
			}
		}
		if n.ID == i.ID {
			break
		}
		c.Context = c.Context.After(signals, journey.Channel(n.Channel), journey.Direction(n.Direction))
		c.Earlier = append(c.Earlier, model.Earlier{At: n.At.Format(time.DateOnly), Channel: journey.Channel(n.Channel), Direction: journey.Direction(n.Direction), Signals: signals})
	}
	c.People, c.Companies, err = b.store.NamesIn(ctx, a.Contact.TeamID, i.AuthorID, i.Note)
	return c, decided, err
}

// tellLook tells the author of a line what the second look moved and why. The
// receipt in the ack cannot be replaced by a command's response_url, so the
// word comes below it while that serves, and as a direct message later.
func (b *Bot) tellLook(ctx context.Context, a store.Again) error {
	first, err := b.store.FirstReading(ctx, a.Contact.TeamID, a.Interaction.ID)
	if err != nil {
		return err
	}
	lead := fmt.Sprintf("*I read #%d once more*", a.Interaction.ID)
	why := func(rec store.Receipt, m *journey.Model) string { return b.whyMoved(a.Look.Before, first, rec, m) }
	if err := b.tellAgain(ctx, a, "look", lead, why); err != nil {
		return err
	}
	a.Look.Outcome = store.LookTold
	return b.store.KeepLook(ctx, a.Contact.TeamID, *a.Look)
}

// tellAgain sends the author the receipt as it stands now, with why below its
// head; key and interaction together name the message, which is sent once.
func (b *Bot) tellAgain(ctx context.Context, a store.Again, key, lead string, why func(store.Receipt, *journey.Model) string) error {
	team, i := a.Contact.TeamID, a.Interaction
	key = fmt.Sprintf("%s:%d", key, i.ID)
	// told before: what is suggested once more, for nobody to see, would count as shown
	if _, err := b.store.Posted(ctx, team, key); err == nil || !errors.Is(err, store.ErrNotFound) {
		return err
	}
	r, err := b.loggedBy(ctx, a)
	if err != nil {
		return err
	}
	// what fits somebody hangs on where they stand
	g, err := b.suggest(ctx, r, a.Contact)
	if err != nil {
		return err
	}
	g.InteractionID = i.ID
	if _, err := b.store.AddSuggestion(ctx, team, g); err != nil {
		return err
	}
	rec, err := b.store.Receipt(ctx, team, i.AuthorID, i.ID)
	if err != nil {
		return err
	}
	m, err := b.teamJourney(ctx, r)
	if err != nil {
		return err
	}
	shown, err := b.receiptFrom(ctx, r, rec, m.Name())
	if err != nil {
		return err
	}
	shown.Lead = lead
	message := b.draw(shown)
	text := why(rec, m)
	message.Blocks = slices.Insert(message.Blocks, 1, slack.Block(blockkit.Context(text)))
	message.Text = blockkit.Fallback(message.Text + "\n" + text)
	if err := b.enqueue(ctx, r, chat.Reply{Message: message, About: a.Contact.ID}, key); err != nil {
		return err
	}
	b.poster.Kick()
	return nil
}

// loggedBy is the request by which a line was logged, as far as it is still there.
func (b *Bot) loggedBy(ctx context.Context, a store.Again) (*chat.Request, error) {
	r := &chat.Request{Delivery: store.Delivery{TeamID: a.Contact.TeamID, PersonID: a.Interaction.AuthorID}}
	if a.Delivery.ID != 0 {
		r = reread(a.Delivery, r)
		if err := r.FromForm(); err != nil {
			return nil, err
		}
	}
	return r, b.meet(ctx, r)
}

// whyMoved says what was seen at first and what is seen now, and where that
// puts somebody.
func (b *Bot) whyMoved(before []store.Place, first []store.Signal, rec store.Receipt, m *journey.Model) string {
	was, _ := placeOn(before, m.Name())
	now, _ := placeOn(rec.Places, m.Name())
	if was.Stage == now.Stage && standing(was) == standing(now) { // it moved on another journey
		for _, other := range b.coach.For(rec.Contact.TeamID).Models {
			w, _ := placeOn(before, other.Name())
			n, _ := placeOn(rec.Places, other.Name())
			if w.Stage != n.Stage || standing(w) != standing(n) {
				m, was, now = other, w, n
				break
			}
		}
	}
	return fmt.Sprintf("At first I saw %s and put them at *%s*. Now I see %s: *%s* on the %s. Not right? `Wrong stage` puts it right.",
		signalWords(first), whereWord(m, was), signalWords(rec.Signals), whereWord(m, now), blockkit.Escape(m.Title()))
}

func whereWord(m *journey.Model, p store.Place) string {
	if extra := standing(p); extra != "" {
		return stageWord(m, p.Stage) + ", " + extra
	}
	return stageWord(m, p.Stage)
}

func signalWords(list []store.Signal) string {
	if len(list) == 0 {
		return "no step of theirs"
	}
	var words []string
	for _, g := range list {
		words = append(words, "_"+strings.ReplaceAll(g.Signal, "_", " ")+"_")
	}
	return strings.Join(words, ", ")
}

// withdrawn is how far back readings are taken back from a model that went
// wrong.
const withdrawn = 7 * 24 * time.Hour

// withdraw takes back what was taken from a version of the model's reading:
// the built-in reading holds again, and whoever was told is told.
func (b *Bot) withdraw(ctx context.Context, team, version string) error {
	taken, err := b.store.TakenFrom(ctx, team, version, b.cfg.Now().Add(-withdrawn))
	if err != nil {
		return err
	}
	for _, l := range taken {
		first, err := b.store.FirstReading(ctx, team, l.InteractionID)
		if err != nil {
			return err
		}
		done, err := b.putReading(ctx, team, store.Reread{InteractionID: l.InteractionID, Origin: coach.BuiltIn, Version: version, Signals: first})
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		// run again, nothing moves any more, and the word may still be owed: its key keeps it one
		if err == nil && !done.Stood && l.Outcome == store.LookTold {
			if err := b.tellBack(ctx, team, l.InteractionID); err != nil {
				return err
			}
		}
		l.Outcome = store.LookWithdrawn
		if err := b.store.KeepLook(ctx, team, l); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bot) tellBack(ctx context.Context, team string, id int64) error {
	a, err := b.store.Again(ctx, team, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return b.tellAgain(ctx, a, "withdrawn", fmt.Sprintf("*I take back my second reading of #%d*", id), func(store.Receipt, *journey.Model) string {
		return "The model that read it turned out to be unreliable, so my first reading holds again. Not right? `Wrong stage` puts it right."
	})
}
