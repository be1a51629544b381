package line_test

import (
	"strings"
	"testing"
	"time"

	"cairn/bot/line"
)

func TestStep(t *testing.T) {
	for _, c := range []struct {
		note  string
		whose line.Whose
		due   string // "" where no day was said
		text  string
	}{
		{"call, will ask IT by Friday", line.Theirs, "2026-03-13", "will ask IT"},
		{"I'll send the quote tomorrow", line.Ours, "2026-03-12", "I'll send the quote"},
		{"I’ll send the quote tomorrow", line.Ours, "2026-03-12", "I’ll send the quote"},
		{"call, promised to send the ROI study", line.Ours, "", "promised to send the ROI study"},
		{"call, she'll get back to me next week", line.Theirs, "2026-03-20", "she'll get back to me"},
		{"call, he will check with purchasing", line.Theirs, "", "he will check with purchasing"},
		{"her boss will decide by end of March", line.Theirs, "2026-03-31", "her boss will decide"},
		{"voicemail, will try again Monday", line.Ours, "2026-03-16", "will try again"},
		{"sent the checklist, will call Friday", line.Ours, "2026-03-13", "will call"},
		{"will call me back on 2 April", line.Theirs, "2026-04-02", "will call me back"},
		{"follow up in March next year", line.Ours, "2027-03-01", "follow up"},
		{"quiet, follow up in April", line.Ours, "2026-04-01", "follow up"},
		{"call on Friday re: offer", line.Ours, "2026-03-13", "call on Friday re: offer"},
		{"re: offer, will answer by Friday", line.Theirs, "2026-03-13", "will answer"},
		{"agreed a demo on Friday", line.Ours, "2026-03-13", "agreed a demo"},
		{"call, asked me to send the price list", line.Ours, "", "asked me to send the price list"},
		{"call, needs to ask her CFO", line.Theirs, "", "needs to ask her CFO"},
		{"mail: “I'll ask legal by Thursday”", line.Theirs, "2026-03-12", "I'll ask legal"},
		{"met her last Tuesday, will ask IT by Friday", line.Theirs, "2026-03-13", "will ask IT"},
		{"met her 2 weeks ago, will ask IT by Friday", line.Theirs, "2026-02-27", "will ask IT"},
		{"wants to wait, call her back 1 September", line.Ours, "2026-09-01", "call her back"},
		{"12 March visit confirmed", line.Ours, "2026-03-12", "12 March visit confirmed"},
		{"vm, will call back tue", line.Ours, "2026-03-17", "will call back"},
		{"call back mon", line.Ours, "2026-03-16", "call back"},
		{"moved demo to tue, 10am", line.Ours, "2026-03-17", "moved demo"},
		{"call, demo wed 2pm", line.Ours, "2026-03-18", "demo wed 2pm"},
		{"call, mtg w/ her CFO thurs", line.Ours, "2026-03-12", "mtg w/ her CFO"},
		{"Anruf, Termin Mi 14 Uhr", line.Ours, "2026-03-18", "Termin Mi 14 Uhr"},
		{"no answer will call again thu", line.Ours, "2026-03-12", "will call again"},
		{"call, send roi calc by weds", line.Ours, "2026-03-18", "send roi calc"},
		{"vm, f/u next wk", line.Ours, "2026-03-20", "f/u"},
		{"wants two refs, sending tmrw", line.Ours, "2026-03-12", "sending"},
		{"left vm, trying again tue", line.Ours, "2026-03-17", "trying again"},
		{"gotta send the contract tmrw", line.Ours, "2026-03-12", "gotta send the contract"},
		{"call, promised the price list by fri", line.Ours, "2026-03-13", "promised the price list"},
		{"promised an answer by fri", line.Theirs, "2026-03-13", "promised an answer"},
		{"she'll sign by 15th", line.Theirs, "2026-03-15", "she'll sign"},
		{"emailed pricing, she's back mon", line.Theirs, "2026-03-16", "she's back mon"},
		{"said no budget, ping in april", line.Ours, "2026-04-01", "ping"},
		{"vm, follow-up in a couple of days", line.Ours, "2026-03-13", "follow-up"},
		{"will send over the msa by cob", line.Ours, "2026-03-11", "will send over the msa"},
		{"I will send the offer by EOD Friday", line.Ours, "2026-03-13", "I will send the offer"},
		{"I will send the quote by cob Thursday", line.Ours, "2026-03-12", "I will send the quote"},
		{"She will decide by end of day tomorrow", line.Theirs, "2026-03-12", "She will decide"},
		{"I will send the offer by end of day on Friday", line.Ours, "2026-03-13", "I will send the offer"},
		{"I will send the offer by Friday EOD", line.Ours, "2026-03-13", "I will send the offer"},
		{"I will send the offer on Friday by close of business", line.Ours, "2026-03-13", "I will send the offer"},
		{"I will send the list by EOD 20 March", line.Ours, "2026-03-20", "I will send the list"},
		{"I will send the list by eod 20/3", line.Ours, "2026-03-20", "I will send the list"},
		{"I will send the list by end of day today", line.Ours, "2026-03-11", "I will send the list"},
		{"wants pilot, mtg mon w/ ops", line.Ours, "2026-03-16", "mtg mon w/ ops"},
		{"vm, check in thurs", line.Ours, "2026-03-12", "check in"},
		{"Anruf, ruft Do zurück", line.Theirs, "2026-03-12", "ruft Do zurück"},
		{"llamada, le envío la oferta mañana", line.Ours, "2026-03-12", "le envío la oferta"},
		{"no show, resched for thu 11am", line.Ours, "2026-03-12", "resched for thu 11am"},
		{"liguei, mando a proposta na 6a feira", line.Ours, "2026-03-13", "mando a proposta"},
		{"liguei, mando proposta sexta-feira", line.Ours, "2026-03-13", "mando proposta"},
		{"liguei, volto a ligar na terça", line.Ours, "2026-03-17", "volto a ligar"},
		{"hablamos, vuelvo a llamar el lunes", line.Ours, "2026-03-16", "vuelvo a llamar"},
		{"promised her stop data by Friday", line.Ours, "2026-03-13", "promised her stop data"},
		{"promised her stop cost figures by Friday", line.Ours, "2026-03-13", "promised her stop cost figures"},
		{"I will stop by on Friday", line.Ours, "2026-03-13", "I will stop by"},
		{"will drop by Friday", line.Ours, "2026-03-13", "will drop by"},
		{"meeting moved to 2 April", line.Ours, "2026-04-02", "meeting moved"},
		{"said not now, come back in September", line.Ours, "2026-09-01", "come back"},
		{"zoom, next call 3/18 at 10", line.Ours, "2026-03-18", "next call 3/18 at 10"},
		{"Telefonat, fragt ihre IT bis Freitag", line.Theirs, "2026-03-13", "fragt ihre IT"},
		{"Anruf, sie wird die IT fragen", line.Theirs, "", "sie wird die IT fragen"},
		{"hij zal het aan inkoop vragen", line.Theirs, "", "hij zal het aan inkoop vragen"},
		{"ich schicke ihr das Angebot bis 2. April", line.Ours, "2026-04-02", "ich schicke ihr das Angebot"},
		{"melde mich nächste Woche", line.Ours, "2026-03-20", "melde mich"},
		{"llamada, va a preguntar a TI antes del viernes", line.Theirs, "2026-03-13", "va a preguntar a TI"},
		{"le mandaré la oferta mañana", line.Ours, "2026-03-12", "le mandaré la oferta"},
		{"elle doit demander à son DSI avant vendredi", line.Theirs, "2026-03-13", "elle doit demander à son DSI"},
		{"je lui envoie le devis demain", line.Ours, "2026-03-12", "je lui envoie le devis"},
		{"vai falar com o chefe até sexta", line.Theirs, "2026-03-13", "vai falar com o chefe"},
		{"mi fa sapere entro venerdì", line.Theirs, "2026-03-13", "mi fa sapere"},
		{"laat weten voor vrijdag", line.Theirs, "2026-03-13", "laat weten"},
	} {
		l := parse(t, "dana: "+c.note)
		if l.Step == nil {
			t.Errorf("%q: no step", c.note)
			continue
		}
		due := ""
		if !l.Step.Due.IsZero() {
			due = l.Step.Due.Format(time.DateOnly)
		}
		if l.Step.Whose != c.whose || due != c.due || l.Step.Text != c.text {
			t.Errorf("%q: %s %q %q, want %s %q %q", c.note, l.Step.Whose, due, l.Step.Text, c.whose, c.due, c.text)
		}
		if !strings.Contains(l.Note, l.Step.Words) || !strings.Contains(l.Step.Words, l.Step.Text) {
			t.Errorf("%q: %q is not in the note's words %q", c.note, l.Step.Text, l.Step.Words)
		}
	}
}

func TestNoStep(t *testing.T) {
	for _, note := range []string{
		"call, asked about the audit trail",
		"she'll think about it",
		"sie wird darüber nachdenken",
		"will not sign this year",
		"appel, elle me tue",
		"call, they will not call again tue",
		"she likes the sun",
		"sent it eod", // and no day to come
		"call, Frau Do nochmal",
		"llamada, le envió la oferta",
		"asked us to stop all mail to her",
		"asked us to stop all calls by Friday",
		"asked us to stop calling",
		"asked us to stop",
		"did not call before Friday",
		"signed on Friday",
		"live since May",
		"met her yesterday",
		"Ça va bien",
		"“we will see”, he said",
		"mail him fri, no reply",
		"they want a pilot in May", // wishes are nobody's step yet
		"call, wants a quote",
		"she wants to start small",
		"wants the price list",
	} {
		if l := parse(t, "dana: "+note); l.Step != nil {
			t.Errorf("%q: step %+v", note, *l.Step)
		}
	}
}

// Of several steps the first with a day is the one to be reminded of.
func TestSteps(t *testing.T) {
	l := parse(t, "dana: call, promised to send the ROI study, she'll ask IT by Friday, I'll call on Monday")
	if len(l.Steps) != 3 || l.Step != &l.Steps[1] || l.Steps[0].Whose != line.Ours || l.Step.Whose != line.Theirs || l.Steps[2].Whose != line.Ours {
		t.Errorf("steps = %+v, step = %+v", l.Steps, l.Step)
	}
}

// The two sides' steps told in one breath are two, each with its own day.
func TestStepsInOneBreath(t *testing.T) {
	l := parse(t, "dana: quick one - he'll send specs by 12/12 and I owe him the roi sheet tmrw")
	if len(l.Steps) != 2 || l.Steps[0].Whose != line.Theirs || l.Steps[0].Text != "he'll send specs" || l.Steps[0].Due.Format(time.DateOnly) != "2026-12-12" ||
		l.Steps[1].Whose != line.Ours || l.Steps[1].Text != "I owe him the roi sheet" || l.Steps[1].Due.Format(time.DateOnly) != "2026-03-12" {
		t.Errorf("steps = %+v", l.Steps)
	}
	l = parse(t, "dana: she'll ask IT and I'll call her on Monday")
	if len(l.Steps) != 2 || !l.Steps[0].Due.IsZero() || l.Steps[1].Whose != line.Ours {
		t.Errorf("steps = %+v", l.Steps)
	}
	if l = parse(t, "dana: she'll ask IT and her boss by Friday"); len(l.Steps) != 1 {
		t.Errorf("steps = %+v", l.Steps)
	}
}
