package slacksim

import (
	"regexp"
	"slices"
	"strings"
)

// Mention is a live mention in something the app showed: somebody was called.
type Mention struct {
	Channel   string
	TS        string
	Kind      string // "user", "channel", "here", "everyone" or "subteam"
	ID        string // of the user or subteam
	Ephemeral bool   // seen by one person only
}

var mentionSyntax = regexp.MustCompile(`<(?:@([UW][A-Z0-9]+)|!(channel|here|everyone)|!subteam\^([A-Z0-9]+))(?:\|[^>]*)?>`)

// Mentions lists every live mention in what the app posted, oldest first, so
// that tests can say that nobody was called.
func (ws *Workspace) Mentions() []Mention {
	ws.log.mu.Lock()
	defer ws.log.mu.Unlock()
	return slices.Clone(ws.log.mentions)
}

// noteMentions looks where Slack parses mrkdwn: the text, mrkdwn objects,
// markdown blocks and rich text. plain_text calls nobody.
func (ws *Workspace) noteMentions(m *Message) {
	if m.BotID == "" {
		return
	}
	var found []Mention
	add := func(kind, id string) {
		found = append(found, Mention{Channel: m.Channel, TS: m.TS, Kind: kind, ID: id, Ephemeral: m.EphemeralTo != ""})
	}
	scanMentions(m.Text, add)
	for _, b := range m.Blocks {
		walkMentions(b, add)
	}
	if len(found) > 0 {
		ws.log.mu.Lock()
		ws.log.mentions = append(ws.log.mentions, found...)
		ws.log.mu.Unlock()
	}
}

func scanMentions(s string, add func(kind, id string)) {
	if !strings.Contains(s, "<@") && !strings.Contains(s, "<!") {
		return
	}
	for _, hit := range mentionSyntax.FindAllStringSubmatch(s, -1) {
		switch {
		case hit[1] != "":
			add("user", hit[1])
		case hit[2] != "":
			add(hit[2], "")
		default:
			add("subteam", hit[3])
		}
	}
}

func walkMentions(v any, add func(kind, id string)) {
	switch x := v.(type) {
	case []any:
		for _, item := range x {
			walkMentions(item, add)
		}
	case map[string]any:
		s, _ := x["text"].(string)
		switch x["type"] {
		case "mrkdwn", "markdown":
			scanMentions(s, add)
			return
		case "user":
			if id, ok := x["user_id"].(string); ok {
				add("user", id)
			}
		case "broadcast":
			if r, ok := x["range"].(string); ok {
				add(r, "")
			}
		case "usergroup":
			if id, ok := x["usergroup_id"].(string); ok {
				add("subteam", id)
			}
		}
		for _, item := range x {
			switch item.(type) {
			case map[string]any, []any:
				walkMentions(item, add)
			}
		}
	}
}
