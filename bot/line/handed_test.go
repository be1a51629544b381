package line_test

import "testing"

// What was left, shown, read out or gone through is given as well as what was sent; the
// product itself, what they did, and what is no content are not.
func TestHanded(t *testing.T) {
	for note, want := range map[string]string{
		"printed out the checklist and left it on his desk":           "checklist",
		"printed the checklist, left it at reception":                 "checklist",
		"dropped off the sample kit at reception":                     "sample kit",
		"left the audit checklist at reception":                       "audit checklist",
		"put the near miss poster in his pigeonhole":                  "near miss poster",
		"gave the checklist to her assistant":                         "checklist",
		"handed out the bearings article at the visit":                "bearings article",
		"showed him the pilot plan":                                   "pilot plan",
		"showed her the ROI sheet on my tablet":                       "ROI sheet",
		"showed her boss the pilot plan":                              "pilot plan",
		"read her the downtime figures over the phone":                "downtime figures",
		"walked him through the ROI calculator":                       "ROI calculator",
		"went through the checklist with him":                         "checklist",
		"brought her the HACCP guide":                                 "HACCP guide",
		"Preisliste am Telefon durchgegeben":                          "Preisliste",
		"Leitfaden am Empfang abgegeben":                              "Leitfaden",
		"ihm den Pilotplan gezeigt":                                   "Pilotplan",
		"Checkliste ausgedruckt und ihm auf den Tisch gelegt":         "Checkliste",
		"le dejé la guía en recepción":                                "guía",
		"le enseñé el plan piloto":                                    "plan piloto",
		"déposé le guide à l'accueil":                                 "guide",
		"lui ai montré le plan pilote":                                "plan pilote",
		"gli ho lasciato la guida in reception":                       "guida",
		"deixei o guia na recepção":                                   "guia",
		"gids bij de receptie afgegeven":                              "gids",
		"heb hem het pilotplan laten zien":                            "pilotplan",
		"gab ihm unsere Checkliste mit":                               "Checkliste",
		"talked through the near miss guide together":                 "near miss guide",
		"left two copies of the checklist on the line manager's desk": "checklist",
		// Nothing that was given.
		"showed him the app":                       "",
		"showed her the product":                   "",
		"showed him the way to the station":        "",
		"showed interest in the pilot plan":        "",
		"she showed me her plan":                   "",
		"she dropped off the form at reception":    "",
		"he left his card at reception":            "",
		"left him a message at reception":          "",
		"left a voicemail":                         "",
		"left the meeting early":                   "",
		"left the company in May":                  "",
		"brought her boss along":                   "",
		"printed out the contract":                 "",
		"will leave the checklist at reception":    "",
		"went through the contract with him":       "",
		"did not leave the checklist at reception": "",
		"put the demo off to May":                  "",
		"gave the matter some thought":             "",
	} {
		got := ""
		for _, g := range parse(t, "dana: "+note).Gives {
			got += g.Object
		}
		if got != want {
			t.Errorf("%q: given %q, want %q", note, got, want)
		}
	}
}
