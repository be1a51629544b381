package suggest

// featureWords tell each feature to people, so that "what spoke for it: …" can be
// read; those that speak against an item by their nature are under against.
var featureWords, against = map[FeatureName]string{
	FeatureTopic:    "it is about their very words",
	FeatureTheme:    "it is about what their words mean",
	FeatureLatest:   "it is about what they spoke of last",
	FeatureNear:     "it is close to what they said",
	FeatureAbout:    "it is like what the latest note is about",
	FeatureThread:   "it is like what all the notes are about",
	FeatureNeed:     "it is about what they need now",
	FeatureNext:     "it is what comes next after what they did",
	FeatureKind:     "it is of the kind that is called for",
	FeatureFollows:  "it goes on from what they have had",
	FeatureStage:    "it is made for where they stand",
	FeatureRole:     "it is made for what they are, or for somebody they named",
	FeatureBrings:   "it is made for somebody whom they will ask",
	FeatureIndustry: "it is made for their industry",
	FeatureOutside:  "nothing is made for their industry, and it is for everybody",
	FeatureTeaches:  "it teaches what is called for now",
	FeatureLight:    "it is a light touch",
	FeaturePassOn:   "it may be passed on",
	FeatureLanguage: "it is in their language",
	FeaturePointed:  "it is about what they spoke of last, in their very words",
	FeatureAkin:     "it is about what they spoke of last, and the like of it",
	FeatureMade:     "it is made for their industry and for what they are",
	FeatureSpecial:  "it is made for few other stages",
	FeatureOwn:      "it is made for few others",
	FeaturePurpose:  "it serves what they did last",
	FeatureRecord:   "what became of it so far",
}, map[FeatureName]string{
	FeatureBeside:   "they spoke of something else in particular",
	FeatureAnswered: "what they have had says more on it",
	FeatureEarly:    "it teaches the use of what they have not got",
	FeatureOverdue:  "its review is overdue",
	FeatureRefused:  "it is like something that was not for them",
}

// Words tell a feature to people, and whether it speaks for an item or against
// it; a name that this version does not know is told as it is.
func (f FeatureName) Words() (words string, speaksFor bool) {
	if words, ok := against[f]; ok {
		return words, false
	}
	if words, ok := featureWords[f]; ok {
		return words, true
	}
	return string(f), true
}
