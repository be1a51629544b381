package slacksim

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Reply is what became of something a person did that reached the app.
type Reply struct {
	Message     *Message      // what the ack showed; nil where it showed nothing
	Failed      string        // Slack's name where no ack came in time: operation_timeout, dispatch_failed
	Latency     time.Duration // until the ack
	EnvelopeID  string
	TriggerID   string
	ResponseURL string
	Errors      map[string]string // a refused modal: block_id → message
}

// UserError is what Slack's own client tells a person without asking the app.
type UserError struct{ Why string }

func (e *UserError) Error() string { return "slack: " + e.Why }

func sorry(format string, args ...any) error { return &UserError{fmt.Sprintf(format, args...)} }

// slashPayload is a struct, not a map: it stands on the way of every command.
type slashPayload struct {
	Token               string `json:"token"`
	TeamID              string `json:"team_id"`
	TeamDomain          string `json:"team_domain"`
	ChannelID           string `json:"channel_id"`
	ChannelName         string `json:"channel_name"`
	UserID              string `json:"user_id"`
	UserName            string `json:"user_name"`
	Command             string `json:"command"`
	Text                string `json:"text"`
	APIAppID            string `json:"api_app_id"`
	IsEnterpriseInstall string `json:"is_enterprise_install"`
	ResponseURL         string `json:"response_url"`
	TriggerID           string `json:"trigger_id"`
}

// seenName is how payloads call a channel.
func (c *channel) seenName() string {
	switch {
	case c.imWith != "":
		return "directmessage"
	case c.private:
		return "privategroup"
	}
	return c.name
}

// slash runs a slash command as user and waits for the ack.
func (ws *Workspace) slash(ctx context.Context, user, channelID, name, text string) (*Reply, error) {
	p, ch, err := ws.here(user, channelID)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(ws.cfg.Commands, func(c Command) bool { return c.Name == name })
	if i < 0 {
		return nil, sorry("%s is not a valid command.", name)
	}
	r := &Reply{TriggerID: ws.newTrigger(user), ResponseURL: ws.newResponseURL(channelID, user, "", "")}
	payload, err := json.Marshal(slashPayload{Token: "simulated", TeamID: ws.cfg.TeamID, TeamDomain: ws.teamDomain(),
		ChannelID: ch.id, ChannelName: ch.seenName(), UserID: p.ID, UserName: p.Name, Command: name,
		Text: ws.typed(ws.cfg.Commands[i], text), APIAppID: ws.cfg.App.ID, IsEnterpriseInstall: "false",
		ResponseURL: r.ResponseURL, TriggerID: r.TriggerID})
	if err != nil {
		return nil, fmt.Errorf("slacksim: command: %w", err)
	}
	ack, err := ws.reach(ctx, r, ws.newDelivery("slash_commands", name, r.TriggerID, payload, true))
	if err != nil {
		return nil, err
	}
	if r.Failed != "" {
		r.Message = ws.put(ch, &Message{User: "USLACKBOT", Text: name + " failed because the app did not respond",
			EphemeralTo: user, Failed: r.Failed})
		return r, nil
	}
	ws.showAck(ch, user, name, text, r, ack)
	return r, nil
}

// reach delivers, waits and notes the ids and the time.
func (ws *Workspace) reach(ctx context.Context, r *Reply, d *delivery) (json.RawMessage, error) {
	r.EnvelopeID = d.id
	ack, failed, err := ws.exchange(ctx, d)
	if err != nil {
		return nil, err
	}
	r.Failed = failed
	if failed == "" {
		r.Latency = d.report().Latency
	}
	return ack, nil
}

// showAck puts up what a command's ack says. What Slack cannot show it drops
// without a word to the app.
func (ws *Workspace) showAck(ch *channel, user, name, typed string, r *Reply, ack json.RawMessage) {
	if isEmptyJSON(ack) || string(ack) == "{}" || string(ack) == `""` {
		return
	}
	var in said
	if err := json.Unmarshal(ack, &in); err != nil {
		var plain string
		if json.Unmarshal(ack, &plain) != nil {
			ws.violate("ack_malformed", "payload is no message", r.EnvelopeID)
			return
		}
		in.Text = plain
	}
	m, bad := ws.sayMessage(&in)
	if bad != nil {
		if bad.code != "no_text" {
			ws.violate("ack_"+bad.code, bad.Error(), r.EnvelopeID)
		}
		return
	}
	if in.ResponseType == "in_channel" {
		ws.put(ch, &Message{User: user, Text: name + " " + typed})
	} else {
		m.EphemeralTo = user
	}
	r.Message = ws.put(ch, m)
}

// typed is the text of a command as the app gets it.
func (ws *Workspace) typed(c Command, text string) string {
	text = strings.TrimSpace(text)
	if !c.Escape {
		return text
	}
	ws.mu.RLock()
	defer ws.mu.RUnlock()
	for _, p := range ws.people {
		text = replaceWord(text, "@"+p.Name, "<@"+p.ID+"|"+p.Name+">")
	}
	for _, ch := range ws.channels {
		if ch.imWith == "" {
			text = replaceWord(text, "#"+ch.name, "<#"+ch.id+"|"+ch.name+">")
		}
	}
	return text
}

func replaceWord(s, word, with string) string {
	parts := strings.Split(s, " ")
	for i, p := range parts {
		if p == word {
			parts[i] = with
		}
	}
	return strings.Join(parts, " ")
}

// here finds the person and a channel they are in.
func (ws *Workspace) here(user, channelID string) (*Person, *channel, error) {
	p := ws.person(user)
	if p == nil {
		return nil, nil, fmt.Errorf("slacksim: no person %q in this workspace", user)
	}
	ch := ws.channel(channelID)
	if ch == nil || !ch.isMember(user) {
		return nil, nil, fmt.Errorf("slacksim: %s is in no channel %q", user, channelID)
	}
	return p, ch, nil
}

func (ws *Workspace) userJSON(p *Person) map[string]any {
	return map[string]any{"id": p.ID, "username": p.Name, "name": p.Name, "team_id": ws.cfg.TeamID}
}

// interaction is the part that all interactive payloads share.
func (ws *Workspace) interaction(kind string, p *Person) map[string]any {
	return map[string]any{"type": kind, "token": "simulated", "api_app_id": ws.cfg.App.ID,
		"user": ws.userJSON(p), "team": map[string]any{"id": ws.cfg.TeamID, "domain": ws.teamDomain()},
		"enterprise": nil, "is_enterprise_install": false, "action_ts": ws.newTS()}
}

func (ws *Workspace) interactive(ctx context.Context, r *Reply, body map[string]any, accepts bool) (json.RawMessage, error) {
	payload, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("slacksim: interaction: %w", err)
	}
	kind, _ := body["type"].(string)
	key := r.TriggerID
	ack, err := ws.reach(ctx, r, ws.newDelivery("interactive", kind, key, payload, accepts))
	if err == nil && !accepts && !isEmptyJSON(ack) && string(ack) != "{}" {
		ws.violate("ack_payload_ignored", "Slack ignores what the ack of "+kind+" says", r.EnvelopeID)
	}
	return ack, err
}

// place is where an element stands: in a message or in a view.
type place struct {
	ref  MessageRef
	view string
}

// blocksAt gives what stands at a place as user sees it.
func (ws *Workspace) blocksAt(user string, at place) ([]Block, *Message, *View, error) {
	if at.view != "" {
		ws.views.mu.Lock()
		defer ws.views.mu.Unlock()
		v := ws.views.at(user, at.view)
		if v == nil {
			return nil, nil, nil, sorry("this view is no longer open")
		}
		return v.Blocks, nil, v, nil
	}
	_, ch, err := ws.here(user, at.ref.Channel)
	if err != nil {
		return nil, nil, nil, err
	}
	m := ch.get(at.ref.TS)
	if m == nil || m.EphemeralTo != "" && m.EphemeralTo != user {
		return nil, nil, nil, sorry("this message is no longer there")
	}
	return m.Blocks, m, nil, nil
}

// act sends block_actions for one element. given holds what was chosen (the
// slot of the element's type); state what other elements hold, nil: unchanged.
func (ws *Workspace) act(ctx context.Context, user string, at place, blockID, actionID string, given map[string]any, state Values) (*Reply, error) {
	p := ws.person(user)
	if p == nil {
		return nil, fmt.Errorf("slacksim: no person %q in this workspace", user)
	}
	blocks, m, v, err := ws.blocksAt(user, at)
	if err != nil {
		return nil, err
	}
	e := findElement(blocks, blockID, actionID)
	if e == nil {
		return nil, sorry("there is no element %s in block %s any more", actionID, blockID)
	}
	r := &Reply{TriggerID: ws.newTrigger(user)}
	body := ws.interaction("block_actions", p)
	body["trigger_id"] = r.TriggerID
	body["actions"] = []any{ws.actionJSON(e, blockID, given)}
	if v != nil {
		ws.hold(v, blockID, actionID, e, given, state)
		body["view"] = ws.viewJSON(v)
		body["container"] = map[string]any{"type": "view", "view_id": v.ID}
	} else {
		r.ResponseURL = ws.messagePart(body, m, user)
		values := initialValues(blocks)
		for b, actions := range state {
			values[b] = actions
		}
		body["state"] = map[string]any{"values": values}
		body["response_url"] = r.ResponseURL
	}
	_, err = ws.interactive(ctx, r, body, false)
	return r, err
}

// messagePart adds where a message interaction came from. Slack gives the
// message itself only where all can see it.
func (ws *Workspace) messagePart(body map[string]any, m *Message, user string) (responseURL string) {
	ch := ws.channel(m.Channel)
	container := map[string]any{"type": "message", "message_ts": m.TS, "channel_id": m.Channel,
		"is_ephemeral": m.EphemeralTo != ""}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	body["container"] = container
	body["channel"] = map[string]any{"id": ch.id, "name": ch.seenName()}
	if m.EphemeralTo == "" {
		body["message"] = ws.messageJSON(m, true)
	}
	return ws.newResponseURL(m.Channel, user, m.TS, m.ThreadTS)
}

func (ws *Workspace) actionJSON(e map[string]any, blockID string, given map[string]any) map[string]any {
	out := map[string]any{"type": e["type"], "action_id": e["action_id"], "block_id": blockID, "action_ts": ws.newTS()}
	for _, key := range []string{"text", "value", "style", "placeholder"} {
		if v := e[key]; v != nil {
			out[key] = v
		}
	}
	for key, v := range given {
		switch key {
		case "type", "action_id", "block_id", "action_ts", "text":
		default:
			out[key] = v
		}
	}
	return out
}

// hold keeps what a view's elements hold now.
func (ws *Workspace) hold(v *View, blockID, actionID string, e, given map[string]any, state Values) {
	ws.views.mu.Lock()
	defer ws.views.mu.Unlock()
	v.take(state)
	typ, _ := e["type"].(string)
	if key, _ := slot(typ); key != "" && v.Values[blockID] != nil {
		v.Values[blockID][actionID] = map[string]any{"type": typ, key: given[key]}
	}
}

// take overwrites what the elements of v hold; what v does not have is dropped.
func (v *View) take(state Values) {
	for b, actions := range state {
		for a, val := range actions {
			if cur, ok := v.Values[b][a]; ok {
				next := map[string]any{"type": cur["type"]}
				typ, _ := cur["type"].(string)
				key, _ := slot(typ)
				next[key] = val[key]
				v.Values[b][a] = next
			}
		}
	}
}

func findElement(blocks []Block, blockID, actionID string) map[string]any {
	var found map[string]any
	eachElement(blocks, func(b string, e map[string]any) {
		if found == nil && e["action_id"] == actionID && (blockID == "" || b == blockID) {
			found = e
		}
	})
	return found
}

// shortcut runs a global shortcut, or a message shortcut where ref is set.
func (ws *Workspace) shortcut(ctx context.Context, user, callbackID string, ref MessageRef) (*Reply, error) {
	p := ws.person(user)
	kind := "global"
	if ref.TS != "" {
		kind = "message"
	}
	if p == nil || !slices.ContainsFunc(ws.cfg.Shortcuts, func(s Shortcut) bool { return s.CallbackID == callbackID && s.Type == kind }) {
		return nil, sorry("there is no %s shortcut %s", kind, callbackID)
	}
	r := &Reply{TriggerID: ws.newTrigger(user)}
	body := ws.interaction("shortcut", p)
	body["callback_id"], body["trigger_id"] = callbackID, r.TriggerID
	if kind == "message" {
		_, m, _, err := ws.blocksAt(user, place{ref: ref})
		if err != nil {
			return nil, err
		}
		if m.EphemeralTo != "" {
			return nil, sorry("shortcuts do not work on messages that only you can see")
		}
		body["type"] = "message_action"
		ws.messagePart(body, m, user)
		r.ResponseURL = ws.newResponseURL(m.Channel, user, "", "")
		body["message_ts"], body["response_url"] = m.TS, r.ResponseURL
		delete(body, "container")
	}
	_, err := ws.interactive(ctx, r, body, false)
	return r, err
}

// say posts a message as user; in the app's direct messages, and where the app
// is mentioned, the app hears of it.
func (ws *Workspace) say(user, channelID, text, thread string) (*Message, error) {
	_, ch, err := ws.here(user, channelID)
	if err != nil {
		return nil, err
	}
	if ch.isArchived() {
		return nil, sorry("this channel is archived")
	}
	if text == "" {
		return nil, sorry("there is nothing to send")
	}
	m := ws.put(ch, &Message{User: user, Text: text, ThreadTS: thread})
	ws.messageEvent(ch, m)
	return m, nil
}

// openHome opens the app's Home tab as user, which the app hears of.
func (ws *Workspace) openHome(user string) *delivery {
	ws.views.mu.Lock()
	home := ws.views.homes[user]
	ws.views.mu.Unlock()
	ev := map[string]any{"type": "app_home_opened", "user": user, "channel": ws.im(user).id, "tab": "home"}
	if home != nil {
		ev["view"] = ws.viewJSON(home)
	}
	return ws.event("app_home_opened", ev)
}
