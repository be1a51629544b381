package journey

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cairn/prompts/strict"
)

// maxStages keeps ranks within the bits of a word, 0 being outside.
const maxStages = 40

// outside is how a file of rings says where contacts start.
const outside = "outside"

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// Parse reads one model from a file. Everything is strict: unknown keys,
// signals, stages and channels, doubled stages, a signal at two stages, a
// missing start are refused, all at once, as [strict.Problems] with file,
// line and reason. The format is told at the top of
// prompts/journeys/aipee.yaml.
func Parse(file string, data []byte) (*Model, error) {
	p := &parser{doc: strict.Read(file, data), m: &Model{}}
	if p.doc.Err() != nil {
		return nil, p.doc.Err()
	}
	top := p.doc.Root().Fields("name", "title", "about", "kind", "start", "stages",
		"exchanges", "cycles", "falls", "influence", "status")
	p.m.name = p.word(top.Need("name"))
	p.m.title = p.title(top.Need("title"))
	p.m.about = top.Get("about").Text()
	p.m.kind = Kind(top.Need("kind").OneOf("kind of model", string(Ladder), string(Rings)))
	p.stages(top.Need("stages"))
	p.start(top.Need("start"))
	p.exchanges(top.Get("exchanges"))
	p.cycles(top.Get("cycles"))
	for _, v := range top.Get("falls").List() {
		f := v.Fields("on", "from", "to", "first_reached", "unless_seen")
		p.m.rules.Falls = append(p.m.rules.Falls, p.fall(f, p.need(f, "on")))
	}
	p.m.rules.Influence = p.signals(top.Get("influence"))
	p.status(top.Need("status"))
	if err := p.doc.Err(); err != nil {
		return nil, err
	}
	hash, err := p.m.rules.sum()
	p.m.version = p.m.name + "@" + hash
	return p.m, err
}

// parser reads the parts of a model into it and reports to doc.
type parser struct {
	doc *strict.Doc
	m   *Model
}

func (p *parser) word(v strict.Value) string {
	if v.Present() && !nameForm.MatchString(v.Text()) {
		v.Fail("use small letters, digits and _, as in customer_care", "%q is no name", v.Text())
	}
	return v.Text()
}

// title reads words that stand in messages as they are: none may call a channel or
// forge a link there, whoever edits the journey.
func (p *parser) title(v strict.Value) string {
	if strings.ContainsAny(v.Text(), "<>") {
		v.Fail("leave out < and >", "%q cannot stand in a message", v.Text())
	}
	return v.Text()
}

// signals reads a list of signals; empty where the key is absent.
func (p *parser) signals(v strict.Value) Set {
	var set Set
	for _, word := range v.Words("signal", signalNames()...) {
		set |= 1 << numbers[Signal(word)]
	}
	return set
}

func signalNames() []string {
	names := make([]string, len(meanings))
	for i, m := range meanings {
		names[i] = string(m.signal)
	}
	return names
}

// need reads a list of signals that must not be empty.
func (p *parser) need(f strict.Fields, key string) Set {
	v := f.Need(key)
	set := p.signals(v)
	if v.Present() && set == 0 && len(v.List()) == 0 {
		v.Fail("", "%s names no signal", key)
	}
	return set
}

func (p *parser) stages(v strict.Value) {
	list := v.List()
	if v.Present() && (len(list) == 0 || len(list) > maxStages) {
		v.Fail("", "a model has 1 to %d stages, this one %d", maxStages, len(list))
		return
	}
	p.m.rules.Named = make([]Set, len(list)+1)
	p.m.rules.Proofs = make([]Set, len(list)+1)
	var taken Set
	for i, each := range list {
		f := each.Fields("name", "title", "signals", "proofs", "give", "ask", "channels", "later")
		s := Stage{Name: p.word(f.Need("name")), Title: p.title(f.Need("title")), Rank: i + 1, Advice: p.advice(f)}
		if s.Name == outside {
			f.Get("name").Fail("", "%q is a word of the format and cannot name a stage", outside)
		}
		if s.Name != "" && p.m.Rank(s.Name) != 0 {
			f.Get("name").Fail("each stage has a name of its own", "the stage %q comes twice", s.Name)
		}
		named, proofs := p.need(f, "signals"), p.signals(f.Get("proofs"))
		for _, double := range (taken&(named|proofs) | named&proofs).Signals() {
			f.Get("signals").Fail("a signal names one stage", "the signal %q stands at two stages, or as signal and proof", double)
		}
		taken |= named | proofs
		if later := f.Get("later"); later.Present() {
			l := later.Fields("when_seen", "give", "ask", "channels")
			advice := p.advice(l)
			s.Later, s.LaterOn = &advice, p.need(l, "when_seen")
		}
		p.m.rules.Named[s.Rank], p.m.rules.Proofs[s.Rank] = named, proofs
		p.m.rules.Stages = append(p.m.rules.Stages, s.Name)
		s.Signals, s.Proofs = named.Signals(), proofs.Signals()
		p.m.stages = append(p.m.stages, s)
	}
}

func (p *parser) advice(f strict.Fields) Advice {
	var channels []Channel
	for _, word := range f.Get("channels").Words("channel", channelNames()...) {
		channels = append(channels, Channel(word))
	}
	return Advice{Give: f.Need("give").Text(), Ask: f.Get("ask").Text(), Channels: channels}
}

func channelNames() []string {
	var names []string
	for _, c := range Channels() {
		names = append(names, string(c))
	}
	return names
}

func (p *parser) start(v strict.Value) {
	switch {
	case !v.Present():
	case v.Text() != outside:
		p.m.rules.Start = p.stage(v)
	case p.m.kind == Ladder:
		v.Fail("name the stage where somebody stands of whom nothing is known", "a ladder has no outside")
	}
}

// stage reads the name of a stage as its rank; 0 where there is none.
func (p *parser) stage(v strict.Value) int {
	if !v.Present() {
		return 0
	}
	return p.m.Rank(v.OneOf("stage", p.m.rules.Stages...))
}

// ranks reads a list of stages as bits.
func (p *parser) ranks(v strict.Value) uint64 {
	var bits uint64
	for _, name := range v.Words("stage", p.m.rules.Stages...) {
		bits |= 1 << p.m.Rank(name)
	}
	return bits
}

func (p *parser) exchanges(v strict.Value) {
	for _, each := range v.List() {
		f := each.Fields("kind", "signals")
		kind := exchangeKind{Name: p.word(f.Need("kind")), On: p.need(f, "signals")}
		if slices.Contains(p.m.Exchanges(), kind.Name) {
			f.Get("kind").Fail("", "the kind of exchange %q comes twice", kind.Name)
		}
		p.m.rules.Kinds = append(p.m.rules.Kinds, kind)
	}
	if len(p.m.rules.Kinds) > 32 {
		v.Fail("", "a model keeps at most 32 kinds of exchange")
	}
}

func (p *parser) cycles(v strict.Value) {
	if !v.Present() {
		return
	}
	c := &p.m.rules.Cycles
	f := v.Fields("customer", "before", "closed_by", "repeat", "open", "refused")
	c.Customer, c.Closed = p.need(f, "customer"), p.need(f, "closed_by")
	c.Before = p.signals(f.Get("before"))
	if again := f.Get("repeat"); again.Present() {
		r := again.Fields("name", "on")
		c.Repeat = &cycle{Name: p.word(r.Need("name")), On: p.need(r, "on")}
		if c.Repeat.On&^c.Closed != 0 {
			again.Fail("name it in closed_by too", "a repetition is an exchange and closes a cycle")
		}
	}
	for _, each := range f.Need("open").List() {
		o := each.Fields("name", "on", "from", "to")
		one := cycle{Name: p.word(o.Need("name")), On: p.need(o, "on"), From: p.ranks(o.Get("from")), To: p.stage(o.Get("to"))}
		if one.Name != "" && slices.Contains(p.m.Cycles(), one.Name) {
			o.Get("name").Fail("", "the cycle %q comes twice", one.Name)
		}
		if c.Interests&one.On != 0 {
			o.Get("on").Fail("one signal opens one cycle", "two cycles open on the same signal")
		}
		c.Interests |= one.On
		c.Open = append(c.Open, one)
	}
	if refused := f.Get("refused"); refused.Present() {
		fall := p.fall(refused.Fields("from", "to", "first_reached"), 0)
		c.Refused = &fall
	}
}

// fall reads where a signal leads back to. Without from it holds everywhere.
func (p *parser) fall(f strict.Fields, on Set) fall {
	one := fall{On: on, From: p.ranks(f.Get("from")), To: p.stage(f.Need("to")), Unless: p.signals(f.Get("unless_seen"))}
	for _, name := range f.Get("first_reached").Words("stage", p.m.rules.Stages...) {
		one.FirstReached = append(one.FirstReached, p.m.Rank(name))
	}
	if !f.Get("from").Present() {
		one.From = ^uint64(0)
	}
	return one
}

// status reads the rules of the status. A model may be stricter than the
// house about leaving people alone, never laxer.
func (p *parser) status(v strict.Value) {
	f := v.Fields("quiet", "left", "do_not_contact", "lifted_by")
	s := statusRules{Quiet: p.need(f, "quiet"), Left: p.need(f, "left"),
		NoContact: p.need(f, "do_not_contact"), Lifted: p.signals(f.Get("lifted_by"))}
	mayLift, _ := SetOf(Returned, Subscribed, AskedForMore, AgreedMeeting)
	if v.Present() && !s.NoContact.Has(OptedOut) {
		f.Get("do_not_contact").Fail("add opted_out", "who asked to be left alone must be left alone in every model")
	}
	if lax := s.Lifted &^ mayLift; lax != 0 {
		f.Get("lifted_by").Fail(fmt.Sprintf("only these may: %v", mayLift.Signals()),
			"%v must not lift a do-not-contact", lax.Signals())
	}
	s.Wake = acts() &^ (s.Quiet | s.Left | s.NoContact)
	p.m.rules.Status = s
}
