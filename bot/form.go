package bot

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"cairn/bot/journey"
	"cairn/bot/line"
)

// modal is a form with a title, inputs and a button to submit.
func modal(callback, title, submit, private string, blocks ...slack.Block) *slack.ModalViewRequest {
	return &slack.ModalViewRequest{Type: slack.VTModal, CallbackID: callback, Title: plainText(cut(title, 24)),
		Submit: plainText(cut(submit, 24)), Close: plainText("Cancel"), PrivateMetadata: private,
		Blocks: slack.Blocks{BlockSet: blocks}}
}

func plainText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

// textInput is a line or, with long, a paragraph to type.
func textInput(id, label, hint, initial string, long bool) *slack.InputBlock {
	input := slack.NewPlainTextInputBlockElement(nil, id)
	input.Multiline, input.InitialValue = long, cut(initial, maxInput)
	var under *slack.TextBlockObject
	if hint != "" {
		under = plainText(hint)
	}
	return slack.NewInputBlock(id, plainText(label), under, input)
}

// selectInput offers value and title pairs; chosen is selected at first.
func selectInput(id, label string, options [][2]string, chosen string) *slack.InputBlock {
	var all []*slack.OptionBlockObject
	var initial *slack.OptionBlockObject
	for _, o := range options {
		option := slack.NewOptionBlockObject(o[0], plainText(cut(o[1], 75)), nil)
		all = append(all, option)
		if o[0] == chosen {
			initial = option
		}
	}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainText("choose"), id, all...)
	menu.InitialOption = initial
	return slack.NewInputBlock(id, plainText(label), nil, menu)
}

// opened is what every form remembers while it is open: where whatever opened it
// is answered.
type opened struct {
	ResponseURL string `json:"response_url,omitempty"`
	At          int64  `json:"at"` // when the response_url was given, unix seconds
}

func (r *Request) opened() opened { return opened{r.ResponseURL, r.urlSince().Unix()} }

// remember writes what a form is to know when it is submitted; recall reads it.
func remember(form any) string { return string(mustJSON(form)) }

// recall reads what a submitted form remembers, and has the answer go the way of
// whatever opened it.
func recall[T any](r *Request) (form T, err error) {
	var o opened
	if err = json.Unmarshal([]byte(r.View.Private), &form); err == nil {
		err = json.Unmarshal([]byte(r.View.Private), &o)
	}
	if err != nil {
		return form, fmt.Errorf("what the form %s remembers: %w", r.View.Callback, err)
	}
	r.ResponseURL, r.URLSince = o.ResponseURL, time.Unix(o.At, 0)
	return form, nil
}

// logModal asks for a line, filled with what is known of it already.
func (b *Bot) logModal(r *Request, l line.Line) *slack.ModalViewRequest {
	who := textInput("who", "Who was it?", "A name and a company, or an e-mail address. Enough of a known name will do.", l.Who.Raw, false)
	note := textInput("note", "What happened?", "One line is enough: what they said, asked or did.", l.Note, true)
	how := selectInput("how", "How?", howOptions(), "auto")
	when := slack.NewDatePickerBlockElement("when")
	when.InitialDate = b.here(r).Format(time.DateOnly)
	return modal("log", "Log a talk", "Record", remember(r.opened()), who, note, how,
		slack.NewInputBlock("when", plainText("When?"), nil, when))
}

func howOptions() [][2]string {
	all := [][2]string{{"auto", "as the words say"}}
	for _, c := range journey.Channels() {
		if c != journey.Other {
			all = append(all, [2]string{string(c), howWord(string(c))})
		}
	}
	return all
}

// lineOf reads a submitted form. What was chosen stands above what the words say.
func lineOf(v View, now time.Time) (line.Line, error) {
	l, err := line.Read(v.Values["note"], now)
	l.Who = line.ParseWho(v.Values["who"])
	if err != nil {
		return l, err
	}
	if how := v.Values["how"]; how != "" && how != "auto" {
		l.Channel = journey.Channel(how)
	}
	if day, err := time.ParseInLocation(time.DateOnly, v.Values["when"], now.Location()); err == nil && day.Format(time.DateOnly) != now.Format(time.DateOnly) {
		l.At, l.AtDay = day.Add(12*time.Hour), true
	}
	return l, nil
}
