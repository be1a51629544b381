package chat

import (
	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/post"
)

// Reply is what a handler answers. The zero Reply only acks.
type Reply struct {
	// Message is shown to the person alone, beside what they typed or in the
	// place of the message whose button they pressed.
	Message *post.Message
	// Beside leaves the message whose button was pressed as it is, and shows
	// Message below it.
	Beside bool
	// Back is what was typed and not saved: it is given back whole, below
	// Message and in as many messages more as it takes.
	Back string
	// About is the contact whom Message speaks of, whose erasure takes it along
	// while it waits to be posted; 0: nobody, or several.
	About int64
	// Modal is opened, or put on top of the one that is open; it is kept on
	// the screen by the trigger, which lives three seconds.
	Modal *slack.ModalViewRequest
	// Unopened is said where Slack does not open Modal; nil: that it may be tried once
	// more. What was kept before the form needs words of its own.
	Unopened *post.Message
	// Errors stand beside the inputs of a submitted modal, by block id.
	Errors map[string]string
	// Next replaces the submitted modal.
	Next *slack.ModalViewRequest
}

// Say is a reply in words, in as many sections as they take.
func Say(text string) Reply {
	return Reply{Message: &post.Message{Text: blockkit.Fallback(text), Blocks: blockkit.Sections(text)}}
}

// OrNone is the reply, or the zero one where there is none.
func OrNone(r *Reply) Reply {
	if r == nil {
		return Reply{}
	}
	return *r
}
