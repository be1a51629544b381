package line_test

import (
	"testing"
	"time"

	"cairn/bot/line"
)

// Until when to leave them be, days that are told by others, and what they told us to
// do. Counted from Wednesday 11 March 2026.
func TestStepsThatNeedAnotherWord(t *testing.T) {
	for note, want := range map[string][]line.Step{
		"budget is with her boss; let it be until May":                                   {{Text: "let it be until May", Until: true, Due: on(t, "2026-05-01")}},
		"told us what they need, leave her alone until 12 May":                           {{Text: "leave her alone until 12 May", Until: true, Due: on(t, "2026-05-12")}},
		"accepted my invitation, lass sie bis Mai in Ruhe":                               {{Text: "lass sie bis Mai in Ruhe", Until: true, Due: on(t, "2026-05-01")}},
		"me contó sus problemas, dejarla en paz hasta mayo":                              {{Text: "dejarla en paz hasta mayo", Until: true, Due: on(t, "2026-05-01")}},
		"she asked to be left alone until May":                                           {{Text: "she asked to be left alone until May", Until: true, Due: on(t, "2026-05-01")}},
		"demo agreed for 14 April, let her be until then":                                {{Text: "demo agreed", Due: on(t, "2026-04-14")}, {Text: "let her be until then", Until: true, Due: on(t, "2026-04-14")}},
		"we left her alone until May":                                                    nil,
		"won't let it rest until May":                                                    nil,
		"danach lassen sie uns bis Freitag wissen":                                       {{Text: "danach lassen sie uns bis Freitag wissen", Whose: line.Theirs, Due: on(t, "2026-03-13")}},
		"er lässt uns bis Freitag wissen":                                                {{Text: "er lässt uns bis Freitag wissen", Whose: line.Theirs, Due: on(t, "2026-03-13")}},
		"lassen wir sie bis Freitag in Ruhe prüfen":                                      nil,
		"they leave it with legal until Friday":                                          {{Text: "they leave it with legal", Whose: line.Theirs, Due: on(t, "2026-03-13")}},
		"she'll leave this with IT until Friday":                                         {{Text: "she'll leave this with IT", Whose: line.Theirs, Due: on(t, "2026-03-13")}},
		"give her space until 12 May":                                                    {{Text: "give her space until 12 May", Until: true, Due: on(t, "2026-05-12")}},
		"we can leave it running until Friday":                                           nil,
		"they leave this until Friday":                                                   {{Text: "they leave this", Whose: line.Theirs, Due: on(t, "2026-03-13")}},
		"all quiet, lassen wir ihn in Ruhe bis Mai":                                      {{Text: "lassen wir ihn in Ruhe bis Mai", Until: true, Due: on(t, "2026-05-01")}},
		"sie sagte, lassen Sie uns bis Mai in Frieden":                                   {{Text: "lassen Sie uns bis Mai in Frieden", Until: true, Due: on(t, "2026-05-01")}},
		"bis Mai lasse ich sie in Ruhe":                                                  {{Text: "bis Mai lasse ich sie in Ruhe", Until: true, Due: on(t, "2026-05-01")}},
		"no answer, leave it until May":                                                  {{Text: "leave it until May", Until: true, Due: on(t, "2026-05-01")}},
		"no answer, leave it at that until May":                                          {{Text: "leave it at that until May", Until: true, Due: on(t, "2026-05-01")}},
		"demo agreed for 14 April, leave this until then":                                {{Text: "demo agreed", Due: on(t, "2026-04-14")}, {Text: "leave this until then", Until: true, Due: on(t, "2026-04-14")}},
		"leave him alone for now":                                                        nil,
		"he said call me again in two weeks":                                             {{Text: "he said call me again", Due: on(t, "2026-03-25")}},
		"call me again, she said":                                                        {{Text: "call me again", Told: true}},
		"no time now, ring me back on Friday":                                            {{Text: "ring me back", Told: true, Due: on(t, "2026-03-13")}},
		"don't call me again, she said":                                                  nil,
		"workshop on 8 April, docs due three weeks later":                                {{Text: "workshop", Due: on(t, "2026-04-08")}, {Text: "docs", Due: on(t, "2026-04-29")}},
		"kickoff on 11 May, they send the data ten days later":                           {{Text: "kickoff", Due: on(t, "2026-05-11")}, {Text: "they send the data", Whose: line.Theirs, Due: on(t, "2026-05-21")}},
		"signing on 11 May, two days after signing they start":                           nil,
		"moved the visit from Thursday to the Tuesday after, a fitter is ill":            {{Text: "moved the visit from Thursday to the Tuesday after", Due: on(t, "2026-03-17")}},
		"Besuch von Donnerstag auf den Dienstag darauf verschoben":                       {{Text: "Besuch von Donnerstag auf den Dienstag darauf verschoben", Due: on(t, "2026-03-17")}},
		"demo agreed for 14 April, I'll call her Thursday after lunch":                   {{Text: "demo agreed", Due: on(t, "2026-04-14")}, {Text: "I'll call her Thursday after lunch", Due: on(t, "2026-03-12")}},
		"met her Monday, I'll ring Thursday after lunch":                                 {{Text: "I'll ring Thursday after lunch", Due: on(t, "2026-03-12")}},
		"met her Monday, I'll ring Thursday after 3pm":                                   {{Text: "I'll ring Thursday after 3pm", Due: on(t, "2026-03-12")}},
		"met her Monday, I'll ring on Thursday after ten":                                {{Text: "I'll ring on Thursday after ten", Due: on(t, "2026-03-12")}},
		"demo il 14 aprile, devo chiamarla giovedì dopo pranzo":                          {{Text: "demo", Due: on(t, "2026-04-14")}, {Text: "devo chiamarla giovedì dopo pranzo", Due: on(t, "2026-03-12")}},
		"demo agreed for 14 April, I'll call her the Thursday after":                     {{Text: "demo agreed", Due: on(t, "2026-04-14")}, {Text: "I'll call her", Due: on(t, "2026-04-16")}},
		"demo agreed for 14 April, I'll visit her the Thursday after at her plant":       {{Text: "demo agreed", Due: on(t, "2026-04-14")}, {Text: "I'll visit her the Thursday after at her plant", Due: on(t, "2026-04-16")}},
		"demo agreed for 14 April, I'll call her the Thursday after at 10":               {{Text: "demo agreed", Due: on(t, "2026-04-14")}, {Text: "I'll call her the Thursday after at 10", Due: on(t, "2026-04-16")}},
		"demo agreed for 14 April, I'll call her the Thursday after to talk prices":      {{Text: "demo agreed", Due: on(t, "2026-04-14")}, {Text: "I'll call her the Thursday after to talk prices", Due: on(t, "2026-04-16")}},
		"demo agreed for 14 April, I'll call her the Thursday after that":                {{Text: "demo agreed", Due: on(t, "2026-04-14")}, {Text: "I'll call her", Due: on(t, "2026-04-16")}},
		"demo agreed for 14 April, I'll call her the Thursday after because she is away": {{Text: "demo agreed", Due: on(t, "2026-04-14")}, {Text: "I'll call her the Thursday after because she is away", Due: on(t, "2026-04-16")}},
		"démo le 14 avril, je vais l'appeler le jeudi d'après pour en parler":            {{Text: "démo", Due: on(t, "2026-04-14")}, {Text: "je vais l'appeler le jeudi d'après pour en parler", Due: on(t, "2026-04-16")}},
		"demo from Monday to Thursday":                                                   {{Text: "demo from Monday to Thursday", Due: on(t, "2026-03-16")}},
		"on-site trial from 7 to 11 April":                                               {{Text: "on-site trial", Due: on(t, "2026-04-07")}},
		"questionnaire came in, 84 questions, due back on the 20th":                      {{Text: "84 questions, due back", Due: on(t, "2026-03-20")}},
		"I owe him the list, he owes me their asset export":                              {{Text: "I owe him the list"}, {Text: "he owes me their asset export", Whose: line.Theirs}},
		"she gets me headcount by Friday":                                                {{Text: "she gets me headcount", Whose: line.Theirs, Due: on(t, "2026-03-13")}},
		"er hat sich beschwert, ich kläre das bis morgen":                                {{Text: "ich kläre das", Due: on(t, "2026-03-12")}},
		"er ist bis Montag auf Reisen":                                                   {{Text: "er ist bis Montag auf Reisen", Whose: line.Theirs, Due: on(t, "2026-03-16")}},
		"left a message, he's travelling till next Tuesday":                              {{Text: "he's travelling till next Tuesday", Whose: line.Theirs, Due: on(t, "2026-03-17")}},
	} {
		got := parse(t, "dana: "+note).Steps
		if len(got) != len(want) {
			t.Errorf("%q: %+v", note, got)
			continue
		}
		for i, w := range want {
			if w.Whose == "" {
				w.Whose = line.Ours
			}
			g := got[i]
			if g.Text != w.Text || g.Whose != w.Whose || g.Told != w.Told || g.Until != w.Until || g.Due.Format(time.DateOnly) != w.Due.Format(time.DateOnly) {
				t.Errorf("%q: %+v, want %+v", note, g, w)
			}
		}
	}
}

func on(t *testing.T, day string) time.Time {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Words of a team say what leaves somebody be, and nothing else does then.
func TestLetBeByATeamsWords(t *testing.T) {
	w := line.NewWords([]string{"park _ account", "ne pas .. embêter"})
	now := time.Date(2026, time.March, 11, 9, 0, 0, 0, time.UTC)
	for note, want := range map[string]struct {
		said  bool
		until string
	}{
		"asked for prices, park the account until 12 May": {true, "2026-05-12"},
		"park her account":                      {true, ""},
		"ne pas trop l'embêter avant le 12 mai": {true, "2026-05-12"},
		"leave her be until 12 May":             {false, ""},
		"won't park her account until 12 May":   {false, ""},
		"":                                      {false, ""},
	} {
		until, said := w.LetBe(note, now)
		day := ""
		if !until.IsZero() {
			day = until.Format(time.DateOnly)
		}
		if said != want.said || day != want.until {
			t.Errorf("%q: %v until %q, want %v until %q", note, said, day, want.said, want.until)
		}
	}
}

// What needs a day beside it, or is done at leisure, leaves nobody be.
func TestLetBe(t *testing.T) {
	now := time.Date(2026, time.March, 11, 9, 0, 0, 0, time.UTC)
	for note, want := range map[string]bool{
		"leave it with legal":                        false,
		"leave it with legal, and leave her alone":   true,
		"leave it with legal. Please leave her be":   true,
		"leave it with legal, we left her alone":     false,
		"leave this until 12 May":                    true,
		"lassen wir sie das in Ruhe prüfen":          false,
		"sie lassen sich das in Ruhe durch den Kopf": false,
		"keine Antwort, ich lasse sie jetzt in Ruhe": true,
		"had to leave, will be back":                 false,
		"let me know when I should be there":         false,
		"leave her alone":                            true,
		"we left her alone until May":                false,
		"lasciare in pace":                           true,
		"met rust laten tot 12 mei":                  true,
	} {
		if _, said := line.Shipped().LetBe(note, now); said != want {
			t.Errorf("%q: %v, want %v", note, said, want)
		}
	}
}
