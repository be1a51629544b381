package bot

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"cairn/bot/sockets"
	"cairn/store"
)

// The kinds of deliveries, as the inbox keeps them.
const (
	kindCommand    = "command"
	kindAction     = "action"
	kindSubmission = "submission"
	kindShortcut   = "shortcut"
	kindEvent      = "event"
)

// homeOpened is the event of somebody opening one of the app's tabs.
const homeOpened = "app_home_opened"

// Request is one thing that a person did, whatever the way it came by.
type Request struct {
	store.Delivery
	Command     string // as typed, with its slash; empty for other kinds
	Text        string // what was typed after it, or said in a direct message
	Typed       string // the same, as it came; Text loses its verb on the way
	Verb        string // of the table of commands; empty for other kinds
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
	Files       []SharedFile
	// Too are those whom the line of the request names beside the one for whom it is
	// recorded; see beside.go.
	Too beside
	// URLSince is when the response_url was given; zero: with this request.
	URLSince time.Time
	env      sockets.Envelope
}

func (r *Request) urlSince() time.Time {
	if r.URLSince.IsZero() {
		return r.At
	}
	return r.URLSince
}

// SharedFile is a file that came with a direct message, by what Slack says of it.
type SharedFile struct {
	ID   string `json:"id"`
	Name string `json:"name"`
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

// read understands an envelope. ok is false for deliveries that nobody here
// handles; they are acked and forgotten.
func read(e sockets.Envelope) (r *Request, ok bool) {
	r = &Request{env: e, Delivery: store.Delivery{EnvelopeID: e.ID, Payload: e.Payload, At: e.At}}
	switch d := e.Data.(type) {
	case slack.SlashCommand:
		return r, r.readCommand(d)
	case slack.InteractionCallback:
		return r, r.readInteraction(d)
	case slackevents.EventsAPIEvent:
		return r, r.readEvent()
	}
	return r, false
}

func (r *Request) readCommand(c slack.SlashCommand) bool {
	r.Kind, r.TeamID, r.PersonID, r.Key = kindCommand, c.TeamID, c.UserID, c.TriggerID
	r.Command, r.Text, r.Typed = c.Command, c.Text, c.Text
	r.ChannelID, r.TriggerID, r.ResponseURL = c.ChannelID, c.TriggerID, c.ResponseURL
	return r.keyed()
}

func (r *Request) readInteraction(c slack.InteractionCallback) bool {
	r.TeamID, r.PersonID, r.Key = c.Team.ID, c.User.ID, c.TriggerID
	r.ChannelID, r.TriggerID, r.ResponseURL = c.Channel.ID, c.TriggerID, c.ResponseURL
	if r.ChannelID == "" {
		r.ChannelID = c.Container.ChannelID
	}
	r.View = readView(c.View)
	switch c.Type {
	case slack.InteractionTypeBlockActions:
		r.Kind, r.ThreadTS = kindAction, c.Container.ThreadTs
		if len(c.ActionCallback.BlockActions) == 0 {
			return false
		}
		r.Action = readAction(c.ActionCallback.BlockActions[0])
	case slack.InteractionTypeViewSubmission:
		r.Kind = kindSubmission
	case slack.InteractionTypeShortcut:
		r.Kind, r.Shortcut = kindShortcut, c.CallbackID
	case slack.InteractionTypeMessageAction:
		r.Kind, r.Shortcut, r.Quoted = kindShortcut, c.CallbackID, c.Message.Text
	default:
		return false
	}
	return r.keyed()
}

// readEvent reads the few events that we listen to from the raw payload:
// direct messages and the opening of Home.
func (r *Request) readEvent() bool {
	var p struct {
		TeamID  string `json:"team_id"`
		EventID string `json:"event_id"`
		Event   struct {
			Type        string       `json:"type"`
			Subtype     string       `json:"subtype"`
			User        string       `json:"user"`
			BotID       string       `json:"bot_id"`
			Text        string       `json:"text"`
			Channel     string       `json:"channel"`
			ChannelType string       `json:"channel_type"`
			ThreadTS    string       `json:"thread_ts"`
			Tab         string       `json:"tab"`
			Files       []SharedFile `json:"files"`
		} `json:"event"`
	}
	if json.Unmarshal(r.Payload, &p) != nil {
		return false
	}
	e := p.Event
	r.Kind, r.TeamID, r.PersonID, r.Key = kindEvent, p.TeamID, e.User, p.EventID
	r.Event, r.Text, r.Typed, r.ChannelID, r.ThreadTS, r.Tab, r.Files = e.Type, e.Text, e.Text, e.Channel, e.ThreadTS, e.Tab, e.Files
	// words beside a file are words; edits, joins and what bots say are not for us
	if e.Type == "message" && (e.ChannelType != "im" || e.Subtype != "" && e.Subtype != "file_share" || e.BotID != "") {
		return false
	}
	return r.keyed()
}

// keyed fills the second key where Slack gave none, so that two deliveries
// without one are not taken for each other.
func (r *Request) keyed() bool {
	if r.Key == "" {
		r.Key = r.EnvelopeID
	}
	return r.TeamID != "" && r.PersonID != "" && r.EnvelopeID != ""
}

func readAction(a *slack.BlockAction) Action {
	value := a.Value
	switch {
	case a.SelectedOption.Value != "":
		value = a.SelectedOption.Value
	case a.SelectedUser != "":
		value = a.SelectedUser
	case a.SelectedConversation != "":
		value = a.SelectedConversation
	case a.SelectedDate != "":
		value = a.SelectedDate
	}
	return Action{ID: a.ActionID, Value: value}
}

func readView(v slack.View) View {
	out := View{ID: v.ID, Home: v.Type == slack.VTHomeTab, Callback: v.CallbackID, Private: v.PrivateMetadata,
		Values: map[string]string{}, Multiple: map[string][]string{}}
	if v.State == nil {
		return out
	}
	for block, actions := range v.State.Values {
		for _, a := range actions {
			out.Values[block] = strings.TrimSpace(readAction(&a).Value)
			for _, o := range a.SelectedOptions {
				out.Multiple[block] = append(out.Multiple[block], o.Value)
			}
		}
	}
	return out
}
