// Package editing is the workshop's face in Slack: what editors type after
// `/coach prompts`, press and submit to edit a text, preview it on contacts, test it,
// try it on themselves, split, publish and roll it back, and the library as one draft.
//
// Beside it, [cairn/bot/workshop] is the workshop without Slack: which version is in
// force for whom, whether a text may be kept, and how two of them compare. In there
// nothing knows who asks or how it looks; in here nothing decides what a text is worth.
//
// A [Desk] is where the work is done. A verb has a file named after it; commands.go is
// the table of them, and a button's value is the line that could be typed instead.
// step.go holds what publishing, splitting and going back have in common: a reason, the
// figures, and where these are worse or missing, a second person, who is asked by
// second.go; since.go tells first who moved what is live since a draft was begun.
package editing

import (
	"context"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/slack-go/slack"

	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/observe/model"
	"cairn/bot/post"
	"cairn/bot/suggest"
	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
	"cairn/prompts"
	"cairn/store"
)

// Desk answers the editors of one workspace. All fields are set before its first use and
// none is changed after; where none is said to be missing, each is needed.
type Desk struct {
	Team  string // whose workspace it is
	Store *store.Store
	Coach *coach.Coach
	Live  *workshop.Live
	API   *slack.Client
	Files *post.Files // fetches what editors share; nil: files are not taken
	Asker model.Asker // the model that exams and previews ask; nil: there is none
	Now   func() time.Time
	Log   *slog.Logger

	Face
	Replies
	Queue
}

// Face is how the bot speaks with people, beside the desk.
type Face struct {
	// Slash is a command as people type it in this workspace: "/coach".
	Slash func(name string) string
	// Here is the present moment in the person's own zone, as far as they were met.
	Here func(*chat.Request) time.Time
	// Meet learns the zone of a person who did not come by a delivery.
	Meet func(context.Context, *chat.Request) error
	// Names are those of the team's people, by id.
	Names func(ctx context.Context, team string) (chat.Names, error)
	// FindOwn is the contact of the person's own that a typed name means, with the ID 0
	// where there is none; several are those of theirs that it may mean.
	FindOwn func(ctx context.Context, r *chat.Request, name string) (c store.Contact, several []store.Candidate, err error)
	// Send posts a reply the way its request takes, once for each key.
	Send func(ctx context.Context, r *chat.Request, reply chat.Reply, key string) error
	// SendFile puts a file into the direct message with a person.
	SendFile func(ctx context.Context, person, name string, data []byte) error
	// Incident logs an error and returns the id under which people may ask for it.
	Incident func(*chat.Request, error) string
}

// Replies are what the bot makes of prompts for reps, so that previews and tests show
// what they would read.
type Replies struct {
	// Asking is what is asked of the coach about a contact, and the shelf it chooses from.
	Asking func(context.Context, *chat.Request, store.Contact) (coach.Ask, coach.Shelf, error)
	// Guide is the wordlore by which a team's content is matched.
	Guide func(team string) *suggest.Guide
	// Inputs are how the inputs of a prompt about a contact are made; false: it has none.
	Inputs func(prompt string) (Inputs, bool)
	// Examples are the cases that a prompt's own examples make.
	Examples func(*prompts.Prompt) []workshop.Case
	// Example has a model answer what a prompt is told of its examples.
	Example func(prompt string, vars map[string]any) Answer
	// SeenBy says where somebody sees a wording of their own at once; empty: nowhere.
	SeenBy func(prompt string) string
	// ShownAs is what a rep sees where the words of a prompt stand, ready for Slack.
	ShownAs func(r *chat.Request, prompt string, t Tryout, words string) string
	// Tongue is the language of a wording that is only for those who are written to in
	// it (ISO 639-1); empty: it is for everybody.
	Tongue func(prompt string) string
	// Tongues fills in in which language contacts are written to.
	Tongues func(ctx context.Context, r *chat.Request, contacts []store.Preview) error
	// YouWe counts how often a text speaks of them and of us.
	YouWe func(text string) (you, we int)
}

// Inputs makes what one prompt is told of one contact. Where there would be no reply,
// none says why.
type Inputs func(context.Context, *chat.Request, Tryout) (in Input, none string, err error)

// Input is what a prompt is told.
type Input struct {
	Vars map[string]any
	// Answer has a model answer it; nil: what the prompt says is read by people.
	Answer Answer
}

// Answer has a model answer with one version of a prompt, and returns what a rep would
// see of it, ready for Slack and of [MostAnswer] characters at most; the name and the words of a colleague's contact stand
// nowhere in it. It records nothing of what was answered. Where the model gave no answer
// that can be used, the error is an [llm.Error].
type Answer func(ctx context.Context, asker model.Asker, v exam.Version) (string, error)

// Queue is where exams and questions to a model wait their turn.
type Queue struct {
	// Job is a job as it goes into the workspace's own queue.
	Job func(JobArgs) river.InsertManyParams
	// Leave is nil for a job of ours, else what to return of another workspace's.
	Leave func(job *rivertype.JobRow, team string) error
	// AskedBy is the request that a job answers, by its delivery in the inbox; nil where
	// nobody waits for it any more.
	AskedBy func(ctx context.Context, team, person string, delivery int64) (*chat.Request, error)
}

// JobArgs are a job's arguments that name its queue.
type JobArgs interface {
	river.JobArgs
	river.JobArgsWithInsertOpts
}
