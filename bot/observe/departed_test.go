package observe_test

import (
	"slices"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

// Who left is told from who left a message, and by the name of their company.
func TestDeparture(t *testing.T) {
	r := reader(t)
	for note, want := range map[string]observe.Departure{
		"he left Walsh Print last week, new man is Declan Byrne":           observe.Left,
		"left Walsh Print in May":                                          observe.Left,
		"he retired, his successor is Anouk Smit":                          observe.Left,
		"has left, now at Bosch":                                           observe.Left,
		"she moved to Marriott, starts in January":                         observe.Left,
		"ist nicht mehr im Unternehmen, Nachfolgerin ist Frau Berta Klein": observe.Left,
		"arbeitet jetzt bei Bosch":                                         observe.Left,
		"a quitté l'entreprise, son successeur est Paul Morel":             observe.Left,
		"est partie chez Bosch":                                            observe.Left,
		"mail bounced, address unknown":                                    observe.Unmailed,
		"Mail kam zurück, Adresse unbekannt":                               observe.Unmailed,
		"adresse inconnue, le mail est revenu":                             observe.Unmailed,
		"she is on maternity leave, back on 1 March":                       observe.Absent,
		"in Elternzeit bis März":                                           observe.Absent,
		"en arrêt maladie jusqu'à mi-janvier":                              observe.Absent,
		"call on 2 April, she is on holiday":                               observe.Absent,
		"she was on holiday until 25 March":                                observe.Absent,
		"was on sick leave since May":                                      observe.Absent,
		"on sick leave until the last week of March":                       observe.Absent,
		"in malattia da ieri":                                              observe.Absent,
		"in malattia dalla settimana scorsa":                               observe.Absent,
		"on sick leave as of last week":                                    observe.Absent,
		"on maternity leave from last Monday":                              observe.Absent,
		"told me yesterday she is on maternity leave":                      observe.Absent,
		"on holiday last week":                                             observe.Stays,
		"letzte Woche im Urlaub":                                           observe.Stays,
		"she was on holiday last week":                                     observe.Stays,
		"call, he was on sick leave":                                       observe.Stays,
		"war letzte Woche im Urlaub":                                       observe.Stays,
		"ist im Urlaub gewesen":                                            observe.Stays,
		"estuvo de baja":                                                   observe.Stays,
		"returned from parental leave":                                     observe.Stays,
		"retires in December":                                              observe.Stays,
		"got promoted, celebrates with her team":                           observe.Stays,
		"her boss retires in December":                                     observe.Stays,
		"the old line retires in December":                                 observe.Stays,
		"he left a message":                                                observe.Stays,
		"she left the meeting early":                                       observe.Stays,
		"agent said yes, she left":                                         observe.Stays,
		"her boss left the company":                                        observe.Stays,
		"they moved to Salesforce":                                         observe.Stays,
		"she moved to Boston Scientific":                                   observe.Left,
		"she moved to Boston":                                              observe.Stays,
		"she moved to Boston Monday":                                       observe.Stays,
		"she moved to London Office":                                       observe.Stays,
		"moved to Leeds with the whole team":                               observe.Stays,
		"has not left the company after all":                               observe.Stays,
		"cleaners keep leaving at his current firm":                        observe.Stays,
		"asked for a guide on maternity leave rules":                       observe.Stays,
		"": observe.Stays,
	} {
		for range 2 { // the second time it is remembered
			if got := r.Departure(observe.Note{Text: note, Names: []string{"Sean Walsh", "Walsh Print"}}); got != want {
				t.Errorf("%q: %q, want %q", note, got, want)
			}
		}
	}
}

// Who comes after somebody who left is told by name, and only then.
func TestSuccessor(t *testing.T) {
	r := reader(t)
	for note, want := range map[string]string{
		"he left Walsh Print last week, new man is Declan Byrne, declan@walshprint.example": "Declan Byrne",
		"he retired, his successor is Anouk Smit":                                           "Anouk Smit",
		"ist nicht mehr im Unternehmen, Nachfolgerin ist Frau Berta Klein":                  "Berta Klein",
		"in Rente, Nachfolger ist Herr Dr. Jan von der Heide":                               "Jan von der Heide",
		"a quitté l'entreprise, son successeur est Paul Morel":                              "Paul Morel",
		"est partie à la retraite, remplacée par Luc Morel":                                 "Luc Morel",
		"geht Ende Dezember in Rente, ihr Nachfolger wird Paul Brandt":                      "Paul Brandt",
		"got promoted to group level, plant is now run by Sue Hallam":                       "Sue Hallam",
		"retires at the end of the year, Tom Becker takes over":                             "Tom Becker",
		"hört zum Jahresende auf, Anna Klein übernimmt":                                     "Anna Klein",
		"wechselt in die Zentrale, Werk leitet jetzt Jens Pohl":                             "Jens Pohl",
		"se jubila en diciembre, le sustituye Ana Gil":                                      "Ana Gil",
		"ascendida a directora de grupo, la planta la lleva ahora Jorge Ruiz":               "Jorge Ruiz",
		"va in pensione a fine anno, al suo posto arriva Carla Neri":                        "Carla Neri",
		"gaat eind december met pensioen, opvolger wordt Piet de Vries":                     "Piet de Vries",
		"moved to another department, ask for Rob Shaw from now on":                         "Rob Shaw",
		"left for a competitor, Ian Cole does her job now":                                  "Ian Cole",
		"moving to Madrid office in March, her deputy Carla Sanz will handle us":            "Carla Sanz",
		"hört im Januar auf, ab Februar ist Tim Vogt zuständig":                             "Tim Vogt",
		"was promoted to head of maintenance, congratulated her":                            "",
		"plant is run by her boss Sue Hallam":                                               "",
		"Tom Becker takes over the second line":                                             "",
		"has left, now at Bosch":                                                            "",
		"has left, successor not named yet":                                                 "",
		"Anouk Smit is his successor":                                                       "",
		"wants a successor for Max Roth":                                                    "",
	} {
		if got := r.Successor(observe.Note{Text: note, Names: []string{"Sean Walsh", "Walsh Print"}}); got != want {
			t.Errorf("%q: %q, want %q", note, got, want)
		}
	}
}

// Who rose in their own house is there still, unless the note names the person who comes
// after them: a department, a role, a firm, a thing taken over or they themselves is none.
// Each says that somebody rose, and none whom to turn to.
func TestRisenStays(t *testing.T) {
	r := reader(t)
	for _, note := range []string{
		"got promoted, IT takes over the roll-out",
		"was promoted, Procurement takes over the contract",
		"was promoted, Bosch takes over the maintenance",
		"got promoted, now Siemens looks after us for the lifts",
		"got promoted. Nobody takes over yet",
		"Got promoted. She takes over the Leeds plant too",
		"got promoted, takes over from Max Roth as plant manager",
		"has a new role, took over from Jan Weber in May",
		"was promoted, Head Office takes over the budget",
		"was promoted, Human Resources takes over the training",
		"was promoted after they were taken over by Bosch Rexroth",
		"company taken over by Bosch, she was promoted",
		"got promoted, ask for IT when we call",
		"changed roles, now under Finance",
		"was promoted, plant now run by Siemens",
		"has a new role, hands over to HR next month",
		"got promoted, his successor is not named yet, Sue Hallam will tell us",
		"got promoted, successor not known. Sue Hallam sends her regards",
		"got promoted, thanks to Sue Hallam takes over Spain as well",
		"was promoted. Wants a demo on Friday. Met the new buyer. At the fair Ian Cole steps in for our colleague",
		"got promoted, new job is head of maintenance",
		"got promoted, loves her new job",
		"got promoted, IT Support steps in",
		"got promoted, Sales North takes over",
		"has a new role, the Board took over the decision",
		"was promoted, QA has taken over",
		"got promoted, her deputy takes over, Leeds knows",

		"wurde befördert, ist jetzt für den Einkauf zuständig",
		"wurde befördert, ist jetzt für die Qualität zuständig",
		"wurde befördert, ist nun auch für den Jens Pohl zuständig",
		"got promoted, now managed by Sue Hallam",
		"got promoted, is now under Sue Hallam",
		"got promoted, old tool replaced by Microsoft Teams",
		"wurde befördert, Einkauf übernimmt die Bestellung",
		"wurde befördert, die IT übernimmt den Rollout",
		"neue Aufgabe im Werk, die Versicherung übernimmt den Schaden",
		"neue Rolle, Serieneinkauf Nord ist zuständig",
		"wurde befördert, leitet jetzt den Einkauf",
		"wurde befördert, leitet jetzt Großkunden Nord",
		"wurde befördert, macht jetzt Vertrieb Süd",
		"wurde befördert, führt jetzt das Werk in Hof",
		"wurde befördert, Nachfolger noch offen, Info folgt",
		"wurde befördert, Nachfolger wird Anfang Mai benannt",
		"wurde befördert, Firma Bosch übernimmt die Wartung",
		"wechselt in die Zentrale, Dienstleister übernimmt",
		"wechselt intern, ab Mai ist die Technische Leitung zuständig",
		"hat Abteilung gewechselt, Geschäftsleitung übernimmt",
		"wurde befördert, Ansprechpartner bleibt, Kosten übernimmt Acme",
		"wurde befördert. Die Deutsche Bank übernimmt die Finanzierung",
		"wurde befördert, neue Stelle im selben Haus",

		"ascendida, ahora la lleva Compras",
		"ha ascendido, Compras toma el relevo",
		"ascendido, en su lugar decide Finanzas",
		"cambió de departamento, Calidad nos atenderá",
		"ascendida, el nuevo contacto es Recursos Humanos",
		"la han ascendido, nuevo trabajo de directora de planta",

		"promue, le service Achats prend la relève",
		"promu, Achats prend la relève",
		"a été promue, nouveau poste de directrice des achats",
		"a été promu, le Groupe Bosch prend la suite",
		"change de service, la Direction Générale s'occupe de nous",
		"promue, remplaçant est inconnu, Paul Morel nous le dira",

		"promossa, Acquisti subentra",
		"è stato promosso, nuovo posto da direttore",
		"promosso, al suo posto decide Finanza",
		"cambia reparto, la Direzione Acquisti si occuperà di noi",
		"è stata promossa, il nuovo contatto è Risorse Umane",

		"foi promovida, passa a ser Diretora de Compras",
		"foi promovida, passa a ser Gestora Regional Norte",
		"is gepromoveerd, opvolger nog niet bekend, Inkoop meldt zich",
		"andere afdeling, de Inkoop neemt het over",
	} {
		n := observe.Note{Text: note, Names: []string{"Petra Lang", "Acme"}}
		if got := r.Departure(n); got != observe.Stays {
			t.Errorf("%q: %q after %q", note, got, r.Successor(n))
		}
	}
}

// Of who did leave, no more is called a successor than a person is.
func TestSuccessorIsAPerson(t *testing.T) {
	r := reader(t)
	for note, want := range map[string]string{
		"has left, IT takes over":                                                 "",
		"has left, Purchasing handles us now":                                     "",
		"left the company, Bosch takes over the maintenance":                      "",
		"he retired, successor not named yet, Leeds decides":                      "",
		"ist nicht mehr im Unternehmen, Einkauf übernimmt":                        "",
		"ist nicht mehr im Haus, jetzt ist der Einkauf zuständig":                 "",
		"a quitté l'entreprise, Achats prend la relève":                           "",
		"ya no trabaja, Compras nos atenderá":                                     "",
		"non lavora più, Acquisti si occuperà di noi":                             "",
		"he retired, his successor is Declan":                                     "Declan",
		"has left, Sue takes over from May":                                       "Sue",
		"got promoted, from May Sue Hallam takes over":                            "Sue Hallam",
		"got promoted, Ms Hallam takes over the account":                          "Hallam",
		"got promoted. Then Tom Becker takes over":                                "Tom Becker",
		"got promoted. Head of Purchasing Sue Hallam takes over":                  "Sue Hallam",
		"got promoted, new contact is Head of Purchasing Sue Hallam":              "Sue Hallam",
		"wurde befördert, ab April übernimmt Frau Klein, Herr Vogt ist zuständig": "Vogt",
		"wurde befördert, Nachfolger ist der Werkleiter Jens Pohl":                "Jens Pohl",
		"wurde befördert, Kollegin Anna Klein übernimmt":                          "Anna Klein",
		"wurde befördert, Herr Jan von der Heide übernimmt den Einkauf":           "Jan von der Heide",
		"wurde befördert, nachfolgerin ist Frau Klein":                            "Klein",
		"promue, Luc Morel prend la relève":                                       "Luc Morel",
		"ascendida, Ana Gil nos atenderá":                                         "Ana Gil",
		"promosso, Carla Neri subentra":                                           "Carla Neri",
		"wurde befördert, Kollegin Klein übernimmt":                               "Klein",
		"got promoted, her deputy Sue takes over":                                 "Sue",
		"got promoted, Sue takes her desk":                                        "Sue",
		"got promoted, Sue Ward takes over":                                       "Sue Ward",
		"got promoted, TOM BECKER takes over":                                     "TOM BECKER",
		"got promoted, his role was taken over by Adam West":                      "Adam West",
		"got promoted, Acme is now run by Sue Hallam":                             "Sue Hallam",
		"has resigned, her last day is Friday. Tom Becker will handle us":         "Tom Becker",
		"took a new job at Bosch, was promoted there":                             "",
		"foi promovida, João Alves assume o cargo":                                "João Alves",
		"is gepromoveerd, Piet de Vries neemt het over":                           "Piet de Vries",
	} {
		if got := r.Successor(observe.Note{Text: note, Names: []string{"Petra Lang", "Acme"}}); got != want {
			t.Errorf("%q: %q, want %q", note, got, want)
		}
	}
}

// That they rose shows no step of theirs; what stands beside it does.
func TestARiseShowsNoSignal(t *testing.T) {
	r := reader(t)
	for _, note := range []string{
		"got promoted",
		"got promoted, IT takes over the roll-out",
		"wurde befördert, ist jetzt für die Qualität zuständig",
		"neue Aufgabe im Werk",
		"promossa, Acquisti subentra",
		"ascendida, Compras toma el relevo",
		"promue, Achats prend la relève",
	} {
		if got := r.Read(observe.Note{Text: note, Names: []string{"Petra Lang", "Acme"}}, observe.Context{}); len(got) > 0 {
			t.Errorf("%q: %+v", note, got)
		}
	}
	for note, want := range map[string]journey.Signal{
		"got promoted, asked for the audit checklist":                     journey.AskedForMore,
		"wurde befördert, bittet um die Checkliste für das Audit":         journey.AskedForMore,
		"got promoted. Signed the contract for 40 seats":                  journey.Revenue,
		"promossa, non vuole più ricevere email, cancellare dai contatti": journey.OptedOut,
	} {
		got := r.Read(observe.Note{Text: note, Names: []string{"Petra Lang", "Acme"}}, observe.Context{})
		if !slices.ContainsFunc(got, func(f observe.Finding) bool { return f.Signal == want }) {
			t.Errorf("%q: %+v, want %s", note, got, want)
		}
	}
}
