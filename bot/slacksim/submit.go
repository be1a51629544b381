package slacksim

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// submit sends the top modal as user. Errors of the person's own (a required
// field left empty) are found before the app is asked, as Slack's client does.
func (ws *Workspace) submit(ctx context.Context, user, viewID string, state Values) (*Reply, error) {
	ws.views.mu.Lock()
	v := ws.views.top(user)
	if v != nil {
		v.take(state)
		seen := *v // what is typed from here on is not part of this submission
		seen.Values = v.Values.clone()
		v = &seen
	}
	ws.views.mu.Unlock()
	p := ws.person(user)
	if p == nil || v == nil || viewID != "" && v.ID != viewID {
		return nil, sorry("this view is no longer open")
	}
	if v.Submit == "" {
		return nil, sorry("this view has nothing to submit")
	}
	if wrong := v.incomplete(); len(wrong) > 0 {
		ws.showErrors(user, v, wrong)
		return &Reply{Errors: wrong}, nil
	}
	r := &Reply{TriggerID: ws.newTrigger(user)}
	body := ws.interaction("view_submission", p)
	delete(body, "action_ts")
	body["trigger_id"] = r.TriggerID
	body["view"] = ws.viewJSON(v)
	body["response_urls"] = ws.viewResponseURLs(user, v)
	ack, err := ws.interactive(ctx, r, body, true)
	if err != nil {
		return nil, err
	}
	if r.Failed != "" {
		ws.showErrors(user, v, map[string]string{"": "We had some trouble connecting. Try again?"})
		return r, nil
	}
	ws.submitted(user, v, r, ack)
	return r, nil
}

func (v *views) top(user string) *View {
	if list := v.stacks[user]; len(list) > 0 {
		return list[len(list)-1]
	}
	return nil
}

// submitted does what the ack of a view_submission asks for.
func (ws *Workspace) submitted(user string, v *View, r *Reply, ack json.RawMessage) {
	var in struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if !isEmptyJSON(ack) && json.Unmarshal(ack, &in) != nil {
		ws.violate("ack_malformed", "payload is no response_action", r.EnvelopeID)
		return
	}
	switch in.Action {
	case "":
		ws.pop(user, v)
	case "clear":
		ws.clear(user)
	case "errors":
		for id := range in.Errors {
			if !v.hasInput(id) {
				ws.violate("ack_unknown_error_block", "errors name no input block "+id, r.EnvelopeID)
				delete(in.Errors, id)
			}
		}
		if len(in.Errors) == 0 {
			in.Errors = map[string]string{"": "We had some trouble connecting. Try again?"}
		}
		r.Errors = in.Errors
		ws.showErrors(user, v, in.Errors)
	case "update", "push":
		ws.submitShows(user, v, r, in.Action, in.View)
	default:
		ws.violate("ack_invalid_response_action", in.Action, r.EnvelopeID)
	}
}

func (ws *Workspace) submitShows(user string, v *View, r *Reply, action string, raw json.RawMessage) {
	next, bad := ws.checkedView(raw, inModal)
	if bad == nil {
		ws.views.mu.Lock()
		cur := ws.views.at(user, v.ID)
		switch {
		case cur == nil:
			bad = refuse("not_found")
		case action == "push":
			bad = ws.views.stack(user, next, true)
		default:
			ws.views.replace(user, cur, next)
		}
		ws.views.mu.Unlock()
	}
	if bad != nil {
		ws.violate("ack_"+bad.code, bad.Error(), r.EnvelopeID)
		ws.showErrors(user, v, map[string]string{"": "We had some trouble connecting. Try again?"})
		return
	}
	kind := "update"
	if action == "push" {
		kind = "open"
	}
	ws.tellView(kind, user, next)
}

func (ws *Workspace) pop(user string, v *View) {
	ws.views.mu.Lock()
	list := ws.views.stacks[user]
	for i, x := range list {
		if x.ID == v.ID {
			ws.views.stacks[user] = append([]*View(nil), list[:i]...)
			break
		}
	}
	ws.views.mu.Unlock()
	ws.tellView("close", user, v)
}

func (ws *Workspace) clear(user string) {
	ws.views.mu.Lock()
	top := ws.views.top(user)
	delete(ws.views.stacks, user)
	ws.views.mu.Unlock()
	if top != nil {
		ws.tellView("close", user, top)
	}
}

func (ws *Workspace) showErrors(user string, v *View, wrong map[string]string) {
	ws.views.mu.Lock()
	cur := ws.views.at(user, v.ID)
	if cur != nil {
		next := *cur
		next.Errors = wrong
		list := append([]*View(nil), ws.views.stacks[user]...)
		for i := range list {
			if list[i] == cur {
				list[i] = &next
			}
		}
		ws.views.stacks[user] = list
		cur = &next
	}
	ws.views.mu.Unlock()
	if cur != nil {
		ws.tellView("update", user, cur)
	}
}

// closeView dismisses the top modal, or all of them. The app hears of it where
// the view asked for it.
func (ws *Workspace) closeView(ctx context.Context, user, viewID string, all bool) error {
	ws.views.mu.Lock()
	v := ws.views.top(user)
	ws.views.mu.Unlock()
	p := ws.person(user)
	if p == nil || v == nil || viewID != "" && viewID != v.ID {
		return sorry("this view is no longer open")
	}
	if all || v.ClearOnClose {
		ws.clear(user)
	} else {
		ws.pop(user, v)
	}
	if !v.NotifyOnClose {
		return nil
	}
	body := ws.interaction("view_closed", p)
	delete(body, "action_ts")
	body["view"], body["is_cleared"] = ws.viewJSON(v), all || v.ClearOnClose
	_, err := ws.interactive(ctx, &Reply{}, body, false)
	return err
}

// viewResponseURLs gives one for each conversation chosen in an element that asked for it.
func (ws *Workspace) viewResponseURLs(user string, v *View) []any {
	out := []any{}
	eachElement(v.Blocks, func(blockID string, e map[string]any) {
		if on, _ := e["response_url_enabled"].(bool); !on {
			return
		}
		actionID, _ := e["action_id"].(string)
		typ, _ := e["type"].(string)
		key, _ := slot(typ)
		if id, _ := v.Values[blockID][actionID][key].(string); id != "" {
			out = append(out, map[string]any{"block_id": blockID, "action_id": actionID, "channel_id": id,
				"response_url": ws.newResponseURL(id, user, "", "")})
		}
	})
	return out
}

func (v *View) hasInput(blockID string) bool {
	for _, b := range v.Blocks {
		if b["block_id"] == blockID && b["type"] == "input" {
			return true
		}
	}
	return false
}

// incomplete finds what Slack's client would not let pass.
func (v *View) incomplete() map[string]string {
	wrong := map[string]string{}
	for _, b := range v.Blocks {
		e, _ := b["element"].(map[string]any)
		if b["type"] != "input" || e == nil {
			continue
		}
		id, _ := b["block_id"].(string)
		actionID, _ := e["action_id"].(string)
		typ, _ := e["type"].(string)
		key, _ := slot(typ)
		val := v.Values[id][actionID][key]
		optional, _ := b["optional"].(bool)
		if isNothing(val) {
			if !optional {
				wrong[id] = "Please complete this required field."
			}
			continue
		}
		if s, ok := val.(string); ok {
			if why := badText(e, typ, s); why != "" {
				wrong[id] = why
			}
		}
	}
	return wrong
}

func isNothing(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(x) == ""
	case []any:
		return len(x) == 0
	}
	return false
}

func badText(e map[string]any, typ, s string) string {
	n := float64(utf8.RuneCountInString(s))
	least, _ := e["min_length"].(float64)
	most, has := e["max_length"].(float64)
	if !has {
		most = 3000
	}
	switch {
	case typ == "plain_text_input" && n < least:
		return "Please enter at least " + strconv.Itoa(int(least)) + " characters."
	case typ == "plain_text_input" && n > most:
		return "Please enter at most " + strconv.Itoa(int(most)) + " characters."
	case typ == "email_text_input" && !strings.Contains(s, "@"):
		return "Enter a valid email address."
	case typ == "url_text_input":
		if u, err := url.Parse(s); err != nil || u.Host == "" {
			return "Enter a valid URL."
		}
	case typ == "number_input":
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return "Enter a valid number."
		}
	}
	return ""
}
