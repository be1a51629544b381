package suggest

import (
	"slices"
	"testing"
)

// Whether a hospital is spoken of as where somebody lies, whatever weighs beside it.
func TestLiesThere(t *testing.T) {
	for text, lies := range map[string]bool{
		"in hospital until May":                        true,
		"fell off the roof, still in hospital":         true,
		"two men in hospital after the fall":           true,
		"accident in the hall, two in hospital":        true,
		"little one in hospital with his ear":          true,
		"she was with the knee in hospital":            true,
		"she was with the team in hospital":            false,
		"ist mit der Hüfte im Krankenhaus":             true,
		"ist mit der Pflegeleitung im Krankenhaus":     false,
		"back from hospital, needs rest":               true,
		"Bauer is back from hospital":                  true,
		"im Krankenhaus bis Ende Mai":                  true,
		"Kollege aus dem Krankenhaus entlassen":        true,
		"aus dem Krankenhaus":                          false,
		"in hospital":                                  false,
		"meeting on Friday, in hospital":               false,
		"meetings in hospital, three this week":        false,
		"new pumps in hospital":                        false,
		"interested in hospital beds":                  false,
		"Acme is a hospital in Leeds":                  false,
		"there is no hospital near":                    false,
		"the tender is in hospital hands":              false,
		"Vertrag ist im Krankenhaus Mitte":             false,
		"Angebot liegt bei der Leitung im Krankenhaus": false,
		"l'offre est à l'hôpital":                      false,
		"l'offerta è in ospedale":                      false,
		"la oferta está en el hospital":                false,
		"a proposta está no hospital":                  false,
		"o pai dele está no hospital":                  true,
		"o pai foi internado no hospital":              true,
		"de offerte ligt in het ziekenhuis":            false,
		"haar man ligt in het ziekenhuis":              true,
	} {
		ws := words(text)
		got := noTrade(folded(ws), text, ws)
		house := slices.ContainsFunc(got, func(w string) bool { return goesIn[w] != nil })
		if house != lies {
			t.Errorf("%q: lies there %v", text, house)
		}
	}
}
