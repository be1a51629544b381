package bot

import "testing"

// A heading within a note is nobody; somebody with their company is.
func TestHeadOfALine(t *testing.T) {
	for text, want := range map[string]bool{
		"Pat Ray, Silo: he signed":                      true,
		"Ursula von der Heide, Silo GmbH: he signed":    true,
		"Jean-Luc Petit, Usine du Nord: veut un devis":  true,
		"Next Steps, Timeline: soon":                    false,
		"Nächste Schritte, Termine: bald":               false,
		"Head Office, Berlin: closed":                   false,
		"Open Points, Risks: none":                      false,
		"Pat Ray, CFO: wants a quote":                   false,
		"Pat Ray: wants a quote":                        false,
		"next steps, budget: 20k":                       false,
		"Pat Ray, Silo":                                 false,
		"Budget: 20k":                                   false,
		"She said to Pat Ray, Silo: no":                 false,
		"NEXT STEPS, SILO: none":                        false,
		"Purchasing, Silo: no":                          false,
		"See https://silo.example, Silo: the page":      false,
		"Pat Ray, Silo, Berlin: he signed the contract": false, // three parts: it is asked which is the company
	} {
		w, ok := headOf(text)
		if got := ok && isNameAndCompany(w); got != want {
			t.Errorf("%q is somebody with a company: %v, want %v (%+v)", text, got, want, w)
		}
	}
}

// Part of a name may be the same person.
func TestSharesName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"Dana Ruiz", "dana", true}, {"dana", "Dana Ruiz", true}, {"Bob Hale", "Bob Reed", false}, {"Bob Hale", "nils", false}} {
		if got := sharesName(c.a, c.b); got != c.want {
			t.Errorf("%q and %q share a name: %v", c.a, c.b, got)
		}
	}
}
