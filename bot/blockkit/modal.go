package blockkit

import (
	"github.com/slack-go/slack"
)

// Modal is a form with inputs and a button to submit. Its callback names who handles
// it, private is what it remembers until then; title and submit are cut at Slack's 24
// characters.
func Modal(callback, title, submit, private string, blocks ...slack.Block) *slack.ModalViewRequest {
	return &slack.ModalViewRequest{Type: slack.VTModal, CallbackID: callback, Title: PlainText(Truncate(title, 24)),
		Submit: PlainText(Truncate(submit, 24)), Close: PlainText("Cancel"), PrivateMetadata: private,
		Blocks: slack.Blocks{BlockSet: blocks}}
}

// TextInput is a line or, with long, a paragraph to type, with a hint below where there
// is one. Its value comes back under id.
func TextInput(id, label, hint, initial string, long bool) *slack.InputBlock {
	input := slack.NewPlainTextInputBlockElement(nil, id)
	input.Multiline, input.InitialValue = long, Truncate(initial, MaxInput)
	var under *slack.TextBlockObject
	if hint != "" {
		under = PlainText(hint)
	}
	return slack.NewInputBlock(id, PlainText(label), under, input)
}

// SelectInput offers pairs of a value and a title, 100 at most; chosen is the value
// that is selected at first. Its value comes back under id.
func SelectInput(id, label string, options [][2]string, chosen string) *slack.InputBlock {
	var all []*slack.OptionBlockObject
	var initial *slack.OptionBlockObject
	for _, o := range options {
		option := slack.NewOptionBlockObject(o[0], PlainText(Truncate(o[1], 75)), nil)
		all = append(all, option)
		if o[0] == chosen {
			initial = option
		}
	}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, PlainText("choose"), id, all...)
	menu.InitialOption = initial
	return slack.NewInputBlock(id, PlainText(label), nil, menu)
}

// Optional lets an input stay empty.
func Optional(block *slack.InputBlock) *slack.InputBlock {
	block.Optional = true
	return block
}

// PlainText is a text without markup, as titles, labels and hints have it.
func PlainText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, straight(s), false, false)
}
