package editing

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/journey"
	"cairn/bot/workshop"
	"cairn/prompts"
)

func (d *Desk) editModal(r *chat.Request, open editOpen, s start, sheet workshop.Sheet) *slack.ModalViewRequest {
	file, from := open.File, d.startWord(r, s)
	head := fmt.Sprintf("*%s*\nYou start from %s. What you save is a draft: reps see nothing of it.", blockkit.Escape(d.bareTitle(file)), from)
	def, isPrompt := d.Live.Kinds().Default(workshop.Name(file))
	if isPrompt {
		if piece, found := d.Live.Kinds().Check(file, s.text); len(found) == 0 {
			def = workshop.Told(def, piece.Prompt)
		}
		head = fmt.Sprintf("*%s*: %s.\nYou start from %s. What you save is a draft: reps see nothing of it.", blockkit.Escape(def.Title), blockkit.Escape(def.Purpose), from)
	}
	blocks := []slack.Block{blockkit.Section(head)}
	for i, f := range sheet.Fields {
		input := blockkit.TextInput(fieldID(i), fieldLabel(sheet, i), "", f.Text, true)
		blocks = append(blocks, input)
	}
	kind, _ := workshop.KindOf(file)
	switch {
	case kind == workshop.Library:
		blocks = append(blocks, blockkit.Section(shelfHelp))
	case kind == workshop.Journey:
		blocks = append(blocks, blockkit.Section(signalHelp()))
	case open.Head:
		blocks = append(blocks, blockkit.Section(headHelp+standInHelp(def)))
	case isPrompt:
		blocks = append(blocks, d.inputHelp(def)...)
		blocks = append(blocks, blockkit.Context(fmt.Sprintf("Title, purpose, examples and a model's settings: `%s prompts edit %s head`.", d.Slash("coach"), workshop.Name(file))))
	}
	why := blockkit.TextInput("why", "Why the change?", "One line for the log. Publishing asks for it again.", "", false)
	why.Optional = true
	return blockkit.Modal("prompt_edit", "Edit "+workshop.Name(file), "Save as draft", chat.Remember(open), append(blocks, why)...)
}

// signalHelp lists what a journey can name.
func signalHelp() string {
	var names []string
	for _, s := range journey.Signals() {
		names = append(names, "`"+string(s)+"`")
	}
	return "*The signals* that a stage, a proof or a cycle can name: " + strings.Join(names, ", ") + "."
}

// standInHelp tells of the marks in a text that are no inputs, and so are not in
// its head.
func standInHelp(def *prompts.Prompt) string {
	text := ""
	for _, s := range def.StandIns() {
		text += fmt.Sprintf("\n*No input, and needed in the text*: `%s`, %s.", s.Name, blockkit.Escape(s.About))
	}
	return text
}

// headHelp says what of a head is whose.
const headHelp = "*Yours*: `title`, `owner`, `purpose`; each input's `about` and `example`, which previews and tests use, `max`, after how many characters it is cut, and `needed: true`, so that no text does without it; `model`: `temperature` (0: always alike, up to 2) and `max_tokens`, how long an answer may get; `longest`, in characters, up to what its place has.\n*The code's*: `output`, and the names, kinds and `fields` of the inputs; what it marks `needed` stays needed. What does not fit is told by its line."

func fieldID(i int) string { return fmt.Sprintf("field%d", i) }

// fieldLabel says what an input holds.
func fieldLabel(s workshop.Sheet, i int) string {
	part := s.Fields[i].Part
	words := map[string]string{"Text": "What people read", "System": "System: what the model is told to do", "User": "User: what it is given to read", workshop.Head: "Head", "": "The file"}
	label := words[part]
	of, at := 0, 0
	for j, f := range s.Fields {
		if f.Part == part {
			of++
		}
		if j == i {
			at = of
		}
	}
	if of > 1 {
		label += fmt.Sprintf(" (%d of %d)", at, of)
	}
	return label
}

// inputHelp lists what can be put into the text, with the present examples.
func (d *Desk) inputHelp(def *prompts.Prompt) []slack.Block {
	blocks := []slack.Block{slack.NewDividerBlock(), blockkit.Section("*What you can put in*\n`{{name}}` puts it. `{{#name}}…{{/name}}` shows what stands between only where there is one, `{{^name}}…{{/name}}` only where there is none.")}
	lines, size := standInLines(def), 0
	flush := func() {
		if len(lines) > 0 {
			blocks = append(blocks, blockkit.Section(strings.Join(lines, "\n")))
			lines, size = nil, 0
		}
	}
	for _, in := range def.Inputs {
		text := fmt.Sprintf("`%s` %s. Now: %s", in.Name, blockkit.Escape(strings.TrimRight(in.About, ".")), blockkit.Escape(blockkit.Truncate(exampleWord(in), 160)))
		if in.Needed {
			text += " _(needed)_"
		}
		if size += len(text) + 1; size > blockkit.MaxSection-200 {
			flush()
		}
		lines = append(lines, text)
	}
	flush()
	return blocks
}

// standInLines tell the marks that a text has to hold, as inputHelp tells inputs.
func standInLines(def *prompts.Prompt) (lines []string) {
	for _, s := range def.StandIns() {
		lines = append(lines, fmt.Sprintf("`%s` %s. Now: “%s” _(needed)_", s.Name, blockkit.Escape(s.About), blockkit.Escape(s.Example)))
	}
	return lines
}

// exampleWord shows an input's example.
func exampleWord(in prompts.Input) string {
	switch v := in.Example.(type) {
	case string:
		if v == "" {
			return "empty"
		}
		if strings.HasPrefix(v, "“") {
			return v
		}
		return "“" + v + "”"
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case int, int64, float64:
		return fmt.Sprint(v)
	}
	data, err := json.Marshal(in.Example)
	if err != nil {
		return ""
	}
	return string(data)
}
