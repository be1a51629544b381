package slacksim

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// content is what a message says, checked.
type content struct {
	text        string
	blocks      []Block
	attachments json.RawMessage
	metadata    json.RawMessage
}

// parseContent reads and checks text, blocks and attachments.
func (ws *Workspace) parseContent(c *call, maxText int) (content, *refusal) {
	var out content
	out.text = c.str("text")
	if utf8.RuneCountInString(out.text) > maxText {
		return out, refuse("msg_too_long")
	}
	blocks, bad := checkMessageBlocks(c.raw("blocks"), ws.newBlockID)
	if bad != nil {
		return out, bad
	}
	out.blocks = blocks
	if raw := c.raw("attachments"); !isEmptyJSON(raw) {
		var list []any
		if json.Unmarshal(raw, &list) != nil {
			return out, refuse("invalid_attachments")
		}
		if len(list) > 100 {
			return out, refuse("too_many_attachments")
		}
		out.attachments = raw
	}
	if raw := c.raw("metadata"); !isEmptyJSON(raw) {
		var m struct {
			EventType    string         `json:"event_type"`
			EventPayload map[string]any `json:"event_payload"`
		}
		if json.Unmarshal(raw, &m) != nil {
			return out, refuse("invalid_metadata_format")
		}
		if m.EventType == "" || m.EventPayload == nil {
			return out, refuse("invalid_metadata_schema")
		}
		out.metadata = raw
	}
	return out, nil
}

func (o content) empty() bool {
	return strings.TrimSpace(o.text) == "" && len(o.blocks) == 0 && o.attachments == nil
}

func (o content) onto(m *Message) {
	m.Text, m.Blocks, m.Attachments = o.text, o.blocks, o.attachments
	if o.metadata != nil {
		m.Metadata = o.metadata
	}
}

// target finds the channel of a post: an id, #name or name, or a person's id.
func (ws *Workspace) target(name string) (*channel, *refusal) {
	if name == "" {
		return nil, refuse("channel_not_found")
	}
	if c := ws.channel(name); c != nil {
		return c, nil
	}
	if ws.person(name) != nil {
		return ws.im(name), nil
	}
	for _, c := range ws.listChannels() {
		if c.name == strings.TrimPrefix(name, "#") {
			return c, nil
		}
	}
	return nil, refuse("channel_not_found")
}

// mayPost tells whether the app may post to c.
func (ws *Workspace) mayPost(c *channel) *refusal {
	switch {
	case c.isArchived():
		return refuse("is_archived")
	case c.isMember(ws.cfg.App.BotUserID):
		return nil
	case c.private:
		return refuse("channel_not_found")
	case ws.hasScope("chat:write.public"):
		return nil
	}
	return refuse("not_in_channel")
}

func (ws *Workspace) chatPost(c *call) (reply, *refusal) {
	ch, bad := ws.target(c.str("channel"))
	if bad != nil {
		return nil, bad
	}
	if bad := ws.mayPost(ch); bad != nil {
		return nil, bad
	}
	said, bad := ws.parseContent(c, maxPostText)
	if bad != nil {
		return nil, bad
	}
	if said.empty() {
		return nil, refuse("no_text")
	}
	if !ws.limits.post(ch.id) {
		return nil, refuse("ratelimited")
	}
	m := ws.appMessage()
	said.onto(m)
	m.ThreadTS = c.str("thread_ts")
	ws.put(ch, m)
	ws.messageEvent(ch, m)
	return reply{"channel": ch.id, "ts": m.TS, "message": ws.messageJSON(m, true)}, nil
}

func (ws *Workspace) appMessage() *Message {
	return &Message{User: ws.cfg.App.BotUserID, BotID: ws.cfg.App.BotID}
}

func (ws *Workspace) chatEphemeral(c *call) (reply, *refusal) {
	ch, bad := ws.target(c.str("channel"))
	if bad != nil {
		return nil, bad
	}
	if bad := ws.mayPost(ch); bad != nil {
		return nil, bad
	}
	user := c.str("user")
	if ws.person(user) == nil {
		return nil, refuse("user_not_found")
	}
	if !ch.isMember(user) {
		return nil, refuse("user_not_in_channel")
	}
	said, bad := ws.parseContent(c, maxPostText)
	if bad != nil {
		return nil, bad
	}
	if said.empty() {
		return nil, refuse("no_text")
	}
	m := ws.appMessage()
	said.onto(m)
	m.EphemeralTo, m.ThreadTS = user, c.str("thread_ts")
	ws.put(ch, m)
	return reply{"message_ts": m.TS}, nil
}

// own finds a message that the app may change. Ephemeral ones cannot be
// reached through the Web API.
func (ws *Workspace) own(c *call, denied string) (*channel, *Message, *refusal) {
	ch := ws.channel(c.str("channel"))
	if ch == nil {
		return nil, nil, refuse("channel_not_found")
	}
	m := ch.get(c.str("ts"))
	if m == nil || m.EphemeralTo != "" {
		return nil, nil, refuse("message_not_found")
	}
	if m.BotID != ws.cfg.App.BotID {
		return nil, nil, refuse(denied)
	}
	if ch.isArchived() {
		return nil, nil, refuse("is_archived")
	}
	return ch, m, nil
}

func (ws *Workspace) chatUpdate(c *call) (reply, *refusal) {
	ch, m, bad := ws.own(c, "cant_update_message")
	if bad != nil {
		return nil, bad
	}
	said, bad := ws.parseContent(c, maxUpdateText)
	if bad != nil {
		return nil, bad
	}
	if said.empty() {
		return nil, refuse("no_text")
	}
	before := m
	m = ws.alter(ch, m.TS, func(m *Message) {
		said.onto(m)
		m.Edited = ws.newTS()
	})
	if m == nil {
		return nil, refuse("message_not_found")
	}
	ws.changeEvent(ch, before, m)
	return reply{"channel": ch.id, "ts": m.TS, "text": m.Text, "message": ws.messageJSON(m, true)}, nil
}

func (ws *Workspace) chatDelete(c *call) (reply, *refusal) {
	ch, m, bad := ws.own(c, "cant_delete_message")
	if bad != nil {
		return nil, bad
	}
	ws.changeEvent(ch, ws.drop(ch, m.TS), nil)
	return reply{"channel": ch.id, "ts": m.TS}, nil
}

func (ws *Workspace) chatPermalink(c *call) (reply, *refusal) {
	ch := ws.channel(c.str("channel"))
	if ch == nil {
		return nil, refuse("channel_not_found")
	}
	ts := c.str("message_ts")
	if ch.get(ts) == nil {
		return nil, refuse("message_not_found")
	}
	return reply{"channel": ch.id, "permalink": ws.permalink(ch.id, ts)}, nil
}

func (ws *Workspace) permalink(channel, ts string) string {
	return ws.baseURL() + "/archives/" + channel + "/p" + strings.ReplaceAll(ts, ".", "")
}

// messageJSON is a message in the shape of the Web API and of events.
func (ws *Workspace) messageJSON(m *Message, metadata bool) map[string]any {
	out := map[string]any{"type": "message", "user": m.User, "text": m.Text, "ts": m.TS, "team": ws.cfg.TeamID}
	set := func(key string, v any, given bool) {
		if given {
			out[key] = v
		}
	}
	set("bot_id", m.BotID, m.BotID != "")
	set("app_id", ws.cfg.App.ID, m.BotID != "")
	if m.BotID != "" {
		out["bot_profile"] = map[string]any{"id": m.BotID, "app_id": ws.cfg.App.ID,
			"name": ws.cfg.App.Name, "deleted": false, "updated": 1, "team_id": ws.cfg.TeamID}
	}
	set("blocks", m.Blocks, len(m.Blocks) > 0)
	set("attachments", m.Attachments, m.Attachments != nil)
	set("thread_ts", m.ThreadTS, m.ThreadTS != "")
	set("reply_count", m.ReplyCount, m.ReplyCount > 0)
	set("edited", map[string]any{"user": m.User, "ts": m.Edited}, m.Edited != "")
	set("metadata", m.Metadata, metadata && m.Metadata != nil)
	set("reactions", m.Reactions, len(m.Reactions) > 0)
	set("subtype", m.Subtype, m.Subtype != "")
	if len(m.Files) > 0 {
		out["files"] = m.Files
		out["upload"] = true
	}
	return out
}

func (ws *Workspace) reactionsAdd(c *call) (reply, *refusal) {
	return ws.react(c, func(m *Message, name, who string) *refusal {
		i := slices.IndexFunc(m.Reactions, func(r Reaction) bool { return r.Name == name })
		list := slices.Clone(m.Reactions)
		if i < 0 {
			m.Reactions = append(list, Reaction{Name: name, Users: []string{who}, Count: 1})
			return nil
		}
		if slices.Contains(list[i].Users, who) {
			return refuse("already_reacted")
		}
		list[i].Users = append(slices.Clone(list[i].Users), who)
		list[i].Count = len(list[i].Users)
		m.Reactions = list
		return nil
	})
}

func (ws *Workspace) reactionsRemove(c *call) (reply, *refusal) {
	return ws.react(c, func(m *Message, name, who string) *refusal {
		i := slices.IndexFunc(m.Reactions, func(r Reaction) bool { return r.Name == name && slices.Contains(r.Users, who) })
		if i < 0 {
			return refuse("no_reaction")
		}
		list := slices.Clone(m.Reactions)
		list[i].Users = slices.DeleteFunc(slices.Clone(list[i].Users), func(u string) bool { return u == who })
		list[i].Count = len(list[i].Users)
		m.Reactions = slices.DeleteFunc(list, func(r Reaction) bool { return r.Count == 0 })
		return nil
	})
}

func (ws *Workspace) react(c *call, change func(m *Message, name, who string) *refusal) (reply, *refusal) {
	ch := ws.channel(c.str("channel"))
	if ch == nil {
		return nil, refuse("channel_not_found")
	}
	name := strings.Trim(c.str("name"), ":")
	if name == "" {
		return nil, refuse("invalid_name")
	}
	var bad *refusal
	m := ws.alter(ch, c.str("timestamp"), func(m *Message) { bad = change(m, name, ws.cfg.App.BotUserID) })
	if m == nil {
		return nil, refuse("message_not_found")
	}
	return nil, bad
}

func (ws *Workspace) pinsAdd(c *call) (reply, *refusal) {
	ch := ws.channel(c.str("channel"))
	if ch == nil {
		return nil, refuse("channel_not_found")
	}
	if ch.get(c.str("timestamp")) == nil {
		return nil, refuse("message_not_found")
	}
	return nil, nil
}
