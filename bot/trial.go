package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/llm"
	"cairn/prompts"
	"cairn/store"
)

// tryingError is why a model's answer does not come where an editor tries a draft of
// its prompt: they are told, and nobody else is.
type tryingError struct {
	error
	r       *chat.Request // how it was asked for
	prompt  string
	number  int
	about   string // what the answer was for, escaped
	contact int64
	stands  string // what is there instead, a sentence
}

func (e *tryingError) Unwrap() error { return e.error }

// whileTrying says of an error that it came to somebody who tries a version; one of
// what is live stays as it is.
func whileTrying(err error, version string, e tryingError) error {
	name, number, _ := strings.Cut(version, "@")
	number, _ = strings.CutSuffix(number, store.TrialMark)
	if err == nil || !isTrial(version) {
		return err
	}
	e.error, e.prompt = err, name
	e.number, _ = strconv.Atoi(number) // a draft has a number
	return &e
}

// isTrial reports whether a version, as the workshop gives it, is one that somebody tries
// on themselves.
func isTrial(version string) bool { return strings.HasSuffix(version, store.TrialMark) }

// tellTrying tells an editor who tries a version what was wrong with the model's
// answer; of all other errors it tells nobody. key keeps it one message.
func (b *Bot) tellTrying(ctx context.Context, err error, key string) error {
	var e *tryingError
	var fault *llm.Error
	if !errors.As(err, &e) || !errors.As(err, &fault) {
		return nil
	}
	why := blockkit.Escape(english.Upper(prompts.Clip(fault.Words(), 300)))
	text := fmt.Sprintf("*The model's answer in your trial cannot be used*: version %d of %s, %s. %s. %s Only you are told.", e.number, b.desk.Title(e.prompt+prompts.Ext), e.about, why, e.stands)
	reply := chat.Say(text)
	reply.Beside, reply.About = true, e.contact
	return b.desk.Send(ctx, e.r, reply, "trying:"+key)
}

// tellTryingToRead is tellTrying for a line that the model did not read. Of what is live
// nobody is told, and nothing is asked to find out whom.
func (b *Bot) tellTryingToRead(ctx context.Context, a store.Again, version string, fault error) error {
	if !isTrial(version) {
		return nil
	}
	r, err := b.loggedBy(ctx, a)
	if err != nil {
		return err
	}
	tried := whileTrying(fault, version, tryingError{r: r, contact: a.Contact.ID, about: fmt.Sprintf("line #%d", a.Interaction.ID), stands: "The built-in reading stands."})
	return b.tellTrying(ctx, tried, fmt.Sprintf("look:%d", a.Interaction.ID))
}
