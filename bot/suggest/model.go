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
	fSequel
	fRepeats
	fSwitches
	fRetold
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
	fSequel:   FeatureSequel,
	fRepeats:  FeatureRepeats,
	fSwitches: FeatureSwitches,
	fRetold:   FeatureRetold,
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

// fitted is what go test -tags fit -run Fit prints, on all sets, but for sequel, repeats, switches
// and retold, see doc.go: the weights by
// conditional logit, the acceptable items against all others; the signs by
// logistic regression of silence on the states that no rule decides. A positive
// sign speaks for silence.
var fitted = model{
	weights: [features]float64{
		fTopic:    0.39,
		fTheme:    0.35,
		fLatest:   0.35,
		fNear:     0.09,
		fAbout:    0.13,
		fThread:   0.06,
		fNeed:     0.05,
		fNext:     0.18,
		fKind:     0.02,
		fFollows:  0.24,
		fBeside:   -0.07,
		fAnswered: 0.01,
		fStage:    0.35,
		fRole:     0.14,
		fBrings:   0.20,
		fIndustry: 0.10,
		fOutside:  -0.22,
		fTeaches:  -0.01,
		fEarly:    -0.01,
		fLight:    0.03,
		fPassOn:   0.02,
		fLanguage: 0.29,
		fOverdue:  -0.06,
		fRefused:  -0.15,
		fPointed:  -0.03,
		fAkin:     -0.03,
		fMade:     -0.05,
		fSpecial:  0.12,
		fOwn:      -0.06,
		fPurpose:  1.00,
		fSequel:   0.16,
		fRepeats:  -0.05,
		fSwitches: -0.10,
		fRetold:   -0.33,
	},
	asked: [features]float64{
		fLatest: 0.09,
		fThread: 0.06,
	},
	customer: [features]float64{
		fTopic:  -0.05,
		fLatest: 0.06,
		fThread: -0.07,
		fStage:  0.11,
	},
	purposes: map[journey.Signal][purposes]float64{
		journey.NoticedUs:         {forProof: 0.02, forSums: 0.03, forChecking: 0.04, forHowTo: -0.02, forReading: -0.04, forSecurity: 0.02, forTraining: -0.03, forReferral: -0.02},
		journey.HeardThem:         {forSums: -0.02, forFilling: 0.02, forHowTo: 0.02, forPrice: 0.02, forSecurity: 0.02, forStart: 0.03},
		journey.ReachedOut:        {forSums: 0.03, forFilling: -0.04, forFigures: 0.02, forSecurity: -0.02, forComparing: 0.02},
		journey.Replied:           {forProof: -0.02, forChecking: 0.02, forFilling: 0.04, forHowTo: -0.04, forReading: -0.02, forWatching: -0.02, forMeeting: 0.03, forSecurity: -0.03, forComparing: -0.02, forStart: 0.02, forReferral: 0.10},
		journey.Connected:         {forProof: -0.02, forSums: 0.02, forFilling: -0.05, forHowTo: -0.03, forReading: 0.03, forFigures: 0.04, forWatching: 0.02, forPrice: 0.02, forSecurity: -0.02, forComparing: -0.02, forBrief: -0.02},
		journey.Subscribed:        {forProof: -0.05, forFilling: -0.03, forHowTo: -0.04, forReading: 0.05, forFigures: 0.08, forPrice: 0.02, forComparing: -0.02},
		journey.GaveContact:       {forProof: -0.02, forHowTo: -0.02, forReading: 0.04, forFigures: -0.04, forWatching: 0.02},
		journey.AskedForMore:      {forSums: -0.04, forFilling: -0.02, forHowTo: -0.05, forFigures: -0.04, forMeeting: -0.03, forPrice: 0.03, forSecurity: 0.02, forStart: -0.02, forTraining: -0.04, forReferral: 0.02, forStory: -0.02, forBrief: 0.02},
		journey.AgreedMeeting:     {forProof: 0.02, forSums: 0.03, forChecking: 0.03, forFilling: -0.02, forHowTo: -0.03, forReading: -0.03, forFigures: 0.06, forWatching: 0.02, forMeeting: -0.03, forStart: 0.02},
		journey.SharedNeeds:       {forProof: -0.02, forSums: 0.02, forFigures: -0.04, forWatching: -0.03, forMeeting: 0.04, forSecurity: -0.05, forStart: 0.02, forTraining: -0.03, forStory: -0.06, forPlan: 0.03},
		journey.WorkingSession:    {forProof: 0.03, forSums: -0.03, forChecking: -0.03, forHowTo: -0.03, forReading: 0.03, forSecurity: 0.02, forComparing: -0.02, forStart: -0.03, forTraining: -0.02, forPlan: -0.04},
		journey.SawItWork:         {forSums: -0.02, forChecking: -0.02, forHowTo: -0.02, forFigures: -0.02, forMeeting: 0.03, forSecurity: 0.03, forComparing: 0.02, forBrief: 0.02, forPlan: 0.02},
		journey.TrialRunning:      {forProof: 0.05, forFilling: 0.06, forPrice: -0.03, forSecurity: -0.04, forStart: 0.05},
		journey.BroughtOthers:     {forProof: 0.02, forSums: -0.02, forHowTo: -0.06, forFigures: -0.02, forMeeting: 0.04, forSecurity: 0.10, forTraining: -0.02, forStory: -0.02, forBrief: 0.07},
		journey.ProposalDiscussed: {forSums: -0.02, forChecking: 0.05, forWatching: -0.03, forTraining: -0.02, forPlan: 0.02},
		journey.VerbalYes:         {forChecking: 0.06, forFilling: -0.08, forHowTo: -0.02, forWatching: -0.02, forPrice: -0.03, forComparing: 0.02, forStart: 0.05, forBrief: 0.03, forPlan: 0.05},
		journey.Revenue:           {forHowTo: -0.02, forWatching: -0.03, forPrice: 0.02, forStart: 0.12, forTraining: -0.04},
		journey.Referral:          {forFilling: 0.03, forHowTo: -0.05, forWatching: -0.02, forMeeting: 0.10, forPrice: 0.02, forStart: -0.04, forTraining: -0.03, forBrief: -0.02},
		journey.Recommendation:    {forHowTo: -0.03, forReferral: 0.03},
		journey.Installed:         {forHowTo: -0.02, forSecurity: 0.03, forStart: 0.02, forTraining: 0.05},
		journey.Adopted:           {forHowTo: -0.02, forTraining: 0.02},
		journey.ValueStory:        {forProof: 0.02, forChecking: -0.02, forFilling: -0.02, forHowTo: -0.10, forReading: -0.02, forWatching: -0.03, forMeeting: 0.05, forPrice: -0.04, forTraining: -0.03, forReferral: 0.10, forStory: 0.04},
		journey.Expanded:          {forReferral: 0.05},
		journey.RepeatOrder:       {forChecking: 0.03, forHowTo: -0.02, forReading: 0.03, forWatching: -0.02, forStart: -0.02, forReferral: 0.02},
		journey.UpsellInterest:    {forProof: -0.07, forFilling: -0.03, forHowTo: 0.12, forFigures: -0.03, forWatching: 0.03, forSecurity: -0.03, forStart: -0.02, forTraining: -0.02, forPlan: -0.02},
		journey.CrossSellInterest: {forProof: -0.05, forChecking: -0.05, forFilling: -0.04, forHowTo: 0.11, forReading: 0.02, forFigures: 0.02, forMeeting: -0.02, forPrice: -0.02, forSecurity: -0.04, forReferral: -0.02},
		journey.JoinedUs:          {forReferral: 0.02},
		journey.SharedOnward:      {forSums: -0.03, forChecking: 0.03, forHowTo: -0.02, forWatching: -0.02, forPrice: -0.02, forSecurity: -0.02, forComparing: -0.02, forStart: 0.02, forPlan: 0.03},
		journey.GaveFeedback:      {forChecking: 0.05, forFilling: -0.04, forHowTo: -0.07, forWatching: -0.02, forMeeting: 0.07, forPrice: -0.02, forStart: -0.05, forTraining: 0.04},
		journey.Complained:        {forChecking: 0.02},
		journey.Postponed:         {forProof: -0.02, forSums: 0.03, forChecking: 0.02, forFilling: 0.02, forHowTo: -0.02, forFigures: 0.02, forWatching: -0.02, forPrice: 0.03},
		journey.WentQuiet:         {forProof: 0.02, forFilling: 0.04, forReading: -0.06, forFigures: 0.04, forWatching: -0.03, forMeeting: 0.02, forComparing: -0.02},
		journey.Declined:          {forFilling: 0.06, forHowTo: 0.02, forWatching: -0.03, forPrice: 0.02, forStart: -0.05},
		journey.Returned:          {forSums: -0.02, forChecking: 0.02, forFigures: 0.02, forWatching: -0.02, forPrice: 0.02, forSecurity: -0.04, forComparing: 0.02, forStart: 0.04, forTraining: -0.02, forPlan: 0.03},
	},
	signs: [signs]float64{
		signAlways:                     0.64,
		signBest:                       -2.56,
		signLatest:                     -1.47,
		signBeside:                     -0.09,
		signStrange:                    0.57,
		signStray:                      -0.19,
		signOutside:                    0.68,
		signSpent:                      1.97,
		signHad:                        2.46,
		signCustomer:                   -0.60,
		signCycle:                      -0.66,
		signAge:                        -2.43,
		signOurs:                       0.06,
		signTalk:                       -0.20,
		signAfterOurs:                  -0.82,
		signJustAck:                    0.37,
		signAnswer:                     0.49,
		signOnlyThat:                   -0.08,
		signOnly:                       1.08,
		signRequest:                    0.22,
		signPostponed:                  1.16,
		signNoticed:                    -1.68,
		signHeard:                      -1.76,
		signBrought:                    -1.44,
		signQuiet:                      -1.43,
		signQuestion:                   -1.80,
		signWish:                       -0.85,
		signYes:                        -0.63,
		signMeeting:                    -0.44,
		signOffer:                      -1.38,
		signFeedback:                   -0.65,
		signCross:                      -0.52,
		signDoor:                       -1.02,
		signDeed:                       -2.40,
		signMore:                       -1.86,
		signSaw:                        -1.15,
		signOut:                        0.62,
		signLong:                       0.47,
		signHints + sign(hintTheirs):   1.90,
		signHints + sign(hintEnough):   1.93,
		signHints + sign(hintLater):    0.57,
		signHints + sign(hintTrouble):  0.17,
		signHints + sign(hintHard):     1.89,
		signHints + sign(hintAway):     1.27,
		signHints + sign(hintNotOurs):  2.97,
		signHints + sign(hintOffice):   2.03,
		signHints + sign(hintPersonal): 0.33,
		signHints + sign(hintOurs):     1.64,
		signHints + sign(hintUnknown):  1.43,
		signHints + sign(hintDay):      1.03,
		signHints + sign(hintWishes):   -0.78,
		signHints + sign(hintNo):       0.17,
		signHints + sign(hintUntil):    -0.02,
		signHints + sign(hintAll):      0.24,
		signHints + sign(hintNeed):     0.99,
		signHints + sign(hintPlease):   1.49,
		signHints + sign(hintUs):       1.29,
	},
}
