package suggest

import (
	"slices"

	"cairn/bot/journey"
)

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
	fPointed
	fAkin
	fMade
	fSpecial
	fOwn
	fPurpose
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
	fPointed:  FeaturePointed,
	fAkin:     FeatureAkin,
	fMade:     FeatureMade,
	fSpecial:  FeatureSpecial,
	fOwn:      FeatureOwn,
	fPurpose:  FeaturePurpose,
}

// model is what was fitted on labelled states.
type model struct {
	weights  [features]float64                    // what each feature adds at full strength
	asked    [features]float64                    // what is added to that where they asked for something
	customer [features]float64                    // and where they are customers
	purposes map[journey.Signal][purposes]float64 // how much a signal calls for a purpose
	signs    [signs]float64                       // what each sign says for silence
}

// weightsFor is what each feature adds in the situation of the query.
func (m *model) weightsFor(q *query, last []journey.Signal) [features]float64 {
	w := m.weights
	if slices.Contains(last, journey.AskedForMore) {
		for f, by := range m.asked {
			w[f] += by
		}
	}
	if q.customer() {
		for f, by := range m.customer {
			w[f] += by
		}
	}
	return w
}

// customer reports whether they have bought, or think of more.
func (q *query) customer() bool { return q.stage == len(stageNames)-1 || q.c.Cycle != "" }

// fitted is what go test -tags fit -run Fit prints, on all sets: the weights by
// conditional logit, the acceptable items against all others; the signs by
// logistic regression of silence on the states that no rule decides. A positive
// sign speaks for silence.
var fitted = model{
	weights: [features]float64{
		fTopic:    0.39,
		fTheme:    0.38,
		fLatest:   0.33,
		fNear:     0.09,
		fAbout:    0.08,
		fThread:   0.11,
		fNeed:     0.06,
		fNext:     0.19,
		fKind:     0.01,
		fFollows:  0.21,
		fBeside:   -0.09,
		fAnswered: -0.01,
		fStage:    0.31,
		fRole:     0.13,
		fBrings:   0.18,
		fIndustry: 0.08,
		fOutside:  -0.22,
		fTeaches:  0.01,
		fLight:    0.09,
		fLanguage: 0.26,
		fOverdue:  -0.04,
		fRefused:  -0.15,
		fPointed:  -0.04,
		fMade:     -0.04,
		fSpecial:  0.12,
		fOwn:      -0.01,
		fPurpose:  1.00,
	},
	asked: [features]float64{
		fTopic:  -0.02,
		fLatest: 0.06,
		fThread: 0.06,
		fStage:  0.01,
	},
	customer: [features]float64{
		fTopic:  -0.05,
		fLatest: 0.04,
		fThread: -0.10,
		fStage:  0.12,
	},
	purposes: map[journey.Signal][purposes]float64{
		journey.NoticedUs:         {forSums: 0.03, forChecking: 0.04, forReading: -0.04, forMeeting: 0.02, forSecurity: 0.02, forTraining: -0.04, forReferral: -0.02},
		journey.HeardThem:         {forSums: -0.03, forFigures: 0.03, forPrice: 0.03, forSecurity: 0.02, forStart: 0.06, forStory: -0.02},
		journey.ReachedOut:        {forSums: 0.04, forFilling: -0.03, forReading: -0.04, forFigures: 0.02, forComparing: 0.03, forStart: -0.03},
		journey.Replied:           {forFilling: 0.05, forHowTo: -0.03, forWatching: -0.02, forSecurity: -0.03, forComparing: -0.02, forStart: 0.04, forReferral: 0.11},
		journey.Connected:         {forProof: -0.03, forChecking: -0.02, forFilling: -0.06, forHowTo: -0.03, forReading: 0.04, forFigures: 0.05, forWatching: 0.03, forPrice: 0.04, forSecurity: -0.02, forComparing: -0.02, forBrief: -0.02},
		journey.Subscribed:        {forProof: -0.05, forFilling: -0.03, forHowTo: -0.04, forReading: 0.05, forFigures: 0.07, forSecurity: -0.02, forStart: 0.03, forStory: 0.02},
		journey.GaveContact:       {forReading: 0.03, forFigures: -0.05, forStory: 0.02},
		journey.AskedForMore:      {forProof: -0.03, forSums: -0.02, forHowTo: -0.04, forFigures: -0.02, forWatching: -0.04, forPrice: 0.02, forComparing: 0.03, forStart: -0.05, forTraining: -0.04, forReferral: 0.02, forBrief: 0.02, forPlan: 0.02},
		journey.AgreedMeeting:     {forProof: 0.02, forSums: 0.02, forHowTo: -0.03, forReading: -0.03, forFigures: 0.08, forStart: 0.02},
		journey.SharedNeeds:       {forProof: -0.05, forSums: 0.04, forWatching: -0.07, forMeeting: 0.06, forSecurity: -0.05, forComparing: 0.02, forStart: 0.03, forTraining: -0.03, forStory: -0.05, forPlan: 0.04},
		journey.WorkingSession:    {forProof: 0.03, forSums: -0.02, forChecking: -0.03, forHowTo: -0.06, forReading: 0.04, forPrice: 0.03, forSecurity: 0.02, forComparing: -0.02, forStart: -0.05, forPlan: -0.04},
		journey.SawItWork:         {forChecking: -0.02, forHowTo: -0.06, forFigures: -0.03, forWatching: -0.04, forMeeting: 0.05, forSecurity: 0.02, forComparing: 0.02, forBrief: 0.02, forPlan: 0.02},
		journey.TrialRunning:      {forProof: 0.03, forSums: -0.02, forFilling: 0.06, forHowTo: -0.02, forFigures: 0.02, forSecurity: -0.05, forComparing: 0.02, forStart: 0.03},
		journey.BroughtOthers:     {forSums: -0.02, forFilling: 0.02, forHowTo: -0.06, forFigures: -0.02, forSecurity: 0.12, forComparing: 0.03, forTraining: -0.02, forStory: -0.02, forBrief: 0.09},
		journey.ProposalDiscussed: {forSums: -0.03, forChecking: 0.04, forFilling: 0.02, forHowTo: -0.02, forReading: -0.02, forMeeting: 0.03, forSecurity: -0.06, forComparing: 0.02, forTraining: -0.02, forPlan: 0.03},
		journey.VerbalYes:         {forChecking: 0.08, forFilling: -0.09, forHowTo: -0.03, forPrice: -0.02, forComparing: 0.03, forStart: 0.07, forBrief: 0.04, forPlan: 0.02},
		journey.Revenue:           {forFilling: -0.03, forWatching: -0.03, forStart: 0.15, forTraining: -0.02},
		journey.Referral:          {forFilling: 0.04, forHowTo: -0.05, forWatching: -0.03, forMeeting: 0.11, forPrice: 0.02, forStart: -0.04, forTraining: -0.03, forBrief: -0.03},
		journey.Recommendation:    {forHowTo: -0.04, forReferral: 0.04, forBrief: 0.02},
		journey.Installed:         {forSecurity: 0.03, forStart: 0.02, forTraining: 0.06},
		journey.Adopted:           {forHowTo: -0.02, forTraining: 0.02},
		journey.ValueStory:        {forChecking: -0.02, forHowTo: -0.11, forReading: -0.02, forFigures: 0.02, forWatching: -0.04, forMeeting: 0.07, forPrice: -0.03, forSecurity: -0.02, forTraining: -0.04, forReferral: 0.08},
		journey.Expanded:          {forFilling: -0.03, forTraining: 0.02, forReferral: 0.05},
		journey.RepeatOrder:       {forFilling: 0.02, forHowTo: -0.02, forReading: 0.03, forWatching: -0.02, forPrice: 0.03},
		journey.UpsellInterest:    {forProof: -0.07, forChecking: -0.02, forHowTo: 0.14, forFigures: -0.03, forPrice: -0.02, forSecurity: -0.03, forComparing: -0.02, forStart: -0.04, forStory: -0.02, forPlan: -0.02},
		journey.CrossSellInterest: {forProof: -0.04, forSums: 0.02, forChecking: -0.04, forFilling: -0.03, forHowTo: 0.10, forFigures: 0.03, forMeeting: -0.02, forPrice: -0.03, forSecurity: -0.04, forComparing: -0.02, forStart: 0.03, forTraining: -0.02, forReferral: -0.02},
		journey.SharedOnward:      {forProof: -0.02, forSums: -0.04, forChecking: 0.02, forWatching: -0.03, forPrice: -0.03, forSecurity: -0.02, forComparing: -0.02, forStart: 0.03, forPlan: 0.04},
		journey.GaveFeedback:      {forSums: -0.02, forChecking: 0.04, forFilling: -0.03, forHowTo: -0.07, forWatching: -0.04, forMeeting: 0.10, forStart: -0.03, forTraining: 0.04, forReferral: -0.02},
		journey.Complained:        {forChecking: 0.02, forStart: 0.02, forReferral: 0.02},
		journey.Postponed:         {forProof: -0.02, forSums: 0.02, forChecking: 0.03, forFigures: 0.02, forPrice: 0.03},
		journey.WentQuiet:         {forChecking: 0.03, forFilling: 0.06, forHowTo: 0.02, forReading: -0.08, forFigures: 0.05, forWatching: -0.04, forMeeting: 0.03, forComparing: -0.02, forTraining: 0.02, forStory: -0.02},
		journey.Declined:          {forFilling: 0.06, forWatching: -0.03, forStart: -0.02},
		journey.Returned:          {forProof: -0.04, forSums: -0.02, forChecking: 0.03, forHowTo: 0.02, forFigures: -0.02, forWatching: -0.02, forMeeting: 0.02, forSecurity: -0.04, forComparing: 0.02, forStart: 0.06, forPlan: 0.03},
	},
	signs: [signs]float64{
		signAlways:                     0.51,
		signBest:                       -2.77,
		signLatest:                     -2.10,
		signBeside:                     0.40,
		signStrange:                    0.24,
		signStray:                      0.78,
		signOutside:                    1.82,
		signSpent:                      1.68,
		signHad:                        1.25,
		signCustomer:                   0.00,
		signCycle:                      -1.20,
		signAge:                        -2.29,
		signOurs:                       0.40,
		signTalk:                       -0.06,
		signAfterOurs:                  -0.71,
		signJustAck:                    -0.48,
		signAnswer:                     0.57,
		signOnlyThat:                   -0.15,
		signOnly:                       0.80,
		signRequest:                    -0.36,
		signPostponed:                  0.86,
		signNoticed:                    -1.83,
		signHeard:                      -1.29,
		signBrought:                    -1.12,
		signQuiet:                      -1.59,
		signQuestion:                   -0.74,
		signWish:                       -1.35,
		signYes:                        -0.52,
		signMeeting:                    -0.03,
		signOffer:                      -0.65,
		signFeedback:                   -0.76,
		signCross:                      -0.18,
		signDoor:                       -0.70,
		signDeed:                       -1.71,
		signMore:                       -0.57,
		signSaw:                        -0.53,
		signOut:                        0.63,
		signLong:                       0.51,
		signHints + sign(hintTheirs):   3.04,
		signHints + sign(hintEnough):   2.20,
		signHints + sign(hintLater):    0.65,
		signHints + sign(hintTrouble):  -0.33,
		signHints + sign(hintHard):     2.61,
		signHints + sign(hintAway):     1.78,
		signHints + sign(hintNotOurs):  3.57,
		signHints + sign(hintOffice):   2.46,
		signHints + sign(hintPersonal): 0.95,
		signHints + sign(hintOurs):     1.53,
		signHints + sign(hintUnknown):  1.34,
		signHints + sign(hintDay):      1.15,
		signHints + sign(hintWishes):   -0.86,
		signHints + sign(hintNo):       1.15,
		signHints + sign(hintUntil):    0.63,
		signHints + sign(hintAll):      0.46,
		signHints + sign(hintNeed):     1.67,
		signHints + sign(hintPlease):   0.12,
		signHints + sign(hintUs):       1.16,
	},
}
