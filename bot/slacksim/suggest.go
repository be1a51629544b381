package slacksim

import (
	"context"
	"encoding/json"
	"fmt"
)

// suggest asks the app for the options of an external menu.
func (ws *Workspace) suggest(ctx context.Context, user string, at place, blockID, actionID, typed string) (options, groups []any, err error) {
	p := ws.person(user)
	if p == nil {
		return nil, nil, fmt.Errorf("slacksim: no person %q in this workspace", user)
	}
	blocks, m, v, err := ws.blocksAt(user, at)
	if err != nil {
		return nil, nil, err
	}
	if findElement(blocks, blockID, actionID) == nil {
		return nil, nil, sorry("there is no menu %s any more", actionID)
	}
	body := ws.interaction("block_suggestion", p)
	body["action_id"], body["block_id"], body["value"] = actionID, blockID, typed
	if v != nil {
		body["view"] = ws.viewJSON(v)
		body["container"] = map[string]any{"type": "view", "view_id": v.ID}
	} else {
		ws.messagePart(body, m, user)
	}
	r := &Reply{}
	ack, err := ws.interactive(ctx, r, body, true)
	if err != nil {
		return nil, nil, err
	}
	if r.Failed != "" {
		return nil, nil, sorry("the app did not respond")
	}
	return ws.suggested(r, ack)
}

// suggested checks the options that the app gave.
func (ws *Workspace) suggested(r *Reply, ack json.RawMessage) (options, groups []any, err error) {
	var in struct {
		Options []any `json:"options"`
		Groups  []any `json:"option_groups"`
	}
	if json.Unmarshal(ack, &in) != nil {
		ws.violate("ack_malformed", "payload has no options", r.EnvelopeID)
		return nil, nil, sorry("no results")
	}
	c := &checker{where: everywhere, newID: ws.newBlockID}
	c.list(append([]any{}, in.Options...), &field{kind: kOptions, max: 100, opt: kPlain}, (*at)(nil).field("options"))
	c.list(append([]any{}, in.Groups...), &field{kind: kGroups, max: 100}, (*at)(nil).field("option_groups"))
	if len(c.problems) > 0 {
		ws.violate("ack_invalid_options", c.problems[0], r.EnvelopeID)
		return nil, nil, sorry("no results")
	}
	return append([]any{}, in.Options...), in.Groups, nil
}

// Suggest types into an external menu of the modal on top, named by action_id,
// and gives the texts on offer.
func (u *User) Suggest(ctx context.Context, menu, typed string) ([]string, error) {
	at := u.modalPlace()
	blockID, e, err := u.menu(at, menu)
	if err != nil {
		return nil, err
	}
	id, _ := e["action_id"].(string)
	options, groups, err := u.ws.suggest(ctx, u.id, at, blockID, id, typed)
	if err != nil {
		return nil, err
	}
	return optionTexts(offers(map[string]any{"options": options, "option_groups": groups})), nil
}
