package slacksim

import (
	"encoding/json"
	"slices"
	"sync"
)

// Message is one message as it stands now. Its slices and maps are shared;
// treat them as read-only.
type Message struct {
	Channel     string
	TS          string // unique in the workspace
	ThreadTS    string // ts of the thread's first message; "" outside threads
	User        string // who wrote it; the bot user for the app
	BotID       string // set where the app wrote it
	Text        string
	Blocks      []Block
	Attachments json.RawMessage
	Metadata    json.RawMessage
	Files       []File
	EphemeralTo string // the one person who sees it; "" for all
	Edited      string // ts of the last edit
	ReplyCount  int
	Reactions   []Reaction
	Failed      string // Slack's own word about a failure ("/log failed …"), not the app's
	Subtype     string
}

// Reaction is an emoji under a message.
type Reaction struct {
	Name  string   `json:"name"`
	Users []string `json:"users"`
	Count int      `json:"count"`
}

// MessageRef names a message.
type MessageRef struct{ Channel, TS string }

// Ref names this message.
func (m Message) Ref() MessageRef { return MessageRef{m.Channel, m.TS} }

// channel keeps the newest messages of one conversation. Messages are never
// changed in place: an edit puts a new one there, so readers need no lock.
type channel struct {
	id     string
	imWith string // the person, in a direct message with the app
	keep   int

	mu       sync.RWMutex
	name     string
	purpose  string
	private  bool
	archived bool
	members  []string
	msgs     []*Message // by ts
}

func newChannel(c Channel, keep int) *channel {
	return &channel{id: c.ID, keep: keep, name: c.Name, purpose: c.Purpose,
		private: c.Private, archived: c.Archived, members: slices.Clone(c.Members)}
}

func (c *channel) isMember(user string) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return slices.Contains(c.members, user)
}

func (c *channel) isArchived() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.archived
}

// add appends m (its ts is the newest) and counts the reply at its thread.
func (c *channel) add(m *Message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.msgs = append(c.msgs, m)
	// Two posts may pass newTS and arrive here in the other order.
	for i := len(c.msgs) - 1; i > 0 && c.msgs[i-1].TS > m.TS; i-- {
		c.msgs[i], c.msgs[i-1] = c.msgs[i-1], m
	}
	if len(c.msgs) > 2*c.keep {
		c.msgs = append([]*Message(nil), c.msgs[len(c.msgs)-c.keep:]...)
	}
	if m.ThreadTS != "" && m.ThreadTS != m.TS && m.EphemeralTo == "" {
		c.countReply(m.ThreadTS, 1)
	}
}

func (c *channel) countReply(thread string, by int) {
	if i, ok := c.find(thread); ok {
		parent := *c.msgs[i]
		parent.ReplyCount += by
		parent.ThreadTS = parent.TS
		c.msgs[i] = &parent
	}
}

func (c *channel) find(ts string) (int, bool) {
	return slices.BinarySearchFunc(c.msgs, ts, func(m *Message, ts string) int {
		switch {
		case m.TS < ts:
			return -1
		case m.TS > ts:
			return 1
		}
		return 0
	})
}

func (c *channel) get(ts string) *Message {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if i, ok := c.find(ts); ok {
		return c.msgs[i]
	}
	return nil
}

// edit replaces the message at ts by what change makes of a copy.
func (c *channel) edit(ts string, change func(*Message)) *Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	i, ok := c.find(ts)
	if !ok {
		return nil
	}
	m := *c.msgs[i]
	change(&m)
	c.msgs[i] = &m
	return &m
}

func (c *channel) remove(ts string) *Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	i, ok := c.find(ts)
	if !ok {
		return nil
	}
	m := c.msgs[i]
	c.msgs = slices.Delete(c.msgs, i, i+1)
	if m.ThreadTS != "" && m.ThreadTS != ts && m.EphemeralTo == "" {
		c.countReply(m.ThreadTS, -1)
	}
	return m
}

// snapshot lists the messages, oldest first.
func (c *channel) snapshot() []*Message {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return slices.Clone(c.msgs)
}

// put adds a new message and tells those who look at the channel.
func (ws *Workspace) put(c *channel, m *Message) *Message {
	if m.TS == "" {
		m.TS = ws.newTS()
	}
	m.Channel = c.id
	ws.noteMentions(m)
	c.add(m)
	ws.tellMessage("message", m)
	ws.changed.ring()
	return m
}

func (ws *Workspace) alter(c *channel, ts string, change func(*Message)) *Message {
	m := c.edit(ts, change)
	if m != nil {
		ws.noteMentions(m)
		ws.tellMessage("message_changed", m)
		ws.changed.ring()
	}
	return m
}

func (ws *Workspace) drop(c *channel, ts string) *Message {
	m := c.remove(ts)
	if m != nil {
		ws.tellMessage("message_deleted", m)
		ws.changed.ring()
	}
	return m
}
