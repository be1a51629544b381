package slacksim

import (
	"encoding/json"
	"slices"
	"sync"
	"time"
)

// View is a modal or Home tab as one person sees it. Treat it as read-only.
type View struct {
	ID              string
	RootID          string
	PreviousID      string
	ExternalID      string
	Hash            string
	Type            string // "modal" or "home"
	CallbackID      string
	PrivateMetadata string
	Title           string
	Submit          string // "" where there is no such button
	Close           string
	Blocks          []Block
	NotifyOnClose   bool
	ClearOnClose    bool
	Errors          map[string]string // block_id → message, after a refused submit
	Values          Values            // what the person filled in or chose

	source map[string]any
}

// trigger is the right to open one modal, for 3 s.
type trigger struct {
	user    string
	expires time.Time
	used    bool
}

const triggerLife = 3 * time.Second

// views holds everybody's modals and Home tabs.
type views struct {
	mu       sync.Mutex
	triggers map[string]*trigger
	oldest   []string // trigger ids in order, to forget the oldest
	stacks   map[string][]*View
	homes    map[string]*View
	homeRuns map[string]int // publications a person
}

func (v *views) init() {
	v.triggers = map[string]*trigger{}
	v.stacks = map[string][]*View{}
	v.homes = map[string]*View{}
	v.homeRuns = map[string]int{}
}

// newTrigger gives user a trigger_id.
func (ws *Workspace) newTrigger(user string) string {
	id := ws.newID("") + "." + newSecret()
	v := &ws.views
	v.mu.Lock()
	defer v.mu.Unlock()
	v.triggers[id] = &trigger{user: user, expires: ws.cfg.Now().Add(triggerLife)}
	v.oldest = append(v.oldest, id)
	if len(v.oldest) > 20_000 {
		for _, old := range v.oldest[:10_000] {
			delete(v.triggers, old)
		}
		v.oldest = slices.Clone(v.oldest[10_000:])
	}
	return id
}

// spend uses a trigger up and says whose it was.
func (v *views) spend(id string, now time.Time) (string, *refusal) {
	t := v.triggers[id]
	switch {
	case id == "" || t == nil:
		return "", refuse("invalid_trigger_id")
	case t.used:
		return "", refuse("exchanged_trigger_id")
	case now.After(t.expires):
		return "", refuse("expired_trigger_id")
	}
	t.used = true
	return t.user, nil
}

func text(v any) string {
	m, _ := v.(map[string]any)
	s, _ := m["text"].(string)
	return s
}

// makeView turns a checked view into what is shown.
func (ws *Workspace) makeView(src map[string]any, blocks []Block) *View {
	str := func(key string) string { s, _ := src[key].(string); return s }
	flag := func(key string) bool { b, _ := src[key].(bool); return b }
	v := &View{ID: ws.newID("V"), Hash: ws.newTS() + "." + newSecret()[:8], Type: str("type"), ExternalID: str("external_id"),
		CallbackID: str("callback_id"), PrivateMetadata: str("private_metadata"), Title: text(src["title"]),
		Submit: text(src["submit"]), Close: text(src["close"]), Blocks: blocks,
		NotifyOnClose: flag("notify_on_close"), ClearOnClose: flag("clear_on_close"), source: src}
	v.RootID = v.ID
	v.Values = initialValues(blocks)
	return v
}

func (ws *Workspace) checkedView(raw json.RawMessage, where surface) (*View, *refusal) {
	src, blocks, bad := checkView(raw, where, ws.newBlockID)
	if bad != nil {
		return nil, bad
	}
	return ws.makeView(src, blocks), nil
}

// viewArg reads the view of a call.
func (ws *Workspace) viewArg(c *call, where surface) (*View, *refusal) {
	raw, ok := c.rawObject("view")
	if !ok {
		return nil, refuse("invalid_arguments", "missing required field: view [json-pointer:/view]")
	}
	return ws.checkedView(raw, where)
}

func (ws *Workspace) viewsOpen(c *call) (reply, *refusal) { return ws.openOrPush(c, false) }
func (ws *Workspace) viewsPush(c *call) (reply, *refusal) { return ws.openOrPush(c, true) }

func (ws *Workspace) openOrPush(c *call, push bool) (reply, *refusal) {
	view, bad := ws.viewArg(c, inModal)
	if bad != nil {
		return nil, bad
	}
	v := &ws.views
	v.mu.Lock()
	user, bad := v.spend(c.str("trigger_id"), ws.cfg.Now())
	if bad == nil && view.ExternalID != "" && v.external(view.ExternalID) != nil {
		bad = refuse("duplicate_external_id")
	}
	if bad == nil {
		bad = v.stack(user, view, push)
	}
	v.mu.Unlock()
	if bad != nil {
		return nil, bad
	}
	ws.tellView("open", user, view)
	return reply{"view": ws.viewJSON(view)}, nil
}

// stack puts view on top of user's modals; opening one anew clears those below.
func (v *views) stack(user string, view *View, push bool) *refusal {
	old := v.stacks[user]
	if !push {
		v.stacks[user] = []*View{view}
		return nil
	}
	if len(old) == 0 {
		return refuse("not_found")
	}
	if len(old) >= maxModalStack {
		return refuse("push_limit_reached")
	}
	view.RootID, view.PreviousID = old[0].ID, old[len(old)-1].ID
	v.stacks[user] = append(slices.Clone(old), view)
	return nil
}

func (v *views) external(id string) *View {
	for _, list := range v.stacks {
		for _, x := range list {
			if x.ExternalID == id {
				return x
			}
		}
	}
	for _, h := range v.homes {
		if h.ExternalID == id {
			return h
		}
	}
	return nil
}

// at finds the view with that id among user's modals and Home tab.
func (v *views) at(user, id string) *View {
	for _, x := range v.stacks[user] {
		if x.ID == id {
			return x
		}
	}
	if h := v.homes[user]; h != nil && h.ID == id {
		return h
	}
	return nil
}

func (v *views) owner(id string) (string, *View) {
	for user := range v.stacks {
		if x := v.at(user, id); x != nil {
			return user, x
		}
	}
	for user := range v.homes {
		if x := v.at(user, id); x != nil {
			return user, x
		}
	}
	return "", nil
}

// replace puts next where old is, keeping its identity and what was typed into
// elements of the same block_id and action_id.
func (v *views) replace(user string, old, next *View) {
	next.ID, next.RootID, next.PreviousID = old.ID, old.RootID, old.PreviousID
	for b, actions := range old.Values {
		for a, val := range actions {
			if cur, ok := next.Values[b][a]; ok && cur["type"] == val["type"] {
				next.Values[b][a] = val
			}
		}
	}
	if v.homes[user] == old {
		v.homes[user] = next
		return
	}
	list := slices.Clone(v.stacks[user])
	if i := slices.Index(list, old); i >= 0 {
		list[i] = next
	}
	v.stacks[user] = list
}

func (ws *Workspace) viewsUpdate(c *call) (reply, *refusal) {
	v := &ws.views
	v.mu.Lock()
	user, old := v.owner(c.str("view_id"))
	if ext := c.str("external_id"); old == nil && ext != "" {
		if x := v.external(ext); x != nil {
			user, old = v.owner(x.ID)
		}
	}
	v.mu.Unlock()
	if old == nil {
		return nil, refuse("not_found")
	}
	where := inModal
	if old.Type == "home" {
		where = inHome
	}
	next, bad := ws.viewArg(c, where)
	if bad != nil {
		return nil, bad
	}
	v.mu.Lock()
	cur := v.at(user, old.ID)
	switch hash := c.str("hash"); {
	case cur == nil:
		bad = refuse("not_found")
	case hash != "" && hash != cur.Hash:
		bad = refuse("hash_conflict")
	default:
		v.replace(user, cur, next)
	}
	v.mu.Unlock()
	if bad != nil {
		return nil, bad
	}
	ws.tellView("update", user, next)
	return reply{"view": ws.viewJSON(next)}, nil
}

func (ws *Workspace) viewsPublish(c *call) (reply, *refusal) {
	user := c.str("user_id")
	if ws.person(user) == nil {
		return nil, refuse("user_not_found")
	}
	next, bad := ws.viewArg(c, inHome)
	if bad != nil {
		return nil, bad
	}
	v := &ws.views
	v.mu.Lock()
	old := v.homes[user]
	if hash := c.str("hash"); hash != "" && (old == nil || hash != old.Hash) {
		v.mu.Unlock()
		return nil, refuse("hash_conflict")
	}
	if old != nil {
		v.replace(user, old, next)
	} else {
		v.homes[user] = next
	}
	v.homeRuns[user]++
	v.mu.Unlock()
	ws.tellHome(user, next)
	return reply{"view": ws.viewJSON(next)}, nil
}

// viewJSON is a view in the shape of the Web API and of interactions.
func (ws *Workspace) viewJSON(v *View) map[string]any {
	ws.views.mu.Lock()
	state := v.Values.clone()
	ws.views.mu.Unlock()
	null := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	out := map[string]any{"id": v.ID, "team_id": ws.cfg.TeamID, "type": v.Type, "blocks": v.Blocks,
		"private_metadata": v.PrivateMetadata, "callback_id": v.CallbackID, "external_id": v.ExternalID,
		"hash": v.Hash, "root_view_id": v.RootID, "previous_view_id": null(v.PreviousID), "app_id": ws.cfg.App.ID,
		"bot_id": ws.cfg.App.BotID, "app_installed_team_id": ws.cfg.TeamID, "clear_on_close": v.ClearOnClose,
		"notify_on_close": v.NotifyOnClose, "state": map[string]any{"values": state},
		"title": v.source["title"], "submit": v.source["submit"], "close": v.source["close"]}
	if v.Type == "home" {
		out["title"] = map[string]any{"type": "plain_text", "text": "View Title", "emoji": true}
	}
	return out
}
