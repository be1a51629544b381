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

// fitted is what go test -run Fit -fit prints, on all sets: the weights by
// conditional logit, the acceptable items against all others; the signs by
// logistic regression of silence on the states that no rule decides. A positive
// sign speaks for silence.
var fitted = model{
	weights: [features]float64{
		fTopic:    0.4,
		fTheme:    0.28,
		fLatest:   0.33,
		fNear:     0.13,
		fAbout:    0.06,
		fThread:   0.11,
		fNeed:     0.09,
		fNext:     0.19,
		fKind:     0.01,
		fFollows:  0.19,
		fBeside:   -0.09,
		fAnswered: 0.01,
		fStage:    0.46,
		fRole:     0.13,
		fBrings:   0.23,
		fIndustry: 0.05,
		fOutside:  -0.23,
		fTeaches:  0.01,
		fEarly:    0.02,
		fLight:    0.09,
		fPassOn:   0.03,
		fLanguage: 0.31,
		fOverdue:  -0.04,
		fRefused:  -0.15,
	},
	signs: [signs]float64{
		signAlways:    0.73,
		signBest:      -2.69,
		signLatest:    -2.15,
		signBeside:    2.46,
		signOutside:   2.34,
		signHad:       0.84,
		signCustomer:  -0.76,
		signCycle:     -0.96,
		signAge:       -1.87,
		signOurs:      1.33,
		signTalk:      -0.78,
		signAfterOurs: -1.51,
		signJustAck:   0.48,
		signAnswer:    0.53,
		signOnlyThat:  0.62,
		signOnly:      0.9,
		signRequest:   0.09,
		signPostponed: 1.31,
		signNoticed:   -1.13,
		signHeard:     -0.94,
		signBrought:   -1.17,
		signQuiet:     -0.8,
		signQuestion:  -1.13,
		signNo:        1.02,
		signUntil:     1.23,
		signAll:       1.78,
		signNeed:      1.8,
		signPlease:    1.17,
		signUs:        0.92,
	},
}
