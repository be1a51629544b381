package suggest_test

import (
	"strings"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/suggest"
)

// hardDays reports whether a note alone, with a signal that lets it be read as one, tells
// of hard days of theirs.
func hardDays(l *suggest.Library, text string, signal journey.Signal) bool {
	c := suggest.Case{Now: now, Contact: "Neri", Company: "San Carlo", Stage: "engagement", Status: suggest.StatusActive,
		Notes: []suggest.Note{{At: now, Channel: journey.Meeting, Direction: journey.BothWay, Text: text, Signals: []journey.Signal{signal}}}}
	got := l.Best(c, suggest.Tally{}).Silent
	return got != nil && strings.Contains(got.Say, "hard days")
}

// A hospital is where many of them work, and where we meet them: only who lies there, or
// whose family does, has hard days.
func TestAHospitalIsAPlaceOfWork(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for _, text := range []string{
		"meeting in hospital with the head of theatre, talk again Thursday",
		"demo was in the hospital, went well",
		"was in the hospital for the demo, all liked it",
		"the meeting is in hospital on Friday",
		"Acme is a hospital with 400 beds",
		"is interested in hospital beds",
		"he is responsible in hospital procurement for pumps",
		"went to the hospital in Leeds, saw their stock room",
		"sells to hospital kitchens",
		"our pilot is in hospital north, runs well",
		"lunch in the hospital with her and two nurses",
		"pumps were taken to the hospital on Monday",
		"call, she was at a hospital fair",

		"there is no hospital budget for it",
		"back from the hospital demo",
		"showed the pump in hospital, two men of the kitchen were there",
		"she is not in hospital procurement any more",
		"non è in ospedale oggi",
		"ist nicht mehr im Krankenhaus Nord",
		"works council meets in hospital",
		"new contract from hospital group",
		"they are in hospital supply",

		"Termin im Krankenhaus mit dem Chefarzt, wir sprechen am Donnerstag",
		"Termin ist im Krankenhaus, Haus B",
		"Besuch im Krankenhaus, Lager gesehen",
		"Gespräch im Krankenhaus mit der Pflegeleitung",
		"Vorführung war im Spital, kam gut an",
		"waren heute im Krankenhaus zur Begehung",
		"ist im Krankenhaus für die Technik zuständig",
		"das Gerät ist im Krankenhaus angekommen",
		"Pumpen ins Krankenhaus geliefert",

		"riunione in ospedale con il primario, ci risentiamo giovedì",
		"la riunione è in ospedale, sala B",
		"visita in ospedale, visto il magazzino",
		"incontro in ospedale con la caposala",
		"appuntamento in ospedale giovedì",
		"è in ospedale responsabile degli acquisti",
		"demo in ospedale, tutti contenti",
		"siamo stati in ospedale per il sopralluogo",
		"le pompe sono in ospedale da lunedì",

		"réunion à l'hôpital avec la cadre de santé",
		"rendez-vous à l'hôpital jeudi",
		"la réunion est à l'hôpital, salle B",
		"visite à l'hôpital, vu le stock",
		"déjeuner à l'hôpital avec elle",
		"elle est à l'hôpital responsable des achats",
		"le matériel est à l'hôpital depuis lundi",

		"reunión en el hospital con la jefa de compras",
		"visita al hospital, vimos el almacén",
		"la cita está en el hospital, sala B",
		"está en el hospital de responsable de compras",
		"comida en el hospital con ella",
		"reunião no hospital com a chefe de compras",
		"afspraak in het ziekenhuis met de inkoper",
	} {
		for _, signal := range []journey.Signal{journey.Replied, journey.AgreedMeeting} {
			if hardDays(l, text, signal) {
				t.Errorf("%q: hard days", text)
			}
		}
	}
}

// What stands in another part of the line takes nothing from it.
func TestWhoLiesInAHospitalHasHardDays(t *testing.T) {
	l := suggest.NewLibrary(guide(t), sample(t))
	for _, text := range []string{
		"she is in hospital, meeting cancelled",
		"meeting cancelled, she is in hospital",
		"demo moved: he was taken to hospital",
		"is still in hospital, will call in May",
		"her husband is in hospital",
		"Termin verschoben, sie liegt im Krankenhaus",
		"liegt im Krankenhaus, Termin fällt aus",
		"ist seit Montag im Krankenhaus",
		"ihr Mann liegt im Krankenhaus",
		"riunione rinviata, è in ospedale",
		"è di nuovo in ospedale",
		"suo padre è ricoverato in ospedale",
		"sta in ospedale da lunedì, riunione saltata",
		"réunion annulée, elle est à l'hôpital",
		"il est toujours à l'hôpital",
		"reunión cancelada, está en el hospital",
		"su madre está en el hospital",
		"Dana is in hospital with a broken hip",
		"sie kam gestern ins Krankenhaus",
		"è stata portata in ospedale ieri",
		"elle a été transportée à l'hôpital",
		"fue ingresado en el hospital ayer",
		"ligt in het ziekenhuis, afspraak gaat niet door",
	} {
		if !hardDays(l, text, journey.Replied) {
			t.Errorf("%q: no hard days", text)
		}
	}
}
