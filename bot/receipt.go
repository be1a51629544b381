package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/slack-go/slack"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/coach"
	"cairn/bot/english"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/observe"
	"cairn/bot/post"
	"cairn/bot/remind"
	"cairn/store"
)

// receipt is what a rep sees of one recorded line, and only they.
type receipt struct {
	store.Receipt
	Journey string // the team's own, shown first
	New     bool
	Typed   string // how the name was typed, where it is written otherwise
	Address string // what became of an address that was typed and is not the contact's
	Now     time.Time
	Also    string    // one more thing worth knowing
	Ahead   time.Time // a day to come of which the note says how it went
	Told    bool      // by a command of its own: nothing was read
	// Lead stands in the place of "Recorded": what a button or a correction did.
	Lead string
	// Sent leaves the suggestion out: it has just been given.
	Sent bool
	// Unsend is the item that was given just now, to be taken back; 0: none.
	Unsend int64
	// Counted is what the note counted as given, Unclear what has to be asked.
	Counted []store.Share
	Unclear []coach.Unclear
	// Promised are the items that steps of the note promise to give, as they are shown, by
	// the words of the step.
	Promised map[string]string
	guessed  string // the step that only a weekday dates, where it may have been
	unnamed  bool   // the note tells that something was given, and no word of it what
	// Came are those whom the note's referral names; see brought.go.
	Came []came
	Too  chat.Beside
	// Morning is when the author gets their morning message; nil: not looked up.
	Morning *remind.Person
}

// received is the receipt of a line just recorded, drawn from memory.
func received(out store.Outcome, d store.Draft, l line.Line, mind *coach.Coach, shelf coach.Shelf, now time.Time) receipt {
	k, dec := out.Known, out.Decision
	r := receipt{Journey: k.Team.Journey, New: k.New, Now: now, Receipt: store.Receipt{
		Interaction: store.Interaction{ID: out.Recorded, ContactID: k.Contact.ID, AuthorID: d.Delivery.PersonID, At: d.At,
			LoggedAt: d.LoggedAt, Channel: d.Channel, Direction: d.Direction, Note: d.Note, Plan: d.Plan && len(dec.Signals) == 0},
		Contact: k.Contact, Places: dec.Places, Signals: dec.Signals, Steps: dec.Steps, Settled: dec.Settled,
		Given: k.Ledger.Given + len(dec.Shares), Asked: k.Ledger.Asked + len(dec.Asks), Ledger: k.Ledger}}
	r.Ledger.Given, r.Ledger.Asked = r.Given, r.Asked
	r.Ledger.Shares = append(slices.Clone(dec.Shares), k.Ledger.Shares...)
	r.Ledger.Asks = append(slices.Clone(dec.Asks), k.Ledger.Asks...)
	r.Ledger.Exchanges = append(slices.Clone(dec.Exchanges), k.Ledger.Exchanges...)
	r.Recent = append([]store.Heard{asHeard(r.Receipt)}, k.Recent...)
	r.Ledger.Steps = slices.Concat(dec.Steps, coach.Unsettled(k.Ledger.Steps, dec.Settled))
	r.Ledger = mind.Weighed(k.Contact, r.Ledger, r.Recent, d.Delivery.PersonID, now)
	for _, m := range dec.Moves {
		if m.InteractionID == out.Recorded {
			r.Moves = append(r.Moves, m)
		}
	}
	if dec.Suggestion != nil {
		r.Suggestion = *dec.Suggestion
		r.Suggestion.ID = out.SuggestionID
	}
	if k.Typo {
		r.Typed = l.Who.Raw
	}
	r.Address = notTheirs(d.Who.Email, k)
	writer := morningOf(k.Writer)
	r.Morning, r.Told = &writer, dec.Origin == coach.Person
	r.weigh(l, shelf)
	return r
}

// asHeard is the line of a receipt among the notes about its contact.
func asHeard(r store.Receipt) store.Heard {
	i := r.Interaction
	h := store.Heard{ID: i.ID, AuthorID: i.AuthorID, At: i.At, LoggedAt: i.LoggedAt, Channel: i.Channel, Direction: i.Direction, Note: i.Note, Plan: i.Plan}
	for _, g := range r.Signals {
		h.Signals = append(h.Signals, g.Signal)
	}
	return h
}

// draw lays the receipt out as blocks.
func (b *Bot) draw(r receipt) *post.Message {
	lead := r.Lead
	if lead == "" {
		lead = fmt.Sprintf("*Recorded #%d*", r.Interaction.ID)
	}
	head := fmt.Sprintf("%s · %s · %s", lead, blockkit.Escape(r.Contact.Full()), howAndDay(r.Interaction.Channel, r.Interaction.At, r.Now))
	if r.Told {
		head = fmt.Sprintf("%s · %s · %s", lead, blockkit.Escape(r.Contact.Full()), blockkit.Escape(blockkit.Truncate(blockkit.OneLine(r.Interaction.Note), 120)))
	}
	blocks := []slack.Block{blockkit.Section(head)}
	if hint := r.who(); hint != "" {
		blocks = append(blocks, blockkit.Context(hint))
	}
	if r.Address != "" {
		blocks = append(blocks, blockkit.Context(r.Address))
	}
	if too := besideLine(r.Too, r.Contact); too != "" {
		blocks = append(blocks, blockkit.Context(too))
	}
	if r.Also != "" {
		blocks = append(blocks, blockkit.Context(r.Also))
	}
	if hint := r.toCome(); hint != "" {
		blocks = append(blocks, blockkit.Context(hint))
	}
	if left := b.leftOut(r); left != "" {
		blocks = append(blocks, blockkit.Context(left))
	}
	place := b.placeLine(r)
	blocks = append(blocks, blockkit.Section(place))
	blocks = append(blocks, r.cameBlocks(b.slash("coach"))...)
	blocks = append(blocks, r.unclearBlocks(b.slash("coach"))...)
	if !r.Sent {
		blocks = append(blocks, blockkit.Section(giveLine(r.Suggestion, r.Now)))
	}
	if l := r.ledgerLine(); l != "" {
		blocks = append(blocks, blockkit.Context(l))
	}
	blocks = append(blocks, r.buttons())
	return &post.Message{Text: blockkit.Fallback(head + "\n" + place), Blocks: blocks, Receipt: r.Interaction.ID}
}

// who says what a person should know of whom the line was taken to be about.
func (r receipt) who() string {
	switch {
	case r.New && r.Typed != "":
		return fmt.Sprintf("%s is new here: I made the contact. You typed “%s”, and I know the company %s. Not right? `Undo`, then type it as `name at company`.",
			blockkit.Escape(r.Contact.Full()), blockkit.Escape(r.Typed), blockkit.Escape(r.Contact.Company.Name))
	case r.New:
		return fmt.Sprintf("%s is new here: I made the contact. Not right? `Undo` takes it away again.", blockkit.Escape(r.Contact.Full()))
	case r.Typed != "":
		return fmt.Sprintf("You typed “%s”; I took it for %s. Not right? `Undo`, then press “New: …”.", blockkit.Escape(r.Typed), blockkit.Escape(r.Contact.Full()))
	}
	if others := r.others(); others != "" {
		return "Also looked after by " + others + "; they do not see your note."
	}
	return ""
}

// notTheirs says of a typed address that it was not kept for the contact, and why not;
// empty where it is theirs.
func notTheirs(email string, k store.Known) string {
	switch {
	case email == "" || email == k.Contact.Email:
		return ""
	case k.AddressOf != "":
		return fmt.Sprintf("%s stays the address of %s: it was not kept for %s.", blockkit.Escape(email), blockkit.Escape(k.AddressOf), blockkit.Escape(k.Contact.Full()))
	}
	return fmt.Sprintf("%s was not kept: %s stays the address of %s.", blockkit.Escape(email), blockkit.Escape(k.Contact.Email), blockkit.Escape(k.Contact.Full()))
}

// toCome says that a day of which the note tells how it went lies ahead.
func (r receipt) toCome() string {
	if r.Ahead.IsZero() {
		return ""
	}
	day := r.Ahead.Format("2 January 2006")
	return fmt.Sprintf("%s lies ahead: recorded as of %s, and nothing is planned for then. Another day or year? `Wrong stage` sets it. A plan? Log it by itself: `meeting on %s`.",
		day, english.Day(r.Interaction.At, r.Now), day)
}

// others names the other people who have written about the contact. They are
// written as names would be, but call nobody.
func (r receipt) others() string {
	n := 0
	for _, o := range r.Contact.Owners {
		if o != r.Interaction.AuthorID {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return "one colleague"
	}
	return fmt.Sprintf("%d colleagues", n)
}

// placeLine says where the contact stands and quotes why.
func (b *Bot) placeLine(r receipt) string {
	models := b.coach.For(r.Contact.TeamID).Models
	model, ok := models.Get(r.Journey)
	if !ok {
		model, _ = models.Get(journey.Default)
	}
	here, _ := placeOn(r.Places, model.Name())
	text := "*" + stageWord(model, here.Stage) + "*"
	moved := false // by this note
	for _, m := range r.Moves {
		moved = moved || m.Journey == model.Name() && m.From != m.To
		switch {
		case m.Journey != model.Name() || m.From == m.To:
		case m.To == here.Stage:
			text = fmt.Sprintf("*%s → %s*", stageWord(model, m.From), stageWord(model, m.To))
		default: // later notes have moved them on
			text = fmt.Sprintf("*%s* now; this line: %s → %s", stageWord(model, here.Stage), stageWord(model, m.From), stageWord(model, m.To))
		}
	}
	if extra := standing(here); extra != "" {
		text += " (" + extra + ")"
	}
	text += r.because(moved)
	if other := otherPlaces(models, r.Places, model.Name()); other != "" {
		text += "   _(" + other + ")_"
	}
	return text
}

// leftOut says from where on nothing of a note is used, so that nobody waits
// for a reminder that was never made; empty where all of it is.
func (b *Bot) leftOut(r receipt) string {
	mind, note := b.coach.For(r.Contact.TeamID), r.Interaction.Note
	told := mind.Tells(r.Contact, note)
	rest := note[len(told):]
	switch {
	case r.Told || strings.TrimSpace(rest) == "":
		return ""
	case mind.Tells(r.Contact, rest) == "": // it begins with what is not to be used, so it is not left out for its length
		aside := mind.Reader.Aside(observe.Note{Text: rest, Names: []string{r.Contact.Name, r.Contact.Company.Name}})
		text := fmt.Sprintf("From “%s” on I use nothing of this note but a wish to be left alone: %s. It is kept word for word.", blockkit.Escape(blockkit.Truncate(blockkit.OneLine(rest), 40)), asideWords[aside])
		if aside == observe.Call {
			text += fmt.Sprintf(" Nobody was called. To have it read: `Undo`, take %s out, and send the line again.", calledBy(rest))
		}
		if aside == observe.Marks {
			text += fmt.Sprintf(" To have it read: `Undo`, write it without %s, and send the line again.", marksOf(rest))
		}
		return text
	}
	return fmt.Sprintf("I read this note up to “%s”: it is long. All of it is kept.", blockkit.Escape(blockkit.Truncate(blockkit.OneLine(rest), 40)))
}

// calledBy is the word of a note that calls everybody.
func calledBy(note string) string {
	for _, word := range []string{"@channel", "@everyone", "@here"} {
		if strings.Contains(strings.ToLower(note), word) {
			return word
		}
	}
	return "that word"
}

// marksOf names the marks of code that a note begins with, as far as they can be shown.
func marksOf(note string) string {
	switch first := strings.TrimLeft(note, " \n"); {
	case strings.Contains(first, "```"):
		return "the backticks"
	case strings.ContainsAny(first, "{}[]<>"):
		return "its brackets"
	}
	return "its marks"
}

// asideWords say why nothing is used of what begins with an aside.
var asideWords = map[observe.Aside]string{
	observe.Order: "it reads like an order to a machine",
	observe.Call:  "it calls everybody in a channel",
	observe.Marks: "it holds marks of code",
}

// because quotes the words that the reading rests on, each once; moved: the note moved them. The
// person's word is about the note: where they stand is told as theirs only where both are one.
func (r receipt) because(moved bool) string {
	var quotes []string
	seen := map[string]bool{}
	for _, g := range r.Signals {
		if g.Quote == "" || seen[g.Quote] {
			continue
		}
		seen[g.Quote] = true
		quotes = append(quotes, "“"+blockkit.Escape(blockkit.Truncate(coach.Quoted(r.Interaction.Note, g), 160))+"”")
	}
	switch {
	case len(quotes) > 0:
		return ": " + strings.Join(quotes[:min(len(quotes), 4)], ", ")
	case len(r.Signals) > 0 && !r.Told && (!moved || r.astray()):
		return ": you said that this note shows " + inWords(shownBy(r.Signals))
	case len(r.Signals) > 0:
		return ": you said so"
	case r.Told:
		return ""
	}
	if strings.HasPrefix(r.Lead, "*Corrected") {
		return ": you said that this note shows no step of theirs"
	}
	if !latin(r.Interaction.Note) {
		return ": I do not read the language of this note, so I saw no step; `Wrong stage` says what it shows"
	}
	if r.New {
		return ": I saw no step of theirs in this note, so they start here"
	}
	return ": I saw no step of theirs in this note, so nothing moved"
}

// astray reports whether the receipt tells of a correction that left its contact elsewhere than
// was said: its lead goes on to tell why, see [Bot.elsewhere].
func (r receipt) astray() bool {
	return strings.HasPrefix(r.Lead, "*Corrected") && !strings.HasSuffix(r.Lead, "*")
}

// latin reports whether a text has a Latin letter, or none at all: of other scripts no
// language is read. Which of the Latin ones it is, is not guessed.
func latin(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) || !strings.ContainsFunc(text, unicode.IsLetter)
}

func otherPlaces(models journey.Models, places []store.Place, main string) string {
	var all []string
	for _, m := range models {
		p, ok := placeOn(places, m.Name())
		if !ok || m.Name() == main || m.Name() == "lipee" && main == journey.Default {
			continue // LIPEE differs from AIPEE in its ground floor only
		}
		all = append(all, fmt.Sprintf("%s: %s", blockkit.Escape(strings.TrimPrefix(strings.ToLower(m.Title()), "customer ")), strings.ToLower(stageWord(m, p.Stage))))
	}
	return strings.Join(all, " · ")
}

// giveLine names the one thing worth giving next, or says why nothing is.
func giveLine(g store.Suggestion, now time.Time) string {
	pick, ok := g.Now()
	if !ok {
		return nothingLine(g)
	}
	lead := "Give next:"
	if pick.ReturnOn != nil && english.IsAhead(*pick.ReturnOn, now) {
		lead = "Come back on " + pick.ReturnOn.Format("Monday 2 January 2006") + " with"
	}
	text := fmt.Sprintf("*%s %s*: %s.", lead, blockkit.Link(pick.URL, pick.Title), blockkit.Escape(strings.TrimRight(pick.Reason, ".")))
	if how := byWord(g.Channel); how != "" {
		text += " Best " + how + "."
	}
	return text
}

// ledgerLine weighs what was given against what was asked, and names the step
// that comes next.
func (r receipt) ledgerLine() string {
	parts := []string{r.countedLine() + fmt.Sprintf("Given %d, asked %d", r.Given, r.Asked) + earnedBeside(r.Suggestion, r.Ledger, r.Places, r.Now)}
	for _, s := range r.Settled {
		if s.PersonID == r.Interaction.AuthorID { // a step is in the words of its author's note
			parts = append(parts, "Done: "+blockkit.Escape(strings.TrimRight(s.What, "."))+".")
		}
	}
	for _, s := range r.Steps {
		parts = append(parts, stepWord(s, r.Promised[s.What], r.Now)+r.comesBack(s)+r.mayHaveBeen(s))
	}
	return strings.Join(parts, " ")
}

// mayHaveBeen says how to put a note right of which nothing but the plan's weekday tells when
// it is: "visit on Friday" was taken for the Friday to come.
func (r receipt) mayHaveBeen(s store.Step) string {
	if s.Due == nil || s.What != r.guessed {
		return ""
	}
	return fmt.Sprintf(" Was it last %s? `Undo`, then type `last %[1]s` in it.", s.Due.Weekday())
}

func (r receipt) buttons() slack.Block {
	id := fmt.Sprint(r.Interaction.ID)
	var all []*slack.ButtonBlockElement
	if pick, ok := r.Suggestion.Now(); ok && !r.Sent {
		value := fmt.Sprintf("%d %d %d", r.Suggestion.ID, pick.ContentID, r.Interaction.ID)
		sent := blockkit.Button("sent", "I sent it", value)
		sent.Style = slack.StylePrimary
		all = append(all, sent, blockkit.Button("another", "Another", value), blockkit.Button("not_useful", "Not useful", value), blockkit.Button("draft", "Draft a message", value))
	}
	all = append(all, r.countedButtons()...)
	all = append(all, besideButtons(r.Too)...)
	all = append(all, blockkit.Button("stage", "Wrong stage", id), blockkit.Button("undo", "Undo", id))
	return blockkit.Actions("receipt", all...)
}

func placeOn(places []store.Place, name string) (store.Place, bool) {
	for _, p := range places {
		if p.Journey == name {
			return p, true
		}
	}
	return store.Place{}, false
}
