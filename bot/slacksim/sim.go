package slacksim

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// The page's own API, under /sim/. It is not Slack's: it is what a browser
// needs to look like Slack to one person. Everything is JSON; a POST needs
// Content-Type application/json and, where the browser sends an Origin, our
// own. A POST answers {"ok":true,…} or {"ok":false,"error":"a sentence"}.
//
//	GET  /sim/state?user=U1
//	     {team:{id,name}, app:{id,name,bot_user_id,bot_id}, me:person,
//	      people:[{id,name,real_name,title,email,tz,tz_offset,admin,is_bot}],
//	      channels:[{id,name,purpose,private,archived,member}],
//	      dms:[{id,user,name,is_app}],
//	      commands:[{command,description,usage_hint}],
//	      shortcuts:[{callback_id,name,description,type}],
//	      clock:{now (RFC 3339), can_set}, unread:{channel:count},
//	      sockets, stack:[view…], home:view|null}
//	     Without user: the first person. 404 for an unknown one.
//	GET  /sim/messages?user=&channel=[&thread_ts=]
//	     {messages:[message…]}, oldest first; without thread_ts those of the
//	     channel itself, with it the thread. Marks the channel as read.
//	     message: {channel, ts, thread_ts, reply_count, user, bot_id, name,
//	      text, blocks, attachments, ephemeral, edited, files, reactions, failed}
//	GET  /sim/events?user=   Server-Sent Events, each with JSON data:
//	     message, message_changed  {message}
//	     message_deleted           {channel, ts, thread_ts}
//	     view                      {kind:"open"|"update"|"close", view_id, stack:[view…]}
//	     home                      {view}
//	     clock                     {now, can_set}
//	     presence                  {sockets}
//	     A view is Slack's own object with `errors` {block_id: message} beside;
//	     the key "" holds an error of the view as a whole.
//	GET  /sim/home?user=     {view|null}; the app hears app_home_opened
//	POST /sim/say            {user, channel, text, thread_ts}; text that begins
//	     with / runs a slash command and waits for its ack. Adds {ts}.
//	POST /sim/action         {user, view_id | channel+message_ts, action, state}
//	     action: {action_id, block_id, and what was chosen in Slack's own
//	     property: selected_option, selected_date, value, …}; state:
//	     {block_id:{action_id:{type, value…}}} as held in the page now.
//	POST /sim/view/submit    {user, view_id, state}; adds {errors} where refused
//	POST /sim/view/close     {user, view_id, all}
//	POST /sim/shortcut       {user, callback_id, channel, message_ts}
//	POST /sim/options        {user, view_id | channel+message_ts, block_id,
//	     action_id, value}; answers {options} or {option_groups}
//	POST /sim/clock          {to: RFC 3339}; calls Config.SetClock
//	POST /sim/upload         multipart: user, channel, thread_ts, text, file
func (ws *Workspace) routeSim(mux *http.ServeMux) {
	mux.HandleFunc("GET /sim/state", ws.simState)
	mux.HandleFunc("GET /sim/messages", ws.simMessages)
	mux.HandleFunc("GET /sim/events", ws.simEvents)
	mux.HandleFunc("GET /sim/home", ws.simHome)
	mux.HandleFunc("POST /sim/upload", ws.simUpload)
	post := func(path string, do func(*http.Request, *simPost) (map[string]any, error)) {
		mux.HandleFunc("POST /sim/"+path, func(w http.ResponseWriter, r *http.Request) { servePost(w, r, do) })
	}
	post("say", ws.simSay)
	post("action", ws.simAction)
	post("view/submit", ws.simSubmit)
	post("view/close", ws.simClose)
	post("shortcut", ws.simShortcut)
	post("options", ws.simOptions)
	post("clock", ws.simClock)
}

// simPost is the body of any POST above.
type simPost struct {
	User       string         `json:"user"`
	Channel    string         `json:"channel"`
	MessageTS  string         `json:"message_ts"`
	ThreadTS   string         `json:"thread_ts"`
	Text       string         `json:"text"`
	ViewID     string         `json:"view_id"`
	Action     map[string]any `json:"action"`
	State      Values         `json:"state"`
	All        bool           `json:"all"`
	CallbackID string         `json:"callback_id"`
	BlockID    string         `json:"block_id"`
	ActionID   string         `json:"action_id"`
	Value      string         `json:"value"`
	To         string         `json:"to"`
}

func (p *simPost) place() place {
	if p.ViewID != "" {
		return place{view: p.ViewID}
	}
	return place{ref: MessageRef{p.Channel, p.MessageTS}}
}

// sameOrigin keeps other web pages of the browser from acting for people here.
func sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host == r.Host
}

func servePost(w http.ResponseWriter, r *http.Request, do func(*http.Request, *simPost) (map[string]any, error)) {
	if !sameOrigin(r) || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		http.Error(w, "this page's own JSON only", http.StatusForbidden)
		return
	}
	var in simPost
	if err := json.NewDecoder(io.LimitReader(r.Body, 4<<20)).Decode(&in); err != nil {
		http.Error(w, "not JSON: "+err.Error(), http.StatusBadRequest)
		return
	}
	out, err := do(r, &in)
	answer(w, out, err)
}

func answer(w http.ResponseWriter, out map[string]any, err error) {
	if out == nil {
		out = map[string]any{}
	}
	out["ok"] = err == nil
	if err != nil {
		out["error"] = strings.TrimPrefix(err.Error(), "slack: ")
	}
	writeJSON(w, out)
}

func (ws *Workspace) simSay(r *http.Request, in *simPost) (map[string]any, error) {
	if !strings.HasPrefix(in.Text, "/") {
		m, err := ws.say(in.User, in.Channel, ws.compose(in.Text), in.ThreadTS)
		if err != nil {
			return nil, err
		}
		return map[string]any{"ts": m.TS}, nil
	}
	name, rest, _ := strings.Cut(in.Text, " ")
	if in.ThreadTS != "" {
		return nil, sorry("%s is not supported in threads. Sorry!", name)
	}
	got, err := ws.slash(r.Context(), in.User, in.Channel, name, rest)
	if err != nil {
		return nil, err
	}
	return said2JSON(got), nil
}

func said2JSON(got *Reply) map[string]any {
	out := map[string]any{"latency_ms": float64(got.Latency) / float64(time.Millisecond)}
	if got.Message != nil {
		out["ts"] = got.Message.TS
	}
	if got.Failed != "" {
		out["failed"] = got.Failed
	}
	return out
}

// compose escapes what was typed and makes mentions of @name, as Slack's composer does.
func (ws *Workspace) compose(s string) string {
	s = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
	s = replaceWord(s, "@"+strings.ToLower(ws.cfg.App.Name), "<@"+ws.cfg.App.BotUserID+">")
	for _, id := range ws.order {
		s = replaceWord(s, "@"+ws.person(id).Name, "<@"+id+">")
	}
	return s
}

func (ws *Workspace) simAction(r *http.Request, in *simPost) (map[string]any, error) {
	blockID, _ := in.Action["block_id"].(string)
	actionID, _ := in.Action["action_id"].(string)
	got, err := ws.act(r.Context(), in.User, in.place(), blockID, actionID, in.Action, in.State)
	if err != nil {
		return nil, err
	}
	if got.Failed != "" {
		return said2JSON(got), sorry("the app did not respond")
	}
	return said2JSON(got), nil
}

func (ws *Workspace) simSubmit(r *http.Request, in *simPost) (map[string]any, error) {
	got, err := ws.submit(r.Context(), in.User, in.ViewID, in.State)
	if err != nil {
		return nil, err
	}
	if got.Failed != "" {
		return nil, sorry("We had some trouble connecting. Try again?")
	}
	out := said2JSON(got)
	if len(got.Errors) > 0 {
		out["errors"] = got.Errors
		return out, sorry("something has to be put right first")
	}
	return out, nil
}

func (ws *Workspace) simClose(r *http.Request, in *simPost) (map[string]any, error) {
	return nil, ws.closeView(r.Context(), in.User, in.ViewID, in.All)
}

func (ws *Workspace) simShortcut(r *http.Request, in *simPost) (map[string]any, error) {
	got, err := ws.shortcut(r.Context(), in.User, in.CallbackID, MessageRef{in.Channel, in.MessageTS})
	if err != nil {
		return nil, err
	}
	if got.Failed != "" {
		return said2JSON(got), sorry("the app did not respond")
	}
	return said2JSON(got), nil
}

func (ws *Workspace) simOptions(r *http.Request, in *simPost) (map[string]any, error) {
	list, groups, err := ws.suggest(r.Context(), in.User, in.place(), in.BlockID, in.ActionID, in.Value)
	if err != nil {
		return nil, err
	}
	if groups != nil {
		return map[string]any{"option_groups": groups}, nil
	}
	return map[string]any{"options": list}, nil
}

func (ws *Workspace) simClock(_ *http.Request, in *simPost) (map[string]any, error) {
	if ws.cfg.SetClock == nil {
		return nil, sorry("this workspace's clock cannot be moved")
	}
	to, err := time.Parse(time.RFC3339, in.To)
	if err != nil {
		return nil, sorry("the time must look like 2026-11-23T09:00:00+01:00")
	}
	if err := ws.cfg.SetClock(to); err != nil {
		return nil, err
	}
	ws.Tick()
	ws.streams.tell("", "clock", ws.clockJSON())
	return ws.clockJSON(), nil
}

func (ws *Workspace) clockJSON() map[string]any {
	return map[string]any{"now": ws.cfg.Now().Format(time.RFC3339), "can_set": ws.cfg.SetClock != nil}
}

func (ws *Workspace) simUpload(w http.ResponseWriter, r *http.Request) {
	if !sameOrigin(r) {
		http.Error(w, "this page only", http.StatusForbidden)
		return
	}
	ws.seenAs(r)
	body, err := uploadBody(r)
	if err != nil {
		answer(w, nil, errors.New("there is no file"))
		return
	}
	name := "file"
	for _, list := range r.MultipartForm.File {
		name = list[0].Filename
	}
	m, err := ws.share(r.FormValue("user"), r.FormValue("channel"), r.FormValue("thread_ts"), name, ws.compose(r.FormValue("text")), body)
	if err != nil {
		answer(w, nil, err)
		return
	}
	answer(w, map[string]any{"ts": m.TS}, nil)
}

// simUser gives the person of a GET, or answers 404.
func (ws *Workspace) simUser(w http.ResponseWriter, r *http.Request) (string, bool) {
	ws.seenAs(r)
	id := r.URL.Query().Get("user")
	if id == "" && len(ws.order) > 0 {
		id = ws.order[0]
	}
	if ws.person(id) == nil {
		http.Error(w, "no such person", http.StatusNotFound)
		return "", false
	}
	return id, true
}

func (ws *Workspace) simHome(w http.ResponseWriter, r *http.Request) {
	user, ok := ws.simUser(w, r)
	if !ok {
		return
	}
	ws.openHome(user)
	writeJSON(w, map[string]any{"view": ws.simView(ws.User(user).Home())})
}

func (ws *Workspace) simMessages(w http.ResponseWriter, r *http.Request) {
	user, ok := ws.simUser(w, r)
	if !ok {
		return
	}
	q := r.URL.Query()
	thread := q.Get("thread_ts")
	out := []map[string]any{}
	last := ""
	for _, m := range ws.User(user).Messages(q.Get("channel")) {
		last = m.TS
		top := m.ThreadTS == "" || m.ThreadTS == m.TS
		if thread == "" && top || thread != "" && (m.TS == thread || m.ThreadTS == thread) {
			out = append(out, ws.simMessage(&m))
		}
	}
	ws.streams.markRead(user, q.Get("channel"), last)
	writeJSON(w, map[string]any{"messages": out})
}

func (ws *Workspace) simState(w http.ResponseWriter, r *http.Request) {
	user, ok := ws.simUser(w, r)
	if !ok {
		return
	}
	app := ws.cfg.App
	people := []map[string]any{}
	for _, id := range ws.order {
		people = append(people, simPerson(ws.person(id)))
	}
	im := ws.im(user)
	channels, unread := []map[string]any{}, map[string]int{im.id: ws.unread(user, im)}
	for _, c := range ws.listChannels() {
		member := c.isMember(user)
		if member || !c.private {
			channels = append(channels, map[string]any{"id": c.id, "name": c.name, "purpose": c.purpose,
				"private": c.private, "archived": c.isArchived(), "member": member})
			unread[c.id] = ws.unread(user, c)
		}
	}
	commands := []map[string]any{}
	for _, c := range ws.cfg.Commands {
		commands = append(commands, map[string]any{"command": c.Name, "description": c.Description, "usage_hint": c.UsageHint})
	}
	writeJSON(w, map[string]any{
		"team": map[string]any{"id": ws.cfg.TeamID, "name": ws.cfg.TeamName},
		"app":  map[string]any{"id": app.ID, "name": app.Name, "bot_user_id": app.BotUserID, "bot_id": app.BotID},
		"me":   simPerson(ws.person(user)), "people": people, "channels": channels,
		"dms":      []map[string]any{{"id": im.id, "user": app.BotUserID, "name": app.Name, "is_app": true}},
		"commands": commands, "shortcuts": slices.Concat([]Shortcut{}, ws.cfg.Shortcuts),
		"clock": ws.clockJSON(), "unread": unread, "sockets": ws.Sockets(),
		"stack": ws.simStack(user), "home": ws.simView(ws.User(user).Home())})
}

func simPerson(p *Person) map[string]any {
	return map[string]any{"id": p.ID, "name": p.Name, "real_name": p.RealName, "title": p.Title, "email": p.Email,
		"tz": p.TZ, "tz_offset": p.TZOffset, "admin": p.Admin, "is_bot": false}
}
