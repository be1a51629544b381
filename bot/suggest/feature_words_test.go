package suggest

import "testing"

// Every feature that a suggestion is kept with can be told to people, and no two in the same
// words, nor one in the same whether it spoke for an item or against it.
func TestFeatureWords(t *testing.T) {
	said := map[string]FeatureName{}
	for _, name := range append(featureNames[:], FeatureRecord) {
		if name.Favour() == "" && name.Against() == "" {
			t.Errorf("%q has no words", name)
		}
		for _, words := range []string{name.Favour(), name.Against()} {
			if words == string(name) {
				t.Errorf("%q is told as it is", name)
			}
			if other, twice := said[words]; twice && words != "" {
				t.Errorf("%q and %q have the same words", name, other)
			}
			said[words] = name
		}
	}
}

// corrections are made of two other features, or of one, and take back some of what those add.
var corrections = map[FeatureName]bool{FeaturePointed: true, FeatureAkin: true, FeatureMade: true, FeatureOwn: true}

// What was fitted to speak against an item, and tells something, has words for that; what can
// only speak against one is fitted not to speak for it, or weighs next to nothing.
func TestFeatureWordsFollowTheWeights(t *testing.T) {
	const trifle = 0.011
	for f, weight := range fitted.weights {
		name := featureNames[f]
		if weight > trifle && name.Favour() == "" {
			t.Errorf("%q weighs %.2f for an item, and that is not told", name, weight)
		}
		if weight < -trifle && name.Against() == "" && !corrections[name] {
			t.Errorf("%q weighs %.2f against an item, and that is not told", name, weight)
		}
	}
}
