package slacksim

import (
	"encoding/json"
	"strings"
)

func (ws *Workspace) apiTest(c *call) (reply, *refusal) {
	if code := c.str("error"); code != "" {
		return nil, refuse(code)
	}
	return nil, nil
}

func (ws *Workspace) authTest(c *call) (reply, *refusal) {
	return reply{"url": c.base + "/", "team": ws.cfg.TeamName, "user": strings.ToLower(ws.cfg.App.Name),
		"team_id": ws.cfg.TeamID, "user_id": ws.cfg.App.BotUserID, "bot_id": ws.cfg.App.BotID,
		"is_enterprise_install": false}, nil
}

func (ws *Workspace) authRevoke(c *call) (reply, *refusal) {
	if c.flag("test") {
		return reply{"revoked": false}, nil
	}
	ws.limits.kill("token_revoked")
	return reply{"revoked": true}, nil
}

func (ws *Workspace) connectionsOpen(c *call) (reply, *refusal) {
	return reply{"url": ws.socketURL(c.base)}, nil
}

func (ws *Workspace) blocksValidate(c *call) (reply, *refusal) {
	_, bad := checkMessageBlocks(c.raw("blocks"), ws.newBlockID)
	return nil, bad
}

func (ws *Workspace) teamInfo(*call) (reply, *refusal) {
	return reply{"team": map[string]any{"id": ws.cfg.TeamID, "name": ws.cfg.TeamName,
		"domain": ws.teamDomain(), "email_domain": "", "url": ws.baseURL() + "/"}}, nil
}

func (ws *Workspace) teamDomain() string {
	return strings.ToLower(strings.ReplaceAll(ws.cfg.TeamName, " ", "-"))
}

func (ws *Workspace) botsInfo(c *call) (reply, *refusal) {
	if id := c.str("bot"); id != "" && id != ws.cfg.App.BotID {
		return nil, refuse("bot_not_found")
	}
	return reply{"bot": map[string]any{"id": ws.cfg.App.BotID, "deleted": false, "name": ws.cfg.App.Name,
		"updated": 1700000000, "app_id": ws.cfg.App.ID, "user_id": ws.cfg.App.BotUserID}}, nil
}

func (ws *Workspace) personJSON(p *Person) map[string]any {
	profile := map[string]any{"real_name": p.RealName, "real_name_normalized": p.RealName, "display_name": p.Name,
		"display_name_normalized": p.Name, "title": p.Title, "team": ws.cfg.TeamID, "avatar_hash": "0"}
	if ws.hasScope("users:read.email") {
		profile["email"] = p.Email
	}
	return map[string]any{"id": p.ID, "team_id": ws.cfg.TeamID, "name": p.Name, "deleted": p.Deleted,
		"real_name": p.RealName, "tz": p.TZ, "tz_label": p.TZ, "tz_offset": p.TZOffset, "profile": profile,
		"is_admin": p.Admin, "is_owner": false, "is_primary_owner": false, "is_restricted": false,
		"is_ultra_restricted": false, "is_bot": false, "is_app_user": false, "updated": 1700000000, "locale": "en-US"}
}

func (ws *Workspace) botJSON() map[string]any {
	return map[string]any{"id": ws.cfg.App.BotUserID, "team_id": ws.cfg.TeamID, "name": strings.ToLower(ws.cfg.App.Name),
		"deleted": false, "real_name": ws.cfg.App.Name, "is_bot": true, "is_app_user": false, "tz": "America/Los_Angeles",
		"tz_offset": -28800, "updated": 1700000000,
		"profile": map[string]any{"real_name": ws.cfg.App.Name, "display_name": "", "bot_id": ws.cfg.App.BotID,
			"api_app_id": ws.cfg.App.ID, "team": ws.cfg.TeamID}}
}

func (ws *Workspace) usersInfo(c *call) (reply, *refusal) {
	id := c.str("user")
	if id == ws.cfg.App.BotUserID {
		return reply{"user": ws.botJSON()}, nil
	}
	p := ws.person(id)
	if p == nil {
		return nil, refuse("user_not_found")
	}
	return reply{"user": ws.personJSON(p)}, nil
}

func (ws *Workspace) usersList(c *call) (reply, *refusal) {
	list := []map[string]any{ws.botJSON()}
	for _, id := range ws.order {
		list = append(list, ws.personJSON(ws.person(id)))
	}
	page, next, bad := paginate(c, list, 1000)
	return reply{"members": page, "cache_ts": ws.cfg.Now().Unix(),
		"response_metadata": map[string]any{"next_cursor": next}}, bad
}

func (ws *Workspace) usersByEmail(c *call) (reply, *refusal) {
	for _, id := range ws.order {
		if p := ws.person(id); p.Email != "" && strings.EqualFold(p.Email, c.str("email")) {
			return reply{"user": ws.personJSON(p)}, nil
		}
	}
	return nil, refuse("users_not_found")
}

func (ws *Workspace) usersPresence(c *call) (reply, *refusal) {
	if ws.person(c.str("user")) == nil {
		return nil, refuse("user_not_found")
	}
	return reply{"presence": "active"}, nil
}

// rawObject reads an argument that must be a JSON object.
func (c *call) rawObject(name string) (json.RawMessage, bool) {
	raw := c.raw(name)
	var m map[string]json.RawMessage
	return raw, json.Unmarshal(raw, &m) == nil && m != nil
}
