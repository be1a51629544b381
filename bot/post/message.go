package post

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"cairn/store"
)

// Message is what people see. Text stands in notifications and where blocks
// cannot be shown; both are as Slack wants them, escaped by whoever wrote them.
type Message struct {
	Text   string        `json:"text"`
	Blocks []slack.Block `json:"blocks,omitempty"`
	// ThreadTS puts the message into the thread of that ts.
	ThreadTS string `json:"thread_ts,omitempty"`
	// Under puts it into the thread of the message posted under this key, which
	// must have been queued before it.
	Under string `json:"under,omitempty"`
	// Receipt is the number of the note whose receipt this is; 0: it is none.
	Receipt int64 `json:"receipt,omitempty"`
}

// Direct reports whether a conversation is the direct messages with one person.
func Direct(channel string) bool { return strings.HasPrefix(channel, "D") }

// Response is an answer to a response_url, which takes five posts in thirty
// minutes.
type Response struct {
	URL       string    `json:"url"`
	ExpiresAt time.Time `json:"expires_at"`
	// Replace puts the message in the place of the one that was acted on;
	// otherwise it stands below, for the same person only.
	Replace bool `json:"replace_original,omitempty"`
	// Delete takes the message that was acted on away; Message is not shown.
	Delete  bool    `json:"delete_original,omitempty"`
	Message Message `json:"message"`
}

// ToChannel is a message to a channel. Add an OwnerID: whoever is told when it
// cannot be delivered.
func ToChannel(team, channel, key string, m Message) (store.Posting, error) {
	return posting(store.KindMessage, team, channel, key, m)
}

// ToPerson is a direct message.
func ToPerson(team, person, key string, m Message) (store.Posting, error) {
	return posting(store.KindDM, team, person, key, m)
}

// Reply answers a response_url of person's, or reaches them by a direct
// message when the URL no longer serves. Replies to one person leave in order,
// and the person is told when it is not known whether one arrived.
func Reply(team, person, key string, r Response) (store.Posting, error) {
	p, err := posting(store.KindResponse, team, person, key, r)
	p.Lane, p.OwnerID = "reply:"+person, person
	return p, err
}

func posting(kind, team, channel, key string, payload any) (store.Posting, error) {
	raw, err := json.Marshal(payload)
	if err != nil {
		return store.Posting{}, fmt.Errorf("post: %s %s: %w", kind, key, err)
	}
	return store.Posting{TeamID: team, Kind: kind, Channel: channel, Key: key, Payload: raw}, nil
}

// wire is a Message as it lies in the outbox, its blocks word for word: what
// slack-go does not know must not be lost on the way.
type wire struct {
	Text     string     `json:"text"`
	Blocks   []rawBlock `json:"blocks,omitempty"`
	ThreadTS string     `json:"thread_ts,omitempty"`
	Under    string     `json:"under,omitempty"`
}

type rawBlock struct{ json.RawMessage }

func (rawBlock) BlockType() slack.MessageBlockType { return "" }
func (rawBlock) ID() string                        { return "" }

// eventType names the metadata that goes with every message.
const eventType = "cairn_post"

// options are what chat.postMessage is told. Metadata is how a message whose
// outcome is unknown is found again.
func (w wire) options(key string) []slack.MsgOption {
	o := []slack.MsgOption{
		slack.MsgOptionText(w.Text, false),
		slack.MsgOptionDisableLinkUnfurl(),
		slack.MsgOptionDisableMediaUnfurl(),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: eventType, EventPayload: map[string]any{"key": key}}),
	}
	if len(w.Blocks) > 0 {
		blocks := make([]slack.Block, len(w.Blocks))
		for i, b := range w.Blocks {
			blocks[i] = b
		}
		o = append(o, slack.MsgOptionBlocks(blocks...))
	}
	if w.ThreadTS != "" {
		o = append(o, slack.MsgOptionTS(w.ThreadTS))
	}
	return o
}
