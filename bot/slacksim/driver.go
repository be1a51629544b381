package slacksim

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// User drives the workspace as one person, the way a test script reads:
//
//	rep := ws.User("U1")
//	got, err := rep.Slash(ctx, "C1", "/log", "Dana Ruiz, Acme: call, asked for prices")
//	_, err = rep.Click(ctx, got.Message.Ref(), "I sent it")
type User struct {
	ws *Workspace
	id string
}

// User gives the driver of a person. Methods fail if there is no such person.
func (ws *Workspace) User(id string) *User { return &User{ws, id} }

// ID gives the person's id.
func (u *User) ID() string { return u.id }

// DMChannel gives the id of the person's direct messages with the app.
func (u *User) DMChannel() string { return u.ws.im(u.id).id }

// Slash types a slash command and waits for the ack (or its deadline, which is
// no error: see Reply.Failed).
func (u *User) Slash(ctx context.Context, channel, command, text string) (*Reply, error) {
	return u.ws.slash(ctx, u.id, channel, command, text)
}

// Say posts in a channel; it does not wait for the app. A line that begins
// with a slash is no message: use Slash.
func (u *User) Say(channel, text string) (Message, error) {
	if strings.HasPrefix(text, "/") {
		return Message{}, sorry("%q would be taken for a command", text)
	}
	m, err := u.ws.say(u.id, channel, text, "")
	if err != nil {
		return Message{}, err
	}
	return *m, nil
}

// DM writes to the app in direct messages and waits until it has acked the event.
func (u *User) DM(ctx context.Context, text string) (Message, error) {
	m, err := u.Say(u.DMChannel(), text)
	if err != nil {
		return m, err
	}
	return m, u.ws.WaitIdle(ctx)
}

// Upload shares a file in a channel, or in a thread of it, with words beside,
// and waits until the app has acked the event, if it is sent one.
func (u *User) Upload(ctx context.Context, channel, thread, name, text string, body []byte) (Message, error) {
	m, err := u.ws.share(u.id, channel, thread, name, text, body)
	if err != nil {
		return Message{}, err
	}
	return *m, u.ws.WaitIdle(ctx)
}

// OpenHome opens the Home tab and waits until the app has published it anew.
func (u *User) OpenHome(ctx context.Context) (*View, error) {
	runs := func() int {
		u.ws.views.mu.Lock()
		defer u.ws.views.mu.Unlock()
		return u.ws.views.homeRuns[u.id]
	}
	before := runs()
	if u.ws.openHome(u.id) == nil {
		return nil, fmt.Errorf("slacksim: the app has not subscribed to app_home_opened")
	}
	if err := u.ws.Wait(ctx, func() bool { return runs() > before }); err != nil {
		return nil, err
	}
	return u.Home(), nil
}

// Home gives the Home tab as it stands, nil if none was published.
func (u *User) Home() *View { return u.look(func(v *views) *View { return v.homes[u.id] }) }

// Modal gives the modal on top, nil if none is open.
func (u *User) Modal() *View { return u.look(func(v *views) *View { return v.top(u.id) }) }

// Modals counts the modals on the stack.
func (u *User) Modals() int {
	u.ws.views.mu.Lock()
	defer u.ws.views.mu.Unlock()
	return len(u.ws.views.stacks[u.id])
}

func (u *User) look(pick func(*views) *View) *View {
	u.ws.views.mu.Lock()
	defer u.ws.views.mu.Unlock()
	v := pick(&u.ws.views)
	if v == nil {
		return nil
	}
	seen := *v
	seen.Values = v.Values.clone()
	return &seen
}

// WaitModal returns the modal on top once ok likes it (nil: any modal).
func (u *User) WaitModal(ctx context.Context, ok func(*View) bool) (*View, error) {
	var v *View
	err := u.ws.Wait(ctx, func() bool {
		v = u.Modal()
		return v != nil && (ok == nil || ok(v))
	})
	return v, err
}

// Messages lists what the person sees in a channel, oldest first, ephemeral
// messages to them and replies in threads included.
func (u *User) Messages(channel string) []Message {
	ch := u.ws.channel(channel)
	if ch == nil || !ch.isMember(u.id) {
		return nil
	}
	var out []Message
	for _, m := range ch.snapshot() {
		if m.EphemeralTo == "" || m.EphemeralTo == u.id {
			out = append(out, *m)
		}
	}
	return out
}

// Message gives one message as it stands now.
func (u *User) Message(ref MessageRef) (Message, bool) {
	ch := u.ws.channel(ref.Channel)
	if ch == nil {
		return Message{}, false
	}
	m := ch.get(ref.TS)
	if m == nil || m.EphemeralTo != "" && m.EphemeralTo != u.id {
		return Message{}, false
	}
	return *m, true
}

// Click presses a button of a message, named by its text or action_id, and
// waits for the ack. Confirmation dialogs are confirmed.
func (u *User) Click(ctx context.Context, ref MessageRef, button string) (*Reply, error) {
	return u.press(ctx, place{ref: ref}, button)
}

// ClickModal presses a button in the modal on top.
func (u *User) ClickModal(ctx context.Context, button string) (*Reply, error) {
	return u.press(ctx, u.modalPlace(), button)
}

// ClickHome presses a button on the Home tab.
func (u *User) ClickHome(ctx context.Context, button string) (*Reply, error) {
	return u.press(ctx, u.homePlace(), button)
}

// MessageShortcut runs a message shortcut on a message.
func (u *User) MessageShortcut(ctx context.Context, ref MessageRef, callbackID string) (*Reply, error) {
	return u.ws.shortcut(ctx, u.id, callbackID, ref)
}

// GlobalShortcut runs a global shortcut.
func (u *User) GlobalShortcut(ctx context.Context, callbackID string) (*Reply, error) {
	return u.ws.shortcut(ctx, u.id, callbackID, MessageRef{})
}

// Submit sends the modal on top. Reply.Errors tells what was refused, by the
// client (a required field) or by the app.
func (u *User) Submit(ctx context.Context) (*Reply, error) {
	return u.ws.submit(ctx, u.id, "", nil)
}

// Close dismisses the modal on top.
func (u *User) Close(ctx context.Context) error { return u.ws.closeView(ctx, u.id, "", false) }

func (u *User) modalPlace() place {
	if v := u.Modal(); v != nil {
		return place{view: v.ID}
	}
	return place{view: "none"}
}

func (u *User) homePlace() place {
	if v := u.Home(); v != nil {
		return place{view: v.ID}
	}
	return place{view: "none"}
}

// press finds a button by name.
func (u *User) press(ctx context.Context, at place, name string) (*Reply, error) {
	blocks, _, _, err := u.ws.blocksAt(u.id, at)
	if err != nil {
		return nil, err
	}
	var blockID, actionID string
	var have []string
	eachElement(blocks, func(b string, e map[string]any) {
		typ, _ := e["type"].(string)
		if !strings.HasSuffix(typ, "button") {
			return
		}
		id, _ := e["action_id"].(string)
		label := text(e["text"])
		have = append(have, label)
		if actionID == "" && (id == name || label == name) {
			blockID, actionID = b, id
		}
	})
	if actionID == "" {
		return nil, sorry("there is no button %q; there are %q", name, have)
	}
	return u.ws.act(ctx, u.id, at, blockID, actionID, nil, nil)
}

// menu finds what is no button by action_id, block_id or placeholder.
func (u *User) menu(at place, name string) (block string, found map[string]any, err error) {
	blocks, _, _, err := u.ws.blocksAt(u.id, at)
	if err != nil {
		return "", nil, err
	}
	eachElement(blocks, func(b string, e map[string]any) {
		key, _ := slot(fmt.Sprint(e["type"]))
		if found != nil || key == "" && e["type"] != "overflow" {
			return
		}
		if e["action_id"] == name || b == name || text(e["placeholder"]) == name {
			block, found = b, e
		}
	})
	if found == nil {
		err = sorry("there is no menu %q", name)
	}
	return block, found, err
}

// Fill puts values into a field of the modal on top, named by its label,
// block_id or action_id: text as typed, options by text or value, people and
// channels by id, dates as 2006-01-02, times as 15:04. No value empties it.
func (u *User) Fill(name string, values ...string) error {
	u.ws.views.mu.Lock()
	defer u.ws.views.mu.Unlock()
	v := u.ws.views.top(u.id)
	if v == nil {
		return sorry("no modal is open")
	}
	var labels []string
	for _, b := range v.Blocks {
		e, _ := b["element"].(map[string]any)
		if e == nil {
			continue
		}
		label := text(b["label"])
		labels = append(labels, label)
		if label != name && b["block_id"] != name && e["action_id"] != name {
			continue
		}
		given, err := pick(e, values)
		if err != nil {
			return err
		}
		given["type"] = e["type"]
		block, _ := b["block_id"].(string)
		action, _ := e["action_id"].(string)
		v.Values[block][action] = given
		return nil
	}
	return sorry("there is no field %q; there are %q", name, labels)
}

// pick turns words into the value of an element, in its slot.
func pick(e map[string]any, words []string) (map[string]any, error) {
	typ, _ := e["type"].(string)
	key, _ := slot(typ)
	if typ == "overflow" {
		key = "selected_option"
	}
	many := strings.HasPrefix(typ, "multi_") || typ == "checkboxes"
	var out []any
	for _, w := range words {
		if key != "selected_option" && key != "selected_options" {
			out = append(out, w)
			continue
		}
		list := offers(e)
		i := slices.IndexFunc(list, func(o map[string]any) bool { return o["value"] == w || text(o["text"]) == w })
		if i < 0 && strings.Contains(typ, "external") {
			out = append(out, map[string]any{"text": map[string]any{"type": "plain_text", "text": w}, "value": w})
			continue
		}
		if i < 0 {
			return nil, sorry("there is no option %q", w)
		}
		out = append(out, list[i])
	}
	switch {
	case many:
		return map[string]any{key: append([]any{}, out...)}, nil
	case len(out) == 0:
		return map[string]any{key: nil}, nil
	case len(out) > 1:
		return nil, sorry("only one can be chosen")
	}
	return map[string]any{key: out[0]}, nil
}
