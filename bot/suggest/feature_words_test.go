package suggest

import "testing"

// Every feature that a suggestion is kept with can be told to people.
func TestFeatureWords(t *testing.T) {
	said := map[string]FeatureName{}
	for _, name := range append(featureNames[:], FeatureRecord) {
		words, _ := name.Words()
		if words == string(name) {
			t.Errorf("%q has no words", name)
		}
		if other, twice := said[words]; twice {
			t.Errorf("%q and %q have the same words", name, other)
		}
		said[words] = name
	}
}
