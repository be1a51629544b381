package suggest

// feature is a feature by number.
type feature uint8

const (
	fTopic feature = iota
	fTheme
	fLatest
	fNear
	fAbout
	fThread
	fNeed
	fNext
	fKind
	fFollows
	fBeside
	fAnswered
	fStage
	fRole
	fBrings
	fIndustry
	fOutside
	fTeaches
	fEarly
	fLight
	fPassOn
	fLanguage
	fOverdue
	fRefused
	features
)

var featureNames = [features]FeatureName{
	fTopic:    FeatureTopic,
	fTheme:    FeatureTheme,
	fLatest:   FeatureLatest,
	fNear:     FeatureNear,
	fAbout:    FeatureAbout,
	fThread:   FeatureThread,
	fNeed:     FeatureNeed,
	fNext:     FeatureNext,
	fKind:     FeatureKind,
	fFollows:  FeatureFollows,
	fBeside:   FeatureBeside,
	fAnswered: FeatureAnswered,
	fStage:    FeatureStage,
	fRole:     FeatureRole,
	fBrings:   FeatureBrings,
	fIndustry: FeatureIndustry,
	fOutside:  FeatureOutside,
	fTeaches:  FeatureTeaches,
	fEarly:    FeatureEarly,
	fLight:    FeatureLight,
	fPassOn:   FeaturePassOn,
	fLanguage: FeatureLanguage,
	fOverdue:  FeatureOverdue,
	fRefused:  FeatureRefused,
}

// model is what was fitted on labelled states.
type model struct {
	weights [features]float64 // what each feature adds at full strength
	signs   [signs]float64    // what each sign says for silence
}

// fitted is what go test -tags fit -run Fit prints, on all sets but k: the weights by
// conditional logit, the acceptable items against all others; the signs by
// logistic regression of silence on the states that no rule decides. A positive
// sign speaks for silence.
var fitted = model{
	weights: [features]float64{
		fTopic:    0.38,
		fTheme:    0.28,
		fLatest:   0.33,
		fNear:     0.1,
		fAbout:    0.06,
		fThread:   0.13,
		fNeed:     0.1,
		fNext:     0.2,
		fKind:     0.01,
		fFollows:  0.18,
		fBeside:   -0.1,
		fAnswered: -0.01,
		fStage:    0.39,
		fRole:     0.13,
		fBrings:   0.16,
		fIndustry: 0.05,
		fOutside:  -0.23,
		fTeaches:  0.0,
		fEarly:    0.01,
		fLight:    0.08,
		fPassOn:   -0.01,
		fLanguage: 0.25,
		fOverdue:  -0.04,
		fRefused:  -0.15,
	},
	signs: [signs]float64{
		signAlways:    0.51,
		signBest:      -2.55,
		signLatest:    -1.87,
		signBeside:    2.03,
		signOutside:   2.23,
		signHad:       0.95,
		signCustomer:  -0.68,
		signCycle:     -1.23,
		signAge:       -2.63,
		signOurs:      1.53,
		signTalk:      -0.61,
		signAfterOurs: -0.28,
		signJustAck:   -0.18,
		signAnswer:    0.53,
		signOnlyThat:  0.62,
		signOnly:      0.8,
		signRequest:   -0.09,
		signPostponed: 1.45,
		signNoticed:   -1.46,
		signHeard:     -1.26,
		signBrought:   -1.24,
		signQuiet:     -1.1,
		signQuestion:  -1.2,
		signNo:        1.19,
		signUntil:     0.93,
		signAll:       1.64,
		signNeed:      1.66,
		signPlease:    1.46,
		signUs:        1.54,
	},
}
