package slacksim

import (
	"encoding/json"
	"slices"
	"time"
)

// retry is an event that was not acked, on its way to being sent again.
type retry struct {
	d   *delivery
	due time.Time
}

// retryAfter gives Slack's pauses before the first, second and third redelivery.
func retryAfter(attempt int) (time.Duration, bool) {
	switch attempt {
	case 0:
		return 0, true
	case 1:
		return time.Minute, true
	case 2:
		return 5 * time.Minute, true
	}
	return 0, false
}

// event sends an Events API payload if the app has subscribed to name. What is
// not acked by the deadline is sent up to three times more.
func (ws *Workspace) event(name string, ev map[string]any) *delivery {
	if !slices.Contains(ws.cfg.Events, name) {
		return nil
	}
	now := ws.cfg.Now()
	if ev["event_ts"] == nil {
		ev["event_ts"] = ws.newTS()
	}
	id := ws.newID("Ev")
	payload, err := json.Marshal(map[string]any{
		"token": "simulated", "team_id": ws.cfg.TeamID, "context_team_id": ws.cfg.TeamID,
		"context_enterprise_id": nil, "api_app_id": ws.cfg.App.ID, "event": ev,
		"type": "event_callback", "event_id": id, "event_time": now.Unix(),
		"authorizations": []map[string]any{{"enterprise_id": nil, "team_id": ws.cfg.TeamID,
			"user_id": ws.cfg.App.BotUserID, "is_bot": true, "is_enterprise_install": false}},
		"is_ext_shared_channel": false, "event_context": "4-" + id,
	})
	if err != nil {
		ws.cfg.Log.Error("slacksim: event", "name", name, "err", err)
		return nil
	}
	kind, _ := ev["type"].(string)
	d := ws.newDelivery("events_api", kind, id, payload, false)
	ws.sendEvent(d)
	return d
}

func (ws *Workspace) sendEvent(d *delivery) {
	timer := time.AfterFunc(ws.cfg.AckDeadline, func() { ws.missed(d) })
	d.mu.Lock()
	d.shown = ws.cfg.Now()
	d.onAck = func() { timer.Stop() }
	d.mu.Unlock()
	ws.deliver(d)
}

// missed plans the next redelivery of an event that was not acked in time.
func (ws *Workspace) missed(d *delivery) {
	if ws.done.Err() != nil || d.report().Acks > 0 {
		return
	}
	pause, again := retryAfter(d.attempt)
	if !again {
		return
	}
	d.mu.Lock()
	due := d.shown.Add(pause)
	d.mu.Unlock()
	ws.log.mu.Lock()
	ws.log.retries = append(ws.log.retries, &retry{d, due})
	ws.log.mu.Unlock()
	ws.redeliverDue()
}

func (ws *Workspace) redeliverDue() {
	now := ws.cfg.Now()
	ws.log.mu.Lock()
	var due []*retry
	ws.log.retries = slices.DeleteFunc(ws.log.retries, func(r *retry) bool {
		if r.due.After(now) {
			return false
		}
		due = append(due, r)
		return true
	})
	ws.log.mu.Unlock()
	for _, r := range due {
		if r.d.report().Acks == 0 {
			ws.sendEvent(r.d.again(ws, r.d.attempt+1))
		}
	}
}

// again makes a new envelope around the same payload.
func (d *delivery) again(ws *Workspace, attempt int) *delivery {
	n := ws.newDelivery(d.typ, d.kind, d.key, d.payload, d.accepts)
	n.attempt = attempt
	if attempt > 0 {
		n.reason = "timeout"
	}
	return n
}

// messageEvent tells the app of a message in its direct messages (as Slack
// does of its own ones too) or of being mentioned.
func (ws *Workspace) messageEvent(c *channel, m *Message) {
	ev := ws.messageJSON(m, false)
	ev["channel"] = c.id
	ev["event_ts"] = m.TS
	if c.imWith != "" {
		ev["channel_type"] = "im"
		ws.event("message.im", ev)
		return
	}
	if m.BotID == "" && mentionsUser(m.Text, ws.cfg.App.BotUserID) && c.isMember(ws.cfg.App.BotUserID) {
		ev["type"] = "app_mention"
		ws.event("app_mention", ev)
	}
}

// changeEvent tells the app of an edit or deletion in its direct messages, its
// own ones included. Nobody is told of ephemeral messages.
func (ws *Workspace) changeEvent(c *channel, before, after *Message) {
	if c.imWith == "" || before == nil {
		return
	}
	ev := map[string]any{"type": "message", "subtype": "message_deleted", "channel": c.id, "channel_type": "im",
		"hidden": true, "ts": ws.newTS(), "deleted_ts": before.TS, "previous_message": ws.messageJSON(before, false)}
	if after != nil {
		delete(ev, "deleted_ts")
		ev["subtype"], ev["message"] = "message_changed", ws.messageJSON(after, false)
	}
	ws.event("message.im", ev)
}

func mentionsUser(text, user string) bool {
	hit := false
	scanMentions(text, func(kind, id string) { hit = hit || kind == "user" && id == user })
	return hit
}
