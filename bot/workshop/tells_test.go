package workshop

import "testing"

// Every input that a wording of the house names is told in one of its cases, so that
// leaving it out is seen.
func TestWordingsTellTheirInputs(t *testing.T) {
	files, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	k, err := NewKinds(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range k.defaults.Names() {
		def, _ := k.Default(name)
		if def.NeedsModel() {
			continue
		}
		cases := Cases(def)
		for _, in := range def.Inputs {
			if def.Uses(in.Name) && !told(def, in, cases) {
				t.Errorf("%s: nothing shows that it tells %s", name, in.Name)
			}
		}
	}
}
