package editing

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/llm"
	"cairn/bot/observe/model"
	"cairn/bot/post"
	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
	"cairn/prompts"
	"cairn/store"
)

// A preview of what a model reads shows at once what the model is told. What it answers
// is asked for by a click: an editor looks at a preview again and again while a sentence
// grows, an answer takes seconds and costs money, and mostly what is told is all that
// they wanted to see.

// askWord stands before those on whom a preview has the model answer.
const askWord = "ask"

// asksModel reports whether a preview is to ask the model, and on whom.
func asksModel(text string) (who string, asks bool) {
	word, rest, _ := strings.Cut(text, " ")
	if word != askWord {
		return text, false
	}
	return strings.TrimSpace(rest), true
}

// numbersIn are ids of contacts, as a button carries them; ok is false where anything
// else stands there.
func numbersIn(text string) (ids []int64, ok bool) {
	for word := range strings.FieldsSeq(text) {
		id, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			return nil, false
		}
		ids = append(ids, id)
	}
	return ids, len(ids) > 0
}

// askButton has the model answer on the contacts that a preview shows.
func askButton(name, label string, chosen []store.Preview) *slack.ButtonBlockElement {
	value := "preview " + name + " " + askWord
	for _, c := range chosen {
		value += fmt.Sprintf(" %d", c.ID)
	}
	return blockkit.Button("prompt:ask", label, value)
}

// mostQuestions is how many questions to a model one click is at most: of each contact, or
// of one example where there is none, with each version, and once more where the answer
// cannot be used.
func mostQuestions(contacts int, hasDraft bool) int {
	n := 2 * max(contacts, 1)
	if hasDraft {
		n *= 2
	}
	return n
}

// askModel has a job ask the model, and says so.
func (d *Desk) askModel(ctx context.Context, r *chat.Request, file string, on previewed) (chat.Reply, error) {
	p, hasDraft, err := d.pair(ctx, r.TeamID, file)
	switch {
	case err != nil:
		return chat.Reply{}, err
	case p.live.Prompt == nil || !p.live.Prompt.NeedsModel():
		return chat.Say(fmt.Sprintf("No model answers with %s: `%s prompts preview %s` shows all that there is.", d.Title(file), d.Slash("coach"), workshop.Name(file))), nil
	case d.Asker == nil:
		return chat.Say(fmt.Sprintf("Only a model answers with %s, and none is configured here. Whoever runs me sets `OPENAI_API_KEY` or `OPENAI_BASE_URL`.", d.Title(file))), nil
	}
	args := AskArgs{Team: r.TeamID, File: file, Live: p.labels.Live, Draft: p.labels.Draft, Person: r.PersonID}
	for _, c := range on.chosen {
		args.Contacts = append(args.Contacts, c.ID)
	}
	with, about := "with what is live", "the prompt's own examples"
	if hasDraft {
		with += " and with the draft"
	}
	if n := len(on.chosen); n > 0 {
		about = english.Plural(n, "contact")
	}
	missed := ""
	if on.missed != "" {
		missed = "\n:warning: " + on.missed
	}
	reply := chat.Say(fmt.Sprintf("*%s is asked* %s, on %s: at most %s, some seconds. What a rep would see comes below.%s", blockkit.Escape(d.Asker.Model()), with, about, english.Plural(mostQuestions(len(on.chosen), hasDraft), "question"), missed))
	reply.Beside = true
	// on its way first, so that it stands above the answers: an ack might come behind them
	if err := d.Send(ctx, r, reply, "asked:"+r.Key); err != nil {
		return chat.Reply{}, err
	}
	return chat.Reply{}, d.beginAsking(ctx, r, args)
}

// beginAsking puts the questions into the queue, where the same are asked once. A
// delivery that came before had them put there then.
func (d *Desk) beginAsking(ctx context.Context, r *chat.Request, args AskArgs) error {
	in, err := d.Store.Receive(ctx, r.Delivery)
	if err != nil || in.Again {
		return err
	}
	args.Delivery = in.ID
	_, err = d.Store.Begin(ctx, d.Job(args))
	return err
}

// MostAnswer is how many characters one answer may have as it is shown, with its marks: ten
// of them have to fit a message.
const MostAnswer = 1150

// answered is what came of one question.
type answered struct {
	shown string     // as a rep sees it, ready for Slack; empty where fault says why
	fault *llm.Error // nil: there is an answer
	wrong []string   // faults of the text, for which it was not asked
	// under which the log tells what broke in us on the way; empty: nothing did
	incident string
}

func (a answered) words() string {
	switch {
	case len(a.wrong) > 0:
		return ":warning: Not asked: " + blockkit.Escape(strings.Join(a.wrong, "; ")) + "."
	case a.incident != "":
		return fmt.Sprintf(":warning: No answer: something broke here on the way. Ask again; if it breaks again, tell whoever runs me this number: %s.", a.incident)
	case a.fault != nil && a.fault.Fault == llm.Spared:
		return ":warning: Not asked: " + a.fault.Words() + "."
	case a.fault != nil:
		return ":warning: No answer: " + blockkit.Escape(blockkit.Truncate(a.fault.Words(), 300)) + ". A rep would see what is built in."
	}
	return a.shown
}

func (a answered) failed() bool { return a.fault != nil || a.incident != "" }

// asking is a preview that asks the model.
type asking struct {
	p     pair
	def   *prompts.Prompt
	draft bool // there is one
	t     tried
	// what came of each case; of the draft empty where there is none, or where both
	// are told the same and one question was enough
	live, drafts []answered
}

// answers has the model answer every case with live and with the draft. After a fault
// that the next question would meet too, none is asked any more.
func (d *Desk) answers(ctx context.Context, r *chat.Request, a AskArgs, p pair, def *prompts.Prompt, t tried) (asking, error) {
	asker := model.Aside(model.For(d.Asker, "preview"))
	out := asking{p: p, def: def, draft: a.Draft > 0, t: t, live: make([]answered, len(t.cases)), drafts: make([]answered, len(t.cases))}
	was, is := workshop.Examine(p.live.Prompt, def, t.cases), workshop.Examine(p.draft.Prompt, def, t.cases)
	alike := p.live.Prompt.Model == p.draft.Prompt.Model
	var stop *llm.Error
	for i := range t.cases {
		var failed [2]error
		var both sync.WaitGroup
		ask := func(n int, v exam.Version, told workshop.Result, into *answered) {
			into.wrong, into.fault = told.Faults, stop
			if len(into.wrong) > 0 || stop != nil {
				return
			}
			both.Go(func() {
				var broke broken
				into.shown, failed[n] = safely(ctx, t.answers[i], asker, v)
				if errors.As(failed[n], &broke) {
					into.incident = d.Incident(r, failed[n])
				} else if !errors.As(failed[n], &into.fault) {
					return
				}
				failed[n] = nil
			})
		}
		ask(0, versionOf(p.live, a.Live), was[i], &out.live[i])
		if out.draft && !(alike && was[i].Text == is[i].Text) {
			ask(1, versionOf(p.draft, a.Draft), is[i], &out.drafts[i])
		}
		both.Wait()
		if err := errors.Join(failed[:]...); err != nil {
			return out, err
		}
		for _, fault := range []*llm.Error{out.live[i].fault, out.drafts[i].fault} {
			if fault != nil && (fault.Lasting() || fault.Fault == llm.Resting) {
				stop = fault
			}
		}
	}
	return out, nil
}

// broken is where an answer broke the code. What it broke on may be somebody's words; the
// stack holds none of them.
type broken struct{ stack []byte }

func (b broken) Error() string { return "asking for a preview panicked: " + string(b.stack) }

// safely has a model answer. What panics there is a fault of this one answer: nobody else
// recovers what runs beside a job, and the whole bot would end.
func safely(ctx context.Context, ask Answer, asker model.Asker, v exam.Version) (shown string, err error) {
	defer func() {
		if recover() != nil {
			shown, err = "", broken{debug.Stack()}
		}
	}()
	return ask(ctx, asker, v)
}

// askedMessage shows the answers, live at the left and the draft at the right.
func (d *Desk) askedMessage(file string, a asking, on previewed) *post.Message {
	name := workshop.Name(file)
	head := fmt.Sprintf("*What %s answers with %s*, as a rep would see it: %s", blockkit.Escape(d.Asker.Model()), d.Title(file), d.versionWord(file, a.p.labels.Live))
	if a.draft {
		head += fmt.Sprintf(" beside the draft, version %d", a.p.labels.Draft)
	}
	blocks := []slack.Block{blockkit.Section(head + ". Nobody else sees this, and none of it becomes a reading, question or draft of theirs.")}
	failed := false
	for i, c := range a.t.cases {
		blocks = append(append(blocks, blockkit.Section("*"+c.Name+"*")), a.sides(i)...)
		failed = failed || a.live[i].failed() || a.drafts[i].failed()
	}
	blocks = append(blocks, d.onWhom(name, a.t, on.untold)...)
	others := []*slack.ButtonBlockElement{blockkit.Button("prompt:edit", "Edit", "edit "+name)}
	if failed {
		blocks = append(blocks, blockkit.Context("What was answered is not asked for again."))
		others = append([]*slack.ButtonBlockElement{askButton(name, "Ask again", on.chosen)}, others...)
	}
	if a.draft {
		others = append(others, blockkit.Button("prompt:test", "Test", "test "+name), blockkit.Button("prompt:publish", "Publish", "publish "+name))
	}
	return &post.Message{Text: blockkit.Fallback(head), Blocks: append(blocks, blockkit.Actions("prompt", others...))}
}

// sides shows what came of one case.
func (a asking) sides(i int) []slack.Block {
	live, draft := a.live[i].words(), a.drafts[i].words()
	switch {
	case !a.draft:
		return []slack.Block{blockkit.Section("*Live*\n" + live)}
	case draft == "":
		return []slack.Block{blockkit.Section("*Live and draft are told the same here, so it was asked once*\n" + live)}
	case live == draft && a.live[i].shown != "":
		return []slack.Block{blockkit.Section("*Live and draft are answered alike*\n" + live)}
	case live == draft:
		return []slack.Block{blockkit.Section("*Live and draft*\n" + live)}
	}
	field := func(title, text string) *slack.TextBlockObject {
		return slack.NewTextBlockObject(slack.MarkdownType, "*"+title+"*\n"+text, false, false)
	}
	return []slack.Block{slack.NewSectionBlock(nil, []*slack.TextBlockObject{field("Live", live), field("Draft", draft)}, nil)}
}
