// Package chat has the two sides of the conversation: a [Request] is one thing that a
// person did in Slack, by a command, a button, a form, a shortcut or a message, and a
// [Reply] is what they are answered. What lies between, the bot and its rooms, hands
// these two around; nothing in here decides anything or talks to Slack.
package chat

import (
	"time"

	"cairn/bot/line"
	"cairn/bot/sockets"
	"cairn/store"
)

// The kinds of deliveries, as the inbox keeps them.
const (
	KindCommand    = "command"
	KindAction     = "action"
	KindSubmission = "submission"
	KindShortcut   = "shortcut"
	KindEvent      = "event"
)

// HomeOpened is the event of somebody opening one of the app's tabs.
const HomeOpened = "app_home_opened"

// Request is one thing that a person did, whatever the way it came by.
type Request struct {
	store.Delivery
	// Installed are the workspaces by whose installation of the app it came, where Slack
	// says so: not always the one in which it was done.
	Installed   []string
	Command     string // as typed, with its slash; empty for other kinds
	Text        string // what was typed after it, or said in a direct message
	Typed       string // the same, as it came; Text loses its verb on the way
	Verb        string // of the table of commands; empty for other kinds
	Chosen      int64  // the contact who was meant, where the name was asked about; 0: it was not
	ChannelID   string
	ThreadTS    string
	TriggerID   string
	ResponseURL string
	Action      Action
	View        View
	Shortcut    string // callback id
	Quoted      string // text of the message that a shortcut was used on
	Event       string // type of an event
	Tab         string // of the app's home that was opened
	Drawn       bool   // something stands on that home already
	Files       []SharedFile
	// Too are those whom the line of the request names beside the one for whom it is
	// recorded.
	Too Beside
	// URLSince is when the response_url was given; zero: with this request.
	URLSince time.Time
	// Envelope is what it came in, and the way to ack it; zero where nothing came: in a
	// job, say.
	Envelope sockets.Envelope
}

// URLGiven is when the response_url was given: Slack takes posts to it for half an hour.
func (r *Request) URLGiven() time.Time {
	if r.URLSince.IsZero() {
		return r.At
	}
	return r.URLSince
}

// Action is a button pressed or a menu item chosen.
type Action struct {
	ID    string
	Value string // the button's value or the chosen item's
}

// View is a modal as it was submitted, or in which something was pressed.
type View struct {
	ID       string
	Home     bool // not a modal but the Home tab
	Callback string
	Private  string
	Values   map[string]string   // first value by block id
	Multiple map[string][]string // all values by block id, where several can be chosen
}

// SharedFile is a file that came with a direct message, by what Slack says of it.
type SharedFile struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Beside is what a line says before its colon, beside for whom it is recorded.
type Beside struct {
	Delivery int64      // the line as it was typed
	All      []line.Who // the people whom it names, where there are several
	At       int        // the one of them for whom it is recorded
	Has      []bool     // of whom of them it stands already
	Left     string     // what was typed, where part of it is nobody's name: "Dana Ruiz and her boss"
	One      string     // a name that may have been meant for two: "Dana and Tom"
	Apart    bool       // the note tells different things of them: no line of one is another's
}
