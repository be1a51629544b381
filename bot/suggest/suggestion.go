package suggest

import (
	"time"

	"cairn/bot/journey"
)

// Suggestion is the answer for one [Case]: picks, or silence with its reason.
// All of it is worth recording; without Candidates nothing can be judged later.
type Suggestion struct {
	Picks      []Pick      // up to three, the first being the one to show
	Silent     *Silence    // set if and only if there are no picks
	Candidates []Candidate // what was considered, best first, at most MaxCandidates
	Seed       uint64      // as given
	Stage      string      // the stage for which it was chosen
	Matched    int         // how many items passed the filters, candidates or not
}

// Limits of a suggestion.
const (
	MaxPicks      = 3
	MaxCandidates = 50
)

// Candidate is an item that was considered.
type Candidate struct {
	Item       int64
	Score      float64 // fit, 0 to 1
	Mean       float64 // expected chance of an answer or a move up, fit and history together
	Propensity float64 // probability of being the first pick; all candidates' sum to 1
	Among      float64 // probability of being among the picks; all sum to len(Picks)
}

// Pick is an item to give.
type Pick struct {
	Item       Item
	Score      float64   // fit, 0 to 1
	Propensity float64   // of being the first pick
	Features   []Feature // what spoke for and against it, strongest first
	Reason     Reason
	Channel    Channel
	Seldom     bool // taken because it has seldom been shown
}

// Feature is one thing that spoke for an item (or against, if negative).
type Feature struct {
	Name   FeatureName
	Value  float64  // how strongly it shows, -1 to 1
	Weight float64  // its share of the fit: its value times the feature's weight
	Words  []string // the words in which it shows, as they stand in the notes or the item
}

// FeatureName names a feature. Names are stored and learnt from: never reuse one.
type FeatureName string

const (
	FeatureTopic    FeatureName = "topic"    // their very words that the item is about
	FeatureTheme    FeatureName = "theme"    // words of theirs that mean what the item is about
	FeatureLatest   FeatureName = "latest"   // it is about what they spoke of last
	FeatureNear     FeatureName = "near"     // near in meaning to words of theirs
	FeatureAbout    FeatureName = "about"    // the like of what the latest note is about
	FeatureThread   FeatureName = "thread"   // the like of what all of them are about
	FeatureNeed     FeatureName = "need"     // about what their signals call for
	FeatureNext     FeatureName = "next"     // about what must come next after what they did
	FeatureKind     FeatureName = "kind"     // of the kind that their signals call for
	FeatureFollows  FeatureName = "follows"  // goes on from what they have had
	FeatureAnswered FeatureName = "answered" // what they have had says more on what they spoke of
	FeatureBeside   FeatureName = "beside"   // they spoke of something in particular, and it is not about that
	FeatureStage    FeatureName = "stage"    // made for where they stand
	FeatureRole     FeatureName = "role"     // made for what they are, or for someone they named
	FeatureBrings   FeatureName = "brings"   // made for somebody whom they will ask or bring in next
	FeatureIndustry FeatureName = "industry" // made for their industry
	FeatureOutside  FeatureName = "outside"  // nothing in the library is made for their industry, and this is for everybody
	FeatureTeaches  FeatureName = "teaches"  // teaches what is called for now: results, or the use of the tool
	FeatureEarly    FeatureName = "early"    // teaches the use of the tool to somebody who has not got it
	FeatureLight    FeatureName = "light"    // a light touch worth passing on, for who is quiet or said not now
	FeaturePassOn   FeatureName = "pass_on"  // may be passed on, where that is what counts
	FeatureLanguage FeatureName = "language" // in their language
	FeatureOverdue  FeatureName = "overdue"  // its review is overdue
	FeatureRefused  FeatureName = "refused"  // like something the rep said is not for them
	FeaturePointed  FeatureName = "pointed"  // about what they spoke of last, in their very words
	FeatureAkin     FeatureName = "akin"     // about what they spoke of last, and the like of it
	FeatureMade     FeatureName = "made"     // made for their industry, and for what they are
	FeatureSpecial  FeatureName = "special"  // made for where they stand and few other stages
	FeatureOwn      FeatureName = "own"      // made for what they are and few others
	FeaturePurpose  FeatureName = "purpose"  // serves what their latest signals call for
	FeatureSequel   FeatureName = "sequel"   // the next on the subject of what they have had on what they spoke of last
	FeatureRepeats  FeatureName = "repeats"  // of the very kind of that
	FeatureSwitches FeatureName = "switches" // in another language than that
	FeatureRetold   FeatureName = "retold"   // about those words of theirs that it answers already
	FeatureRecord   FeatureName = "record"   // what became of it so far
)

// Channel is the way to give it.
type Channel struct {
	Name journey.Channel
	Why  ChannelReason
}

// ChannelReason says why a channel is advised.
type ChannelReason string

const (
	TheyAnswered ChannelReason = "answered" // where they last answered
	OneRungUp    ChannelReason = "rung_up"  // one rung up the ladder, as the stage allows
	StageUsual   ChannelReason = "usual"    // what the stage usually takes
	TeamFigures  ChannelReason = "figures"  // what was answered best in this team
)

// Silence is no suggestion, and why.
type Silence struct {
	Why   SilenceReason
	Say   string    // one plain sentence
	Until time.Time // from when on something may be given again; zero: not by the day
	Gap   *Gap      // set when the library lacks something: counted, and a brief for the content team
}

// SilenceReason says why nothing is suggested.
type SilenceReason string

const (
	SilentDoNotContact SilenceReason = "do_not_contact"
	SilentLeft         SilenceReason = "left"
	SilentComplaint    SilenceReason = "complaint" // something of ours must be put right first
	SilentWaiting      SilenceReason = "waiting"   // it is their turn: something was given, or tried, just now
	SilentResting      SilenceReason = "resting"   // a note says to send nothing now
	SilentNoAsk        SilenceReason = "no_ask"    // nothing is wanted now, as far as the latest note tells
	SilentFirst        SilenceReason = "first"     // something else is to be done first, and the words say what
	SilentNothingFits  SilenceReason = "nothing_fits"
	SilentAllGiven     SilenceReason = "all_given" // what fits has been given or passed over
)

// Gap is what the library lacks: a stage × audience with a contact and nothing
// to give, and the words that they used.
type Gap struct {
	Stage    string
	Role     string // family of roles, or the title where none is known
	Industry string
	Language string
	Words    []string // of theirs, most telling first, at most eight; without names
}
