package slacksim

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// call is one request to the Web API with its arguments, however they came.
type call struct {
	method string
	base   string
	args   map[string]json.RawMessage // JSON bodies
	form   map[string][]string        // form bodies and the query
}

// reply is what a method answers beside "ok"; a refusal is an error.
type reply = map[string]any

// str gives an argument as text; numbers and booleans as their JSON.
func (c *call) str(name string) string {
	if raw, ok := c.args[name]; ok {
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return s
		}
		return strings.Trim(string(raw), " ")
	}
	if v := c.form[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// raw gives an argument that is itself JSON: as such in JSON bodies, as text in forms.
func (c *call) raw(name string) json.RawMessage {
	if raw, ok := c.args[name]; ok {
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return json.RawMessage(s)
		}
		return raw
	}
	return json.RawMessage(c.str(name))
}

func (c *call) flag(name string) bool {
	ok, _ := strconv.ParseBool(c.str(name)) // Slack takes nonsense for false
	return ok
}

func (c *call) number(name string, otherwise, most int) int {
	n, err := strconv.Atoi(c.str(name))
	if err != nil || n <= 0 {
		return otherwise
	}
	return min(n, most)
}

func refuse(code string, messages ...string) *refusal { return &refusal{code, messages} }

// method is one row of the Web API: scopes of which one is needed (none: any
// token), its rate tier, and what it does.
type method struct {
	scopes []string
	tier   int // calls a minute; 0: special
	app    bool
	do     func(*Workspace, *call) (reply, *refusal)
}

var (
	readAny  = []string{"channels:read", "groups:read", "im:read", "mpim:read"}
	chat     = []string{"chat:write"}
	users    = []string{"users:read"}
	anything []string
)

// methods are what the simulation knows; others answer unknown_method, as Slack does.
var methods = map[string]method{
	"api.test":                     {anything, 100, false, (*Workspace).apiTest},
	"auth.test":                    {anything, 100, false, (*Workspace).authTest},
	"auth.revoke":                  {anything, 50, false, (*Workspace).authRevoke},
	"apps.connections.open":        {anything, 0, true, (*Workspace).connectionsOpen},
	"blocks.validate":              {anything, 50, false, (*Workspace).blocksValidate},
	"bots.info":                    {users, 50, false, (*Workspace).botsInfo},
	"chat.delete":                  {chat, 50, false, (*Workspace).chatDelete},
	"chat.getPermalink":            {anything, 0, false, (*Workspace).chatPermalink},
	"chat.postEphemeral":           {chat, 100, false, (*Workspace).chatEphemeral},
	"chat.postMessage":             {chat, 0, false, (*Workspace).chatPost},
	"chat.update":                  {chat, 50, false, (*Workspace).chatUpdate},
	"conversations.history":        {anything, 50, false, (*Workspace).convHistory},
	"conversations.info":           {readAny, 50, false, (*Workspace).convInfo},
	"conversations.join":           {[]string{"channels:join"}, 50, false, (*Workspace).convJoin},
	"conversations.list":           {readAny, 20, false, (*Workspace).convList},
	"conversations.members":        {readAny, 100, false, (*Workspace).convMembers},
	"conversations.open":           {[]string{"im:write", "mpim:write"}, 50, false, (*Workspace).convOpen},
	"conversations.replies":        {anything, 50, false, (*Workspace).convReplies},
	"files.completeUploadExternal": {[]string{"files:write"}, 100, false, (*Workspace).filesComplete},
	"files.delete":                 {[]string{"files:write"}, 50, false, (*Workspace).filesDelete},
	"files.getUploadURLExternal":   {[]string{"files:write"}, 100, false, (*Workspace).filesGetURL},
	"files.info":                   {[]string{"files:read"}, 100, false, (*Workspace).filesInfo},
	"pins.add":                     {[]string{"pins:write"}, 20, false, (*Workspace).pinsAdd},
	"reactions.add":                {[]string{"reactions:write"}, 50, false, (*Workspace).reactionsAdd},
	"reactions.remove":             {[]string{"reactions:write"}, 20, false, (*Workspace).reactionsRemove},
	"team.info":                    {[]string{"team:read"}, 50, false, (*Workspace).teamInfo},
	"users.conversations":          {readAny, 50, false, (*Workspace).usersConversations},
	"users.getPresence":            {users, 50, false, (*Workspace).usersPresence},
	"users.info":                   {users, 100, false, (*Workspace).usersInfo},
	"users.list":                   {users, 20, false, (*Workspace).usersList},
	"users.lookupByEmail":          {[]string{"users:read.email"}, 50, false, (*Workspace).usersByEmail},
	"views.open":                   {anything, 100, false, (*Workspace).viewsOpen},
	"views.publish":                {anything, 100, false, (*Workspace).viewsPublish},
	"views.push":                   {anything, 100, false, (*Workspace).viewsPush},
	"views.update":                 {anything, 100, false, (*Workspace).viewsUpdate},
}

func (ws *Workspace) serveAPI(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	answered, after := ws.faults.serve(w, r, name)
	if answered {
		return
	}
	c, token, err := parseCall(r)
	if err != nil {
		writeJSON(w, refuse("invalid_json").json())
		return
	}
	c.method, c.base = name, ws.seenAs(r)
	m, known := methods[name]
	if !known {
		writeJSON(w, map[string]any{"ok": false, "error": "unknown_method", "req_method": name})
		return
	}
	w.Header().Set("X-OAuth-Scopes", strings.Join(ws.Scopes(), ","))
	w.Header().Set("X-Accepted-OAuth-Scopes", strings.Join(m.scopes, ","))
	if bad := ws.authorise(m, token); bad != nil {
		writeJSON(w, bad)
		return
	}
	if wait, ok := ws.limits.allow(name, m.tier); !ok {
		writeRateLimited(w, wait)
		return
	}
	out, bad := m.do(ws, c)
	switch {
	case after.instead(w):
	case bad != nil && bad.code == "ratelimited":
		writeRateLimited(w, time.Second)
	case bad != nil:
		writeJSON(w, bad.json())
	default:
		if out == nil {
			out = reply{}
		}
		out["ok"] = true
		writeJSON(w, out)
	}
}

// authorise checks the token and the scopes, in Slack's words.
func (ws *Workspace) authorise(m method, token string) map[string]any {
	code := ""
	state := ws.limits.tokens()
	switch {
	case m.do == nil:
		code = "unknown_method"
	case token == "":
		code = "not_authed"
	case token != ws.cfg.AppToken && token != ws.cfg.BotToken:
		code = "invalid_auth"
	case state != "":
		code = state
	case m.app != (token == ws.cfg.AppToken):
		code = "not_allowed_token_type"
	}
	if code != "" {
		return map[string]any{"ok": false, "error": code}
	}
	granted := ws.Scopes()
	if len(m.scopes) > 0 && !slices.ContainsFunc(m.scopes, func(s string) bool { return slices.Contains(granted, s) }) {
		return missingScope(m.scopes[0], granted)
	}
	return nil
}

func missingScope(needed string, granted []string) map[string]any {
	return map[string]any{"ok": false, "error": "missing_scope", "needed": needed,
		"provided": strings.Join(granted, ",")}
}

// Scopes lists the bot's scopes.
func (ws *Workspace) Scopes() []string { return *ws.scopes.Load() }

// GrantScopes replaces the bot's scopes, as a new installation does.
func (ws *Workspace) GrantScopes(scopes ...string) { ws.scopes.Store(&scopes) }

func (ws *Workspace) hasScope(scope string) bool { return slices.Contains(ws.Scopes(), scope) }

// parseCall reads the arguments and the token of a request.
func parseCall(r *http.Request) (*call, string, error) {
	c := &call{}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")) // none: a form
	switch kind {
	case "application/json":
		c.form = r.URL.Query()
		body, err := io.ReadAll(io.LimitReader(r.Body, 4<<20))
		if err != nil {
			return nil, "", err
		}
		if len(body) > 0 && string(body) != "null" {
			if err := json.Unmarshal(body, &c.args); err != nil {
				return nil, "", err
			}
		}
	case "multipart/form-data":
		if err := r.ParseMultipartForm(4 << 20); err != nil {
			return nil, "", err
		}
		c.form = r.Form
	default:
		if err := r.ParseForm(); err != nil {
			return nil, "", err
		}
		c.form = r.Form
	}
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		token = c.str("token")
	}
	return c, token, nil
}

func (e *refusal) json() map[string]any {
	out := map[string]any{"ok": false, "error": e.code}
	if len(e.messages) > 0 {
		lines := make([]string, len(e.messages))
		for i, m := range e.messages {
			lines[i] = "[ERROR] " + m
		}
		out["errors"] = e.messages
		out["response_metadata"] = map[string]any{"messages": lines}
	}
	if e.code == "missing_scope" && len(e.messages) == 2 {
		return map[string]any{"ok": false, "error": e.code, "needed": e.messages[0], "provided": e.messages[1]}
	}
	return out
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(v) // the caller may have gone
}

func writeRateLimited(w http.ResponseWriter, wait time.Duration) {
	seconds := max(1, int((wait+time.Second-1)/time.Second))
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = w.Write([]byte(`{"ok":false,"error":"ratelimited"}`))
}
