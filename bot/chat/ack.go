package chat

import (
	"encoding/json"

	"github.com/slack-go/slack"

	"cairn/bot/post"
)

// maxAckBytes is how long an ack may be: Slack drops 20,480 silently; the envelope takes its share.
const maxAckBytes = 20_000

// ephemeral is a message as an ack or a response_url takes it.
type ephemeral struct {
	Type            string        `json:"response_type"`
	ReplaceOriginal *bool         `json:"replace_original,omitempty"`
	Text            string        `json:"text"`
	Blocks          []slack.Block `json:"blocks,omitempty"`
}

// AsEphemeral is a message that only the person sees.
func AsEphemeral(m *post.Message) ephemeral {
	return ephemeral{Type: slack.ResponseTypeEphemeral, Text: m.Text, Blocks: m.Blocks}
}

// FitsAck is a message as an ack takes it; false where it is too long to go
// with one. It is written once here, and not again by the library.
func FitsAck(m *post.Message) (json.RawMessage, bool) {
	data, err := json.Marshal(AsEphemeral(m))
	return data, err == nil && len(data) < maxAckBytes
}
