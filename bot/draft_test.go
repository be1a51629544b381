package bot

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/bot/coach"
	"cairn/bot/suggest"
	"cairn/prompts"
	"cairn/store"
)

func TestYouWe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text    string
		you, we int
	}{
		{"", 0, 0},
		{"You said your audits take nine days.", 2, 0},
		{"I think our product helps us.", 0, 3},
		{"We're glad; I'm here; it's mine", 0, 3},
		{"yours truly, Mina", 1, 0},
		{"the IT audit in the US", 0, 1}, // a country is taken for us: one word does not turn a reading
		{"https://we.example/our/you is for you", 1, 0},
		{"So do I", 0, 1},
		{"Wir freuen uns, Ihnen unsere Lösung vorzustellen.", 1, 3},
		{"Sie wollten wissen, wie Ihr Werk Stillstände vermeidet. Ich schicke es dir.", 3, 1},
		{"Vous cherchez comment réduire vos arrêts; notre équipe et moi sommes là pour vous.", 3, 2},
		{"Nos complace presentarle nuestra solución. ¿Qué le parece a su equipo?", 1, 2},
		{"Lei cerca come ridurre i fermi del Suo impianto; noi abbiamo una guida per la vostra squadra.", 3, 1},
		{"Você perguntou como a sua equipe faz isso. Eu mando o nosso guia para você.", 3, 2},
		{"U vroeg hoe uw team de stilstand van de lijn meet. Wij sturen u onze gids.", 3, 2},
	} {
		if you, we := youWe(c.text); you != c.you || we != c.we {
			t.Errorf("%q: you %d, we %d; want %d and %d", c.text, you, we, c.you, c.we)
		}
	}
}

func TestTheirStep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, what, want string }{
		{"en", "will ask IT", "ask IT"},
		{"en", "she'll ask legal.", "ask legal"},
		{"en", "will ask her boss", ""},
		{"en", "will call me back", ""},
		{"en", "demo on Friday", ""},
		{"en", "they will send drafts", "send drafts"},
		{"en", "wird die IT fragen", ""}, // a note's words stand in their own language only
		{"de", "wird die IT fragen", "die IT fragen"},
		{"de", "sie will intern klären", "intern klären"},
		{"de", "wird ihren Chef fragen", ""},
		{"de", "will sich melden", ""},
		{"de", "will ask IT", ""},
		{"fr", "elle va demander à la DSI", "demander à la DSI"},
		{"fr", "elle doit demander à son chef", ""},
		{"es", "va a preguntar a compras", "preguntar a compras"},
		{"es", "va a preguntar a su jefe", ""},
		{"it", "deve chiedere all'ufficio acquisti", "chiedere all'ufficio acquisti"},
		{"it", "deve sentirsi con noi", ""},
		{"pt", "vai falar com compras", "falar com compras"},
		{"pt", "vai falar com seu chefe", ""},
		{"nl", "zal de IT vragen", "de IT vragen"},
		{"nl", "gaat haar baas vragen", ""},
	} {
		steps := []store.Step{{Whose: "us", What: "will do it", PersonID: "U1"}, {Whose: "them", What: "will sing", PersonID: "U2"}, {Whose: "them", What: c.what, PersonID: "U1"}}
		if got := theirStep(steps, "U1", c.code); got != c.want {
			t.Errorf("%s, %q: %q, want %q", c.code, c.what, got, c.want)
		}
	}
}

// asksToPassOn are the words of the drafts that invite to hand an item on.
var asksToPassOn = regexp.MustCompile(`pass it on|weiter, dem|páselo|passez-le|lo passi a|geef het door|passe a quem`)

// The draft is whole in each of its languages, speaks more of them than of us, and is
// told for its language.
func TestDraftLanguages(t *testing.T) {
	t.Parallel()
	set, err := prompts.LoadAll(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range draftLanguages {
		wording, ok := set.Get(draftPromptIn(code))
		if !ok {
			t.Fatalf("%s: no wording", code)
		}
		if promptInputs[wording.Name] == nil || len(wording.StandIns()) != 1 {
			t.Errorf("%s: no preview, or no place for the address", code)
		}
		for n := range 16 {
			vars := map[string]any{"contact": "Dana", "title": "X 12", "quote": "", "gives": "", "tongue": "", "step": "", "may_ask": n&1 > 0, "at_exchange": n&2 > 0, "pass_on": n&8 > 0}
			if n&4 > 0 {
				vars["quote"], vars["gives"], vars["step"] = "Alpha", "Beta", "Gamma"
			}
			text, err := wording.RenderPlain(vars)
			if err != nil {
				t.Fatal(err)
			}
			if asks := asksToPassOn.MatchString(text); asks != (n&8 > 0 && n&1 == 0) {
				t.Errorf("%s: may be passed on %v, asks for it %v:\n%s", code, n&8 > 0, asks, text)
			}
			if you, we := youWe(text); you < 1 || we >= you {
				t.Errorf("%s: you %d, we %d:\n%s", code, you, we, text)
			}
			if got := suggest.LanguageOf(text); got != code {
				t.Errorf("%s is told for %q:\n%s", code, got, text)
			}
			for _, want := range []string{"Dana", "X 12", prompts.LinkMark} {
				if strings.Count(text, want) != 1 {
					t.Errorf("%s: %q is not there once:\n%s", code, want, text)
				}
			}
			if n&4 > 0 && !(strings.Contains(text, "Alpha") && strings.Contains(text, "Beta") && strings.Contains(text, "Gamma")) || strings.Contains(text, "\n\n\n") {
				t.Errorf("%s:\n%s", code, text)
			}
		}
		for _, item := range draftLanguages {
			vars := map[string]any{"contact": "Dana", "title": "X 12", "quote": "", "gives": "", "tongue": foreignIn(code, item), "step": "", "may_ask": false, "at_exchange": false, "pass_on": false}
			text, err := wording.RenderPlain(vars)
			if said := strings.Contains(text, " ("+foreignIn(code, item)+")"); err != nil || said != (item != code) || suggest.LanguageOf(text) != code {
				t.Errorf("%s, an item in %s: %v\n%s", code, item, err, text)
			}
		}
	}

	german := []store.Heard{{AuthorID: "U1", Note: "Anruf, sie hat nach den Nachweisen für das Audit gefragt und will es mit der IT klären"}}
	for name, c := range map[string]struct {
		told, item string
		recent     []store.Heard
		want       string
	}{
		"nothing known":                   {"", "", nil, "en"},
		"German notes":                    {"", "", german, "de"},
		"German notes, an English item":   {"", "en", german, "de"},
		"a German item":                   {"", "de", nil, "de"},
		"another's notes":                 {"", "", []store.Heard{{AuthorID: "U2", Note: german[0].Note}}, "de"},
		"their own before another's":      {"", "", []store.Heard{{AuthorID: "U2", Note: german[0].Note}, {AuthorID: "U1", Note: "call, she asked about the audit trail and will ask IT"}}, "en"},
		"none of their own but commands'": {"", "", []store.Heard{{AuthorID: "U1", Note: "bought: 40 seats for the plant and the office"}, {AuthorID: "U2", Note: german[0].Note}}, "de"},
		"commands' before their own":      {"", "", append(slices.Repeat([]store.Heard{{AuthorID: "U1", Note: "bought: 40 seats for the plant and the office"}}, 5), german...), "de"},
		"told French":                     {"fr", "", german, "fr"},
		"told Polish, of which none is":   {"pl", "en", nil, "en"},
	} {
		if got := draftLanguage(store.Contact{Language: c.told}, suggest.Item{Language: c.item}, c.recent, "U1"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestFirst(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Dana Ruiz": "Dana", "Dana": "Dana", "Herr Müller": "Herr Müller", "Dr. Amin": "Dr. Amin", "Mr Odhiambo": "Mr Odhiambo", "Dr. Dana Ruiz": "Dana", "Don": "Don", "": ""} {
		if got := first(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestHeardOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		`"Acme is hiring" @acme`:             {"Acme is hiring", "acme"},
		"“mail me@acme.example” @Zeta Foods": {"mail me@acme.example", "Zeta Foods"},
		"Acme is hiring":                     {},
		"@acme":                              {},
		`"Acme" @`:                           {},
	} {
		what, of, ok := heardOf(text)
		if !ok {
			what, of = "", ""
		}
		if what != want[0] || of != want[1] {
			t.Errorf("%s: %q, %q", text, what, of)
		}
	}
}

func TestBroughtUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ note, quote, want string }{
		{"call, asked about the audit trail", "audit trail", "audit trail"},
		{"told us their audits take nine days, sent her the calculator", "calculator", ""},
		{"told us their audits take nine days, sent her the calculator", "audits", "audits"},
		{"sent her the calculator and the downtime guide", "downtime", ""},
		{"sent the checklist and she asked about downtime", "downtime", "downtime"},
		{"she sent us their inspection template", "inspection", "inspection"},
		{"Dana shared her downtime figures", "downtime", "downtime"},
		{"I asked about downtime", "downtime", ""},
		{"asked her about downtime", "downtime", ""},
		{"asked about downtime, told her about downtime", "downtime", "downtime"},
		{"downtime calculator sent", "downtime", ""},
		{"Rechner geschickt", "Rechner", ""},
		{"hat uns ihre Prüfnachweise geschickt", "Prüfnachweise", "Prüfnachweise"},
		{"Checkliste geschickt, fragt nach Prüfnachweisen", "Prüfnachweisen", "Prüfnachweisen"},
		{"lui ai envoyé le calculateur", "calculateur", ""},
		{"le he enviado la calculadora", "calculadora", ""},
		{"elle m'a envoyé son calculateur", "calculateur", "calculateur"},
		{"in a call showed the downtime figures", "downtime", ""},
		{"at her plant, showed her the downtime figures", "downtime", ""},
		{"sent the guide and downtime sheet", "downtime", ""},
		{"recommended us: reference call done", "recommended", ""},
		{"recommended us: reference call done", "reference call", ""},
		{"told me that she recommended us", "recommended", ""},
		{"heard: complained about paper rounds", "paper rounds", ""},
		{"liked the checklist", "checklist", ""}, // the name of what she was sent
		{"call, audits", "audit", "audit"},
		{"call, asked to send more about audits", "audits", "audits"},
		{"asked for audits", "audits", "audits"},
		{"asked for a referral: audits", "audits", ""},
		{"call, she will send her calendar", "calendar", ""},
		{"she will send her calendar, asked about the calendar view", "calendar", "calendar"},
		{"promised her the audit plan by Friday", "audit plan", ""},
		{"she needs the audit plan by Friday", "audit plan", "audit plan"},
		// what the author makes of them, or of others, they did not bring up
		{"a bit embarrassed, doesn't know where to start with audits", "where to start", ""},
		{"a bit embarrassed, doesn't know where to start with audits", "audits", ""},
		{"embarrassed by the audit backlog, asked how others plan audits", "plan audits", "plan audits"},
		{"seems lost in paper rounds", "paper rounds", ""},
		{"records get lost in the paper rounds", "paper rounds", "paper rounds"},
		{"worried about downtime", "worried about downtime", ""},
		{"worried about downtime", "downtime", "downtime"},
		{"her boss is against the audit plan", "audit plan", ""},
		{"told us that her boss wants the audit plan", "audit plan", "audit plan"},
		{"wants the audit plan for her boss", "audit plan", "audit plan"},
		{"wirkt überfordert mit den Prüfnachweisen", "Prüfnachweisen", ""},
		{"ihr Chef will keine Prüfnachweise", "Prüfnachweise", ""},
		{"weiß nicht, wo die Prüfnachweise liegen", "Prüfnachweise", "Prüfnachweise"},
		{"un peu gênée par le calculateur", "calculateur", ""},
		{"su jefe no quiere la calculadora", "calculadora", ""},
		{"parece agobiada con las auditorías", "auditorías", ""},
		{"non sa da dove partire con le ispezioni", "ispezioni", ""},
		{"o chefe dela não gosta das auditorias", "auditorias", ""},
		{"weet niet waar ze met de inspecties moet beginnen", "inspecties", ""},
	} {
		recent := []store.Heard{{AuthorID: "U2", Note: "asked about " + c.quote}, {AuthorID: "U1", Note: c.note}}
		sent := []suggest.Item{{Title: "Audit checklist for SaaS buyers", Kind: "checklist"}}
		if got := broughtUp(&coach.Coach{}, []string{c.quote}, recent, "U1", "Dana", sent); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.quote, c.note, got, c.want)
		}
	}
}

func TestStepsOnce(t *testing.T) {
	t.Parallel()
	friday, monday := time.Date(2026, 3, 13, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 16, 0, 0, 0, 0, time.UTC)
	steps := []store.Step{{Whose: "them", What: "will ask IT", Due: &friday, PersonID: "U1"}, {Whose: "them", What: "She will ask IT.", Due: &monday, PersonID: "U1"},
		{Whose: "them", What: "will ask IT", PersonID: "U1"}, {Whose: "us", What: "will ask IT", PersonID: "U1"}, {Whose: "them", What: "will ask legal", PersonID: "U1"},
		{Whose: "them", What: "will sing", PersonID: "U2"}}
	got := stepsOnce(steps, "U1")
	if len(got) != 3 || !got[0].Due.Equal(monday) || got[1].Whose != "us" || got[2].What != "will ask legal" {
		t.Errorf("%+v", got)
	}
}

// Three is the most that is named; what fits less well is told of, and is no gap.
func TestNothingLineCountsWhatWasNotNamed(t *testing.T) {
	t.Parallel()
	picks := []store.Pick{{ContentID: 1}, {ContentID: 2}, {ContentID: 3}}
	for fit, want := range map[int]string{
		3:                     "*Nothing else fits*",
		4:                     "One more fits less well",
		9:                     "6 more fit less well",
		suggest.MaxCandidates: "47 or more fit less well",
	} {
		fits := make([]suggest.Candidate, fit)
		for i := range fits {
			fits[i].Item = int64(i + 1)
		}
		if got := nothingLine(store.Suggestion{Picks: picks, Candidates: suggest.LogOf(fits)}); !strings.Contains(got, want) {
			t.Errorf("%d: %q", fit, got)
		}
	}
	if got := nothingLine(store.Suggestion{Picks: picks[:2], Candidates: suggest.LogOf(make([]suggest.Candidate, 2))}); !strings.Contains(got, "*Nothing else fits*") {
		t.Errorf("two: %q", got)
	}
}

func TestNothingLine(t *testing.T) {
	t.Parallel()
	for silent, want := range map[string]string{
		"nothing_fits: Nothing in the library fits. The gap: permission × logistics": "*Nothing in the library fits*. The content team is told of it: something is missing for contacts at Permission (logistics).",
		"do_not_contact: Dana asked not to be contacted":                             "*Nothing to give just now*. Dana asked not to be contacted.",
	} {
		if got := nothingLine(store.Suggestion{Silent: silent}); got != want {
			t.Errorf("%q", got)
		}
	}
}
