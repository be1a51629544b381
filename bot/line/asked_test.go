package line_test

import "testing"

// Whose turn it is, and until when. Counted from Wednesday 11 March 2026.
func TestTimeTheyGaveUs(t *testing.T) {
	wantSteps(t, map[string]string{
		"she gave us until Friday to answer":                        "us 2026-03-13: she gave us until Friday to answer",
		"gave us till Friday noon for the offer":                    "us 2026-03-13: gave us till Friday noon for the offer",
		"I have until the 20th to get him a reference":              "us 2026-03-20: get him a reference",
		"we have until 27 March to answer her questions":            "us 2026-03-27: answer her questions",
		"ich habe bis zum 20. Zeit für die Referenz":                "us 2026-03-20: ich habe bis zum 20. Zeit für die Referenz",
		"wir haben bis Freitag Zeit für das Angebot":                "us 2026-03-13: wir haben bis Freitag Zeit für das Angebot",
		"nos da hasta el viernes para contestar":                    "us 2026-03-13: nos da hasta el viernes para contestar",
		"nous avons jusqu'à vendredi pour répondre":                 "us 2026-03-13: nous avons jusqu'à vendredi pour répondre",
		"they sent me questions, I have not answered":               "us: I have not answered",
		"he sent two questions, I still have to answer":             "us: I still have to answer",
		"her purchasing sent us a list of questions, not answered":  "us: not answered",
		"hat mir drei Fragen geschickt, muss ich noch beantworten":  "us: muss ich noch beantworten",
		"nos mandó unas preguntas, aún no he contestado":            "us: aún no he contestado",
		"m'a envoyé deux questions, je n'ai pas encore répondu":     "us: je n'ai pas encore répondu",
		"mi ha mandato tre domande, non ho ancora risposto":         "us: non ho ancora risposto",
		"stuurde me drie vragen, ik heb nog niet geantwoord":        "us: ik heb nog niet geantwoord",
		"tender closes Friday noon, our offer has to be in by then": "us 2026-03-13: tender closes Friday noon",
		"they gave me a week to come back on price":                 "us 2026-03-18: they gave me a week to come back on price",
		"need to get her the reference by the 20th":                 "us 2026-03-20: need to get her the reference",
		"waiting on me for the pricing":                             "us: waiting on me for the pricing",
		"she is waiting for our quote":                              "us: she is waiting for our quote",
		"wartet auf unser Angebot":                                  "us: wartet auf unser Angebot",
		"muss ihr noch die Referenzen nennen":                       "us: muss ihr noch die Referenzen nennen",
		"le debo una respuesta desde el lunes":                      "us: le debo una respuesta desde el lunes",
		"she asked three things by mail, haven't got round to it":   "us: haven't got round to it",
		"must be in by noon on the 20th":                            "us 2026-03-20: must be in by noon",
		"promised to get back to him within two days":               "us 2026-03-13: promised to get back to him",
		"they asked for references and I haven't sent any":          "us: I haven't sent any",
		"his mail from last week is still unanswered":               "us: his mail from last week is still unanswered",
		"noch nicht auf seine Fragen geantwortet":                   "us: noch nicht auf seine Fragen geantwortet",
		"me pidió precios y todavía no se los mandé":                "us: todavía no se los mandé",
		// Theirs, or nobody's.
		"my mail is still unanswered":                    "",
		"promised to get back to me within two days":     "them 2026-03-13: promised to get back to me",
		"they need to send the list by Friday":           "them 2026-03-13: they need to send the list",
		"we have two weeks of holiday":                   "",
		"is not waiting for our quote":                   "",
		"they have until Friday to decide":               "them 2026-03-13: they have until Friday to decide",
		"I gave her until Friday to decide":              "them 2026-03-13: I gave her until Friday to decide",
		"sent her two questions, not answered yet":       "",
		"sent him three questions, he has not answered":  "",
		"called, did not answer":                         "",
		"wir haben bis Freitag geliefert":                "",
		"they have until Friday off, then all are back":  "",
		"nos mandó unas preguntas":                       "",
		"contract with the cleaning firm runs to Friday": "",
	})
}

// A day that is told by another one of the note.
func TestDaysThatFollow(t *testing.T) {
	wantSteps(t, map[string]string{
		"board meets Tuesday week and he'll tell me the day after":          "them 2026-03-25: he'll tell me",
		"la junta es el jueves y me dice al día siguiente":                  "them 2026-03-13: me dice",
		"fully booked till Easter, ring me the week after":                  "us 2026-04-07: ring me",
		"ausgebucht bis Ostern, in der Woche danach anrufen":                "us 2026-04-07: in der Woche danach anrufen",
		"busy till mid April, try him the week after":                       "us 2026-04-20: try him",
		"framework runs to the end of March 2027, try us then":              "us 2027-03-31: try us then",
		"Rahmenvertrag bis Ende März 2027, dann nochmal versuchen":          "us 2027-03-31: nochmal versuchen",
		"said no, budget closed to the end of the year, try me after that":  "us 2026-12-31: try me after that",
		"on paternity leave till the end of May":                            "them 2026-05-31: on paternity leave till the end of May",
		"en congé paternité jusqu'à fin mai":                                "them 2026-05-31: en congé paternité jusqu'à fin mai",
		"de baja por paternidad hasta finales de mayo":                      "them 2026-05-31: de baja por paternidad hasta finales de mayo",
		"in congedo fino a fine maggio":                                     "them 2026-05-31: in congedo fino a fine maggio",
		"bid deadline 27 March, wants our numbers a week before that":       "us 2026-03-27: bid deadline",
		"committee on 24 March, she'll let me know by the end of that week": "them 2026-03-27: she'll let me know",
		"he's in Munich till Thursday, back in the office the day after":    "them 2026-03-13: back in the office the day after",
		// No day of the note is before it, or it is behind.
		"rang her the day after the fair":         "",
		"met her Monday, she rang the day after":  "",
		"will call her the day after her holiday": "us: will call her the day after her holiday",
	})
}

// Appointments that stand, or were moved: the day that counts.
func TestAppointmentsThatStand(t *testing.T) {
	wantSteps(t, map[string]string{
		"we're on for Wednesday 25 March at 10":                "us 2026-03-25: we're on for Wednesday 25 March at 10",
		"Termin steht, Donnerstag, den 26. März um 14 Uhr":     "us 2026-03-26: Termin steht, Donnerstag, den 26. März um 14 Uhr",
		"visit confirmed, Tuesday 17 March, 9:30":              "us 2026-03-17: visit confirmed",
		"ci vediamo lunedì 23 marzo alle 9":                    "us 2026-03-23: ci vediamo lunedì 23 marzo alle 9",
		"nos vemos el jueves 26 a las 10":                      "us 2026-03-26: nos vemos el jueves 26 a las 10",
		"on se voit jeudi 26 mars à 10h":                       "us 2026-03-26: on se voit jeudi 26 mars à 10h",
		"wir sehen uns am Dienstag um 14 Uhr":                  "us 2026-03-17: wir sehen uns am Dienstag um 14 Uhr",
		"call moved from Thursday to Monday the 23rd":          "us 2026-03-23: call moved from Thursday to Monday the 23rd",
		"moved the demo from Tuesday to Thursday 2 April":      "us 2026-04-02: moved the demo from Tuesday to Thursday 2 April",
		"Besuch verschoben von Donnerstag auf Montag, den 23.": "us 2026-03-23: Besuch verschoben von Donnerstag auf Montag, den 23",
		"rdv décalé de jeudi à lundi 23 mars":                  "us 2026-03-23: rdv décalé de jeudi à lundi 23 mars",
		"riunione spostata da giovedì a lunedì 23 marzo":       "us 2026-03-23: riunione spostata da giovedì a lunedì 23 marzo",
		"demo on Monday instead of Thursday":                   "us 2026-03-16: demo on Monday instead of Thursday",
		"postponed the call, new date 2 April":                 "us 2026-04-02: postponed the call, new date",
		"rdv reporté, nouvelle date le 2 avril":                "us 2026-04-02: rdv reporté, nouvelle date",
		"pushed to the 23rd, her side":                         "us 2026-03-23: pushed to the 23rd",
		"confirmed for Mon 16 March 11am at theirs":            "us 2026-03-16: confirmed for Mon 16 March 11am at theirs",
		"wir haben uns auf Dienstag den 17. geeinigt":          "us 2026-03-17: wir haben uns auf Dienstag den 17. geeinigt",
		"visit's off, now Friday week":                         "us 2026-03-20: visit's off, now Friday week",
		"nächster Termin: Mi 18.3., 9 Uhr bei ihm":             "us 2026-03-18: nächster Termin",
		"see each other again on the 20th":                     "us 2026-03-20: see each other again",
		"die Demo wurde auf den 20. April verlegt":             "us 2026-04-20: die Demo wurde auf den 20. April verlegt",
		"cambiamos la demo del lunes al miércoles 18":          "us 2026-03-18: cambiamos la demo del lunes al miércoles 18",
		"on a reporté au 12 avril":                             "us 2026-04-12: on a reporté",
		// None: no appointment is told of, or the day is behind.
		"open from Monday to Friday":                 "",
		"price list moved to the new site":           "",
		"see her point about price":                  "",
		"saw him on Thursday":                        "",
		"the visit did not happen, Thursday 2 April": "",
		"moved from Leeds to York in April":          "",
	})
}
