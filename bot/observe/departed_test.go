package observe_test

import (
	"testing"

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
		"retires in December":                                              observe.Stays,
		"got promoted, celebrates with her team":                           observe.Stays,
		"her boss retires in December":                                     observe.Stays,
		"the old line retires in December":                                 observe.Stays,
		"he left a message":                                                observe.Stays,
		"she left the meeting early":                                       observe.Stays,
		"agent said yes, she left":                                         observe.Stays,
		"her boss left the company":                                        observe.Stays,
		"they moved to Salesforce":                                         observe.Stays,
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
