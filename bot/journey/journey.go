// Package journey holds what can be observed of a customer's journey, and the
// models that turn it into a place.
//
// A [Signal] is something a bystander could have seen happen. A [Model] is
// data (a YAML file in prompts/journeys) with stages and rules; folding a
// contact's notes through it, oldest first, gives a [State]: the place where
// the contact stands, and the [Move]s that led there, each with the notes that
// caused it. One reading of a note serves every model, and a changed model
// needs only a new fold.
//
// The package is pure: no clock, no database, no randomness. The same notes
// give the same state, and folding a prefix and then the rest gives what
// folding all gives, so a state can be kept and continued.
package journey

import "time"

// Channel is how an interaction took place.
type Channel string

const (
	Social  Channel = "social"
	Event   Channel = "event"
	Email   Channel = "email"
	Phone   Channel = "phone"
	Web     Channel = "web"
	Meeting Channel = "meeting"
	Chat    Channel = "chat"
	Post    Channel = "post"
	Other   Channel = "other"
)

// Channels lists every channel there is.
func Channels() []Channel {
	return []Channel{Social, Event, Email, Phone, Web, Meeting, Chat, Post, Other}
}

// Direction says who addressed whom.
type Direction string

const (
	In      Direction = "in"
	Out     Direction = "out"
	BothWay Direction = "both"
)

// Note is one interaction as the fold sees it: which one, when, and the
// signals that hold for it. ID is the caller's own; the fold only hands it
// back in moves.
type Note struct {
	ID      int64
	At      time.Time
	Signals []Signal
}
