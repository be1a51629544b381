package slacksim

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

func (ws *Workspace) channelJSON(c *channel) map[string]any {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.imWith != "" {
		return map[string]any{"id": c.id, "created": 1700000000, "is_im": true, "is_org_shared": false,
			"user": c.imWith, "is_user_deleted": false, "is_open": true, "is_archived": false,
			"context_team_id": ws.cfg.TeamID, "updated": 1700000000000, "priority": 0}
	}
	bot := slices.Contains(c.members, ws.cfg.App.BotUserID)
	return map[string]any{"id": c.id, "name": c.name, "name_normalized": c.name, "created": 1700000000,
		"creator": "U0CREATOR", "is_channel": !c.private, "is_group": c.private, "is_im": false, "is_mpim": false,
		"is_private": c.private, "is_archived": c.archived, "is_general": c.name == "general", "is_member": bot,
		"is_shared": false, "is_ext_shared": false, "is_org_shared": false, "context_team_id": ws.cfg.TeamID,
		"num_members": len(c.members), "updated": 1700000000000, "unlinked": 0,
		"topic":   map[string]any{"value": "", "creator": "", "last_set": 0},
		"purpose": map[string]any{"value": c.purpose, "creator": "", "last_set": 0}}
}

// visible finds a channel that the app may know of.
func (ws *Workspace) visible(id string) (*channel, *refusal) {
	c := ws.channel(id)
	if c == nil || c.private && !c.isMember(ws.cfg.App.BotUserID) {
		return nil, refuse("channel_not_found")
	}
	return c, nil
}

func (ws *Workspace) convInfo(c *call) (reply, *refusal) {
	ch, bad := ws.visible(c.str("channel"))
	if bad != nil {
		return nil, bad
	}
	return reply{"channel": ws.channelJSON(ch)}, nil
}

func (ws *Workspace) convOpen(c *call) (reply, *refusal) {
	if id := c.str("channel"); id != "" {
		ch := ws.channel(id)
		if ch == nil || ch.imWith == "" {
			return nil, refuse("channel_not_found")
		}
		return ws.opened(c, ch), nil
	}
	ids := strings.FieldsFunc(c.str("users"), func(r rune) bool { return r == ',' })
	switch {
	case len(ids) == 0:
		return nil, refuse("users_list_not_supplied")
	case len(ids) > 1:
		return nil, refuse("not_enough_users") // group messages are not simulated
	}
	p := ws.person(strings.TrimSpace(ids[0]))
	if p == nil {
		return nil, refuse("user_not_found")
	}
	if p.Deleted {
		return nil, refuse("user_disabled")
	}
	return ws.opened(c, ws.im(p.ID)), nil
}

func (ws *Workspace) opened(c *call, ch *channel) reply {
	out := reply{"channel": map[string]any{"id": ch.id}}
	if c.flag("return_im") {
		out["channel"] = ws.channelJSON(ch)
	}
	return out
}

func (ws *Workspace) convMembers(c *call) (reply, *refusal) {
	ch, bad := ws.visible(c.str("channel"))
	if bad != nil {
		return nil, bad
	}
	ch.mu.RLock()
	members := slices.Clone(ch.members)
	ch.mu.RUnlock()
	page, next, bad := paginate(c, members, 100)
	return reply{"members": page, "response_metadata": map[string]any{"next_cursor": next}}, bad
}

func (ws *Workspace) convList(c *call) (reply, *refusal) {
	return ws.pageOfChannels(c, func(*channel) bool { return true })
}

func (ws *Workspace) usersConversations(c *call) (reply, *refusal) {
	user := c.str("user")
	if user == "" {
		user = ws.cfg.App.BotUserID
	}
	return ws.pageOfChannels(c, func(ch *channel) bool { return ch.isMember(user) })
}

func (ws *Workspace) pageOfChannels(c *call, ok func(*channel) bool) (reply, *refusal) {
	types := c.str("types")
	if types == "" {
		types = "public_channel"
	}
	var list []map[string]any
	for _, ch := range ws.listChannels() {
		want := strings.Contains(types, "public_channel") && !ch.private ||
			strings.Contains(types, "private_channel") && ch.private && ch.isMember(ws.cfg.App.BotUserID)
		if want && ok(ch) && !(c.flag("exclude_archived") && ch.isArchived()) {
			list = append(list, ws.channelJSON(ch))
		}
	}
	page, next, bad := paginate(c, list, 100)
	return reply{"channels": page, "response_metadata": map[string]any{"next_cursor": next}}, bad
}

// paginate cuts a page out of list as Slack's cursors do.
func paginate[T any](c *call, list []T, otherwise int) ([]T, string, *refusal) {
	from := 0
	if cur := c.str("cursor"); cur != "" {
		raw, err := base64.StdEncoding.DecodeString(cur)
		n, errN := strconv.Atoi(strings.TrimPrefix(string(raw), "next:"))
		if err != nil || errN != nil || n < 0 || n > len(list) {
			return nil, "", refuse("invalid_cursor")
		}
		from = n
	}
	to := min(len(list), from+c.number("limit", otherwise, 1000))
	next := ""
	if to < len(list) {
		next = base64.StdEncoding.EncodeToString([]byte("next:" + strconv.Itoa(to)))
	}
	return append([]T{}, list[from:to]...), next, nil
}

// historyScope names the scope for reading c.
func historyScope(c *channel) string {
	switch {
	case c.imWith != "":
		return "im:history"
	case c.private:
		return "groups:history"
	}
	return "channels:history"
}

func (ws *Workspace) readable(id string) (*channel, *refusal) {
	ch, bad := ws.visible(id)
	if bad != nil {
		return nil, bad
	}
	if scope := historyScope(ch); !ws.hasScope(scope) {
		return nil, refuse("missing_scope", scope, strings.Join(ws.Scopes(), ","))
	}
	if !ch.isMember(ws.cfg.App.BotUserID) {
		return nil, refuse("not_in_channel")
	}
	return ch, nil
}

func (ws *Workspace) convHistory(c *call) (reply, *refusal) {
	ch, bad := ws.readable(c.str("channel"))
	if bad != nil {
		return nil, bad
	}
	var found []*Message
	list := ch.snapshot()
	for _, m := range slices.Backward(list) {
		if m.ThreadTS == "" || m.ThreadTS == m.TS {
			found = append(found, m)
		}
	}
	return ws.historyPage(c, found)
}

func (ws *Workspace) convReplies(c *call) (reply, *refusal) {
	ch, bad := ws.readable(c.str("channel"))
	if bad != nil {
		return nil, bad
	}
	thread := c.str("ts")
	if ch.get(thread) == nil {
		return nil, refuse("thread_not_found")
	}
	var found []*Message
	for _, m := range ch.snapshot() {
		if m.TS == thread || m.ThreadTS == thread {
			found = append(found, m)
		}
	}
	return ws.historyPage(c, found)
}

// historyPage filters by time and cuts a page. Nobody's ephemeral messages are
// part of a history.
func (ws *Workspace) historyPage(c *call, list []*Message) (reply, *refusal) {
	oldest, latest, inclusive := c.str("oldest"), c.str("latest"), c.flag("inclusive")
	var out []map[string]any
	for _, m := range list {
		if m.EphemeralTo != "" || !within(m.TS, oldest, latest, inclusive) {
			continue
		}
		out = append(out, ws.messageJSON(m, c.flag("include_all_metadata")))
	}
	page, next, bad := paginate(c, out, 100)
	return reply{"messages": page, "has_more": next != "", "pin_count": 0,
		"response_metadata": map[string]any{"next_cursor": next}}, bad
}

func within(ts, oldest, latest string, inclusive bool) bool {
	at := seconds(ts)
	if oldest != "" {
		if o := seconds(oldest); at < o || at == o && !inclusive {
			return false
		}
	}
	if latest != "" {
		if l := seconds(latest); at > l || at == l && !inclusive {
			return false
		}
	}
	return true
}

func seconds(ts string) float64 {
	f, _ := strconv.ParseFloat(ts, 64) // Slack takes nonsense for 0
	return f
}

func (ws *Workspace) convJoin(c *call) (reply, *refusal) {
	ch, bad := ws.visible(c.str("channel"))
	if bad != nil {
		return nil, bad
	}
	if ch.isArchived() {
		return nil, refuse("is_archived")
	}
	ws.join(ch, ws.cfg.App.BotUserID)
	return reply{"channel": ws.channelJSON(ch)}, nil
}

func (ws *Workspace) join(ch *channel, user string) {
	ch.mu.Lock()
	already := slices.Contains(ch.members, user)
	if !already {
		ch.members = append(ch.members, user)
	}
	ch.mu.Unlock()
	if !already && ch.isMember(ws.cfg.App.BotUserID) {
		ws.event("member_joined_channel", map[string]any{"type": "member_joined_channel", "user": user,
			"channel": ch.id, "channel_type": "C", "team": ws.cfg.TeamID})
	}
}

// Invite adds user (or the app, by its bot user) to a channel.
func (ws *Workspace) Invite(channel, user string) {
	if ch := ws.channel(channel); ch != nil {
		ws.join(ch, user)
		ws.changed.ring()
	}
}

// Kick removes user (or the app, by its bot user) from a channel.
func (ws *Workspace) Kick(channel, user string) {
	if ch := ws.channel(channel); ch != nil {
		ch.mu.Lock()
		ch.members = slices.DeleteFunc(slices.Clone(ch.members), func(u string) bool { return u == user })
		ch.mu.Unlock()
		ws.changed.ring()
	}
}

// anybody is a person of the workspace, for what somebody must have done.
func (ws *Workspace) anybody() string {
	if len(ws.cfg.People) == 0 {
		return "U0SOMEBODY"
	}
	return ws.cfg.People[0].ID
}

// Archive closes a channel for posts, or opens it again.
func (ws *Workspace) Archive(channel string, archived bool) {
	ch := ws.channel(channel)
	if ch == nil {
		return
	}
	ch.mu.Lock()
	ch.archived = archived
	ch.mu.Unlock()
	name := "channel_archive"
	if !archived {
		name = "channel_unarchive"
	}
	ws.event(name, map[string]any{"type": name, "channel": channel, "user": ws.anybody()})
}
