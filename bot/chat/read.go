package chat

import (
	"encoding/json"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"cairn/bot/sockets"
	"cairn/store"
)

// Read understands an envelope. ok is false for deliveries that nobody here
// handles; they are acked and forgotten. TeamID is empty where the delivery names
// an organisation only, and PersonID where it names nobody.
func Read(e sockets.Envelope) (r *Request, ok bool) {
	r = &Request{Envelope: e, Delivery: store.Delivery{EnvelopeID: e.ID, Payload: e.Payload, At: e.At}}
	switch d := e.Data.(type) {
	case slack.SlashCommand:
		return r, r.ReadCommand(d)
	case slack.InteractionCallback:
		return r, r.ReadInteraction(d)
	case slackevents.EventsAPIEvent:
		return r, r.ReadEvent()
	}
	return r, false
}

// workspace is the first of the ids that is a workspace's. An app that is installed for
// an organisation gets deliveries with none, or with the organisation's own id, E….
func workspace(ids ...string) string {
	for _, id := range ids {
		if id != "" && !strings.HasPrefix(id, "E") {
			return id
		}
	}
	return ""
}

// ReadCommand fills the request with a slash command. false: it lacks what every
// delivery has.
func (r *Request) ReadCommand(c slack.SlashCommand) bool {
	r.Kind, r.TeamID, r.PersonID, r.Key = KindCommand, workspace(c.TeamID), c.UserID, c.TriggerID
	r.Command, r.Text, r.Typed = c.Command, c.Text, c.Text
	r.ChannelID, r.TriggerID, r.ResponseURL = c.ChannelID, c.TriggerID, c.ResponseURL
	return r.keyed()
}

// ReadInteraction fills the request with a press, a submitted form or a shortcut.
// false: it is none of these, or lacks what every delivery has.
func (r *Request) ReadInteraction(c slack.InteractionCallback) bool {
	r.TeamID, r.PersonID, r.Key = workspace(c.Team.ID, c.User.TeamID), c.User.ID, c.TriggerID
	r.ChannelID, r.TriggerID, r.ResponseURL = c.Channel.ID, c.TriggerID, c.ResponseURL
	if r.ChannelID == "" {
		r.ChannelID = c.Container.ChannelID
	}
	r.View = readView(c.View)
	if c.View.AppInstalledTeamID != "" {
		r.Installed = []string{c.View.AppInstalledTeamID}
	}
	switch c.Type {
	case slack.InteractionTypeBlockActions:
		r.Kind, r.ThreadTS = KindAction, c.Container.ThreadTs
		if len(c.ActionCallback.BlockActions) == 0 {
			return false
		}
		r.Action = readAction(c.ActionCallback.BlockActions[0])
	case slack.InteractionTypeViewSubmission:
		r.Kind = KindSubmission
	case slack.InteractionTypeShortcut:
		r.Kind, r.Shortcut = KindShortcut, c.CallbackID
	case slack.InteractionTypeMessageAction:
		r.Kind, r.Shortcut, r.Quoted = KindShortcut, c.CallbackID, c.Message.Text
	default:
		return false
	}
	return r.keyed()
}

// ReadEvent reads the few events that we listen to from the raw payload:
// direct messages and the opening of Home.
func (r *Request) ReadEvent() bool {
	var p struct {
		TeamID  string `json:"team_id"`
		EventID string `json:"event_id"`
		By      []struct {
			TeamID string `json:"team_id"`
		} `json:"authorizations"`
		Event struct {
			Type        string       `json:"type"`
			Subtype     string       `json:"subtype"`
			Team        string       `json:"team"`
			User        string       `json:"user"`
			BotID       string       `json:"bot_id"`
			Text        string       `json:"text"`
			Channel     string       `json:"channel"`
			ChannelType string       `json:"channel_type"`
			ThreadTS    string       `json:"thread_ts"`
			Tab         string       `json:"tab"`
			View        *struct{}    `json:"view"`
			Files       []SharedFile `json:"files"`
		} `json:"event"`
	}
	if json.Unmarshal(r.Payload, &p) != nil {
		return false
	}
	e := p.Event
	r.Kind, r.TeamID, r.PersonID, r.Key = KindEvent, workspace(p.TeamID, e.Team), e.User, p.EventID
	r.Event, r.Text, r.Typed, r.ChannelID, r.ThreadTS, r.Tab, r.Files = e.Type, e.Text, e.Text, e.Channel, e.ThreadTS, e.Tab, e.Files
	r.Drawn = e.View != nil
	for _, a := range p.By {
		r.Installed = append(r.Installed, a.TeamID)
	}
	// words beside a file are words; edits, joins and what bots say are not for us
	if e.Type == "message" && (e.ChannelType != "im" || e.Subtype != "" && e.Subtype != "file_share" || e.BotID != "") {
		return false
	}
	return r.keyed() && r.PersonID != ""
}

// keyed fills the second key where Slack gave none, so that two deliveries
// without one are not taken for each other.
func (r *Request) keyed() bool {
	if r.Key == "" {
		r.Key = r.EnvelopeID
	}
	return r.EnvelopeID != ""
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
