package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/line"
	"cairn/store"
)

// A message of several lines, each of which begins with somebody, would stand on the first of
// them alone: what Pat signed would put Lea at Exchange. Nothing of it is recorded. A heading
// ("Budget: 20k") and whoever the note is about are nobody else, so that only who surely is
// somebody else is taken for it.

// twoPeople is the error of a message whose later lines are about others.
type twoPeople struct {
	names []string // as typed, the first being whom the note is about
	lines []string // of each what was typed, as it is to be sent by itself; nil in a form
}

func (p *twoPeople) Error() string { return "the message is about several people" }

// sentence tells of whom the message is, marked up as told.
func (p *twoPeople) sentence(mark func(string) string) string {
	names, last := p.names[:len(p.names)-1], p.names[len(p.names)-1]
	many := "Two people stand"
	if len(p.names) > 2 {
		many = fmt.Sprintf("%d people stand", len(p.names))
	}
	return fmt.Sprintf("%s in one message, %s", many, mark(blockkit.Truncate(strings.Join(names, ", "), 100)+" and "+blockkit.Truncate(last, 60)))
}

// sayTwoPeople gives each line back to be sent by itself, where all fit into one message.
func (b *Bot) sayTwoPeople(r *chat.Request, p *twoPeople) chat.Reply {
	const most = 8000 // characters, well within what one message shows
	say := chat.Say("*NOT saved.* " + p.sentence(blockkit.Escape) + ". Send each as a line of its own:")
	if len(p.lines) > mostHeads || len(strings.Join(p.lines, "")) > most {
		say.Back = strings.Join(p.lines, "\n")
		return say
	}
	for _, l := range p.lines {
		say.Message.Blocks = append(say.Message.Blocks, blockkit.Verbatim(strings.ReplaceAll(l, "\x00", "\u2400")))
	}
	return say
}

// oneAlone is a [*twoPeople] error where a later line of what was typed is about another person
// than the one whom the line is about. A message of one line is not looked up.
func (b *Bot) oneAlone(ctx context.Context, r *chat.Request, l line.Line) error {
	form := r.Kind == chat.KindSubmission
	typed := line.Unescape(r.Text)
	if form {
		typed = r.View.Values["note"]
	}
	typed = strings.TrimSpace(typed)
	if !strings.Contains(typed, "\n") {
		return nil
	}
	p := &twoPeople{names: []string{l.Who.Raw}}
	if l.Who.Name != "" {
		p.names[0] = l.Who.Name
	}
	var own *store.Match
	asked := map[string]bool{} // by the head, whether it is somebody else
	for i, text := range strings.Split(typed, "\n") {
		if i > 0 {
			raw := text
			text = strings.TrimLeft(text, "-–—*•· \t")
			w, ok := headOf(text)
			another, known := asked[w.Raw]
			if ok = ok && (known || len(asked) < mostHeads); ok && own == nil {
				m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, whoOf(l.Who))
				if err != nil {
					return err
				}
				own = &m
			}
			if ok && !known {
				var err error
				if another, err = b.isAnother(ctx, r, w, *own, append(slices.Clone(r.Too.All), l.Who)); err != nil {
					return err
				}
				asked[w.Raw] = another
			}
			if !ok || !another {
				p.lines[len(p.lines)-1] += "\n" + raw
				continue
			}
			if !known {
				p.names = append(p.names, w.Name)
			}
		}
		if r.Kind == chat.KindCommand {
			text = b.slash("log") + " " + text
		}
		p.lines = append(p.lines, text)
	}
	if len(p.names) < 2 {
		return nil
	}
	for i := range p.lines {
		p.lines[i] = strings.TrimSpace(p.lines[i])
	}
	return p
}

// mostHeads is how many lines of a message are looked at for whom they may be about: each asks the
// database, while somebody waits.
const mostHeads = 20

// headOf is whom a line begins with before a colon, and whether that may be somebody.
func headOf(text string) (line.Who, bool) {
	head, _, colon := line.CutWho(text)
	if !colon {
		return line.Who{}, false
	}
	w := line.ParseWho(head)
	if w.Name == "" || line.IsNobody(w.Name) {
		return line.Who{}, false
	}
	one := !strings.Contains(w.Name, " ")
	return w, !(one && headingWords[line.Key(w.Name)])
}

// isAnother reports whether a line's head is surely another person than those whom the note is
// about: who is known by all of that name, or a name and a company of somebody new.
func (b *Bot) isAnother(ctx context.Context, r *chat.Request, w line.Who, own store.Match, about []line.Who) (bool, error) {
	if slices.ContainsFunc(about, func(a line.Who) bool { return sharesName(a.Name, w.Name) }) {
		return false, nil
	}
	who := whoAsTyped(w)
	who.Exactly = true
	m, err := b.store.FindContact(ctx, r.TeamID, r.PersonID, who)
	if err != nil {
		return false, err
	}
	isOwn := func(id int64) bool {
		return id == own.ID || slices.ContainsFunc(own.Ask, func(c store.Candidate) bool { return c.ID == id })
	}
	switch {
	case m.ID != 0 && isOwn(m.ID):
		return false, nil
	case m.ID != 0:
		c, err := b.store.Contact(ctx, r.TeamID, m.ID)
		if err != nil || line.Key(c.Name) == who.NameKey {
			return err == nil, err
		}
	case slices.ContainsFunc(m.Ask, func(c store.Candidate) bool { return isOwn(c.ID) }):
		return false, nil
	case slices.ContainsFunc(m.Ask, func(c store.Candidate) bool { return c.NameKey == who.NameKey }):
		return true, nil
	}
	return isNameAndCompany(w), nil
}

// sharesName reports whether one of two names may be a part of the other.
func sharesName(a, b string) bool {
	short, long := strings.Fields(line.Key(a)), strings.Fields(line.Key(b))
	if len(short) > len(long) {
		short, long = long, short
	}
	return !slices.ContainsFunc(short, func(w string) bool { return !slices.Contains(long, w) })
}

// isNameAndCompany reports whether a head can only be somebody with their company: "Pat Ray,
// Silo". A heading of two parts, "Next Steps, Timeline", is none.
func isNameAndCompany(w line.Who) bool {
	names, firms := strings.Fields(w.Name), strings.Fields(w.Company)
	if strings.Count(w.Raw, ",") != 1 || w.Title != "" || len(names) < 2 || len(names) > 4 || !startsUpper(w.Name) || len(firms) == 0 || len(firms) > 4 || line.IsNobody(w.Company) {
		return false
	}
	if slices.ContainsFunc(names, func(n string) bool {
		return !startsUpper(n) && !nameParticles[n] || strings.ContainsFunc(n, unicode.IsDigit) || strings.ToUpper(n) == n && len(n) > 2
	}) {
		return false
	}
	return startsUpper(w.Company) && !slices.ContainsFunc(append(names, firms...), func(n string) bool { return headingWords[line.Key(n)] })
}

// nameParticles stand within names in small letters.
var nameParticles = setOf(`von van de der den di da la le del dos ten ter zu`)

// headingWords stand in the headings within a note, and in nobody's name.
var headingWords = setOf(`next step steps budget pain pains need needs goal goals aim aims timeline timing decision decisions maker makers
	question questions open risk risks note notes action actions item items agenda summary attendee attendees participants people present point points
	topic topics main key follow followup todo status background context problem problems issue issues challenge challenges concern concerns objection
	objections requirement requirements criteria cost costs deadline date time offer contract product current situation competitor competitors competition
	stakeholder stakeholders champion buyer feedback result results outcome outcomes update impression mood team size role phone email mail address from to cc
	subject sent re fw fwd ps nb faq info plan plans process procurement legal security technical commercial interest interests idea ideas wish wishes quote quotes
	what when where who why how we they he she i you it me us them him her all everyone today yesterday tomorrow call meeting visit demo lunch
	head office site plant department group new old great good big best kind dear hello hi news thanks regards morning afternoon evening first second third phase
	use case scope data center centre building floor volume pricing price model takeaways details site sites san santa los las saint umsatz lage werk halle
	part option monday tuesday wednesday thursday friday saturday sunday week month quarter year
	nachste nachster schritt schritte bedarf ziel ziele zeitplan entscheidung entscheider frage fragen offene offen risiko risiken notiz notizen aufgabe
	aufgaben thema themen punkt punkte teilnehmer hintergrund probleme herausforderung herausforderungen anforderung anforderungen kosten termin termine frist
	angebot vertrag stand ergebnis ergebnisse fazit betreff datum gesendet wunsch wunsche einwand einwande schmerz wettbewerb anruf treffen besuch heute gestern
	proximo proximos proxima paso pasos necesidad necesidades presupuesto objetivo objetivos pregunta preguntas riesgo riesgos nota notas fecha plazo resumen
	asistentes tema temas punto puntos prochaine prochaines etape etapes besoin besoins objectif objectifs risque risques delai sujet sujets resume
	prossimo prossimi passo passi bisogno bisogni obiettivo obiettivi domanda domande rischio rischi scadenza riassunto orcamento passos volgende stap stappen vraag vragen doel`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
