package suggest

// featureWords tell each feature to people by what it did in a choice: the words where it
// spoke for an item, and those where it spoke against it. What was fitted gives a weight to
// each whatever its name says, so that some weigh a little the other way about to correct
// what another adds: where there are no words for a side, nothing is told of it.
var featureWords = map[FeatureName]struct{ favour, against string }{
	FeatureTopic:    {favour: "it is about their very words"},
	FeatureTheme:    {favour: "it is about what their words mean"},
	FeatureLatest:   {favour: "it is about what they spoke of last"},
	FeatureNear:     {favour: "it is close to what they said"},
	FeatureAbout:    {favour: "it is like what the latest note is about"},
	FeatureThread:   {favour: "it is like what all the notes are about"},
	FeatureNeed:     {favour: "it is about what they need now"},
	FeatureNext:     {favour: "it is what comes next after what they did"},
	FeatureKind:     {favour: "it is of the kind that is called for"},
	FeatureFollows:  {favour: "it goes on from what they have had"},
	FeatureStage:    {favour: "it is made for where they stand"},
	FeatureRole:     {favour: "it is made for what they are, or for somebody they named", against: "it is made for somebody else than them"},
	FeatureBrings:   {favour: "it is made for somebody whom they will ask"},
	FeatureIndustry: {favour: "it is made for their industry", against: "it is made for another industry"},
	FeatureOutside:  {favour: "it is for everybody, and nothing is made for their industry", against: "it is not made for their industry, as nothing is"},
	FeatureTeaches:  {favour: "it teaches what is called for now"},
	FeatureLight:    {favour: "it is a light touch"},
	FeaturePassOn:   {favour: "it may be passed on"},
	FeatureLanguage: {favour: "it is in their language"},
	FeaturePointed:  {favour: "it is about what they spoke of last, in their very words"},
	FeatureAkin:     {favour: "it is about what they spoke of last, and the like of it"},
	FeatureMade:     {favour: "it is made for their industry and for what they are"},
	FeatureSpecial:  {favour: "it is made for few other stages"},
	FeatureOwn:      {favour: "it is made for few others"},
	FeaturePurpose:  {favour: "it is for what their last step calls for", against: "their last step calls for something else"},
	FeatureSequel:   {favour: "it is the next on the subject of what they have had"},
	FeatureRepeats:  {against: "it is of the kind of what they have had on it"},
	FeatureSwitches: {against: "it is in another language than what they have had"},
	FeatureRetold:   {against: "what they have had is about the same words"},
	FeatureRecord:   {favour: "what became of it so far", against: "less came of it so far than of others"},
	FeatureBeside:   {against: "they spoke of something else in particular"},
	FeatureAnswered: {against: "what they have had says more on it"},
	FeatureEarly:    {against: "it teaches the use of what they have not got"},
	FeatureOverdue:  {against: "its review is overdue"},
	FeatureRefused:  {against: "it is like something that was not for them"},
}

// Favour tells people that a feature spoke for an item; empty where there is nothing to tell. A name
// that this version does not know is told as it is.
func (f FeatureName) Favour() string {
	if words, ok := featureWords[f]; ok {
		return words.favour
	}
	return string(f)
}

// Against is the same of a feature that spoke against an item.
func (f FeatureName) Against() string {
	if words, ok := featureWords[f]; ok {
		return words.against
	}
	return string(f)
}
