package journey

import "fmt"

// Signal is something that a bystander could have seen happen between a
// contact and us. The list is closed: readings, corrections and models that
// name another word are refused.
type Signal string

// The signals, in the order of the journey. What each holds for, and does not
// hold for, is told in [Signal.Holds] and [Signal.HoldsNot].
const (
	NoticedUs         Signal = "noticed_us"
	HeardThem         Signal = "heard_them"
	ReachedOut        Signal = "reached_out"
	Replied           Signal = "replied"
	Connected         Signal = "connected"
	Subscribed        Signal = "subscribed"
	GaveContact       Signal = "gave_contact"
	AskedForMore      Signal = "asked_for_more"
	AgreedMeeting     Signal = "agreed_meeting"
	SharedNeeds       Signal = "shared_needs"
	WorkingSession    Signal = "working_session"
	SawItWork         Signal = "saw_it_work"
	TrialRunning      Signal = "trial_running"
	BroughtOthers     Signal = "brought_others"
	ProposalDiscussed Signal = "proposal_discussed"
	VerbalYes         Signal = "verbal_yes"
	Revenue           Signal = "revenue"
	Referral          Signal = "referral"
	Recommendation    Signal = "recommendation"
	Installed         Signal = "installed"
	Adopted           Signal = "adopted"
	ValueStory        Signal = "value_story"
	Expanded          Signal = "expanded"
	RepeatOrder       Signal = "repeat_order"
	UpsellInterest    Signal = "upsell_interest"
	CrossSellInterest Signal = "cross_sell_interest"
	JoinedUs          Signal = "joined_us"
	SharedOnward      Signal = "shared_onward"
	GaveFeedback      Signal = "gave_feedback"
	Complained        Signal = "complained"
	Postponed         Signal = "postponed"
	WentQuiet         Signal = "went_quiet"
	Declined          Signal = "declined"
	OptedOut          Signal = "opted_out"
	Returned          Signal = "returned"
)

// Actor says whose act a signal is.
type Actor string

const (
	Them Actor = "them"
	Us   Actor = "us"
	Both Actor = "both"
)

type meaning struct {
	signal   Signal
	who      Actor
	holds    string
	holdsNot string
}

// meanings is the table of signals, word for word as people and models are
// shown it.
var meanings = []meaning{
	{NoticedUs, Them, "they saw, liked, viewed, attended or mentioned something public of ours, one way", "they answered or asked something: that is a reply"},
	{HeardThem, Us, "we saw them voice a need, a complaint about a rival or a topic of ours in public", "they said it to us"},
	{ReachedOut, Us, "we wrote or called and nothing has come back", "any answer came"},
	{Replied, Both, "they answered or commented, or we talked briefly, with no next step agreed", "a next step or details were given"},
	{Connected, Them, "they accepted or made a connection (network, follow-back)", "we only sent the request"},
	{Subscribed, Them, "they signed up to a blog, newsletter, list, community", ""},
	{GaveContact, Them, "they gave their details in exchange for something (white paper, webinar seat, sample, trial account) or handed over a card or number so that we would follow up", "we looked the details up"},
	{AskedForMore, Them, "they asked us to send, explain, quote roughly, or call", ""},
	{AgreedMeeting, Them, "they accepted a call, demo or visit that has not yet taken place", "we only proposed one"},
	{SharedNeeds, Them, "they told us what they try to achieve, what hurts, their budget, deadline or requirements, in a working talk", "small talk"},
	{WorkingSession, Both, "a discovery call, workshop, site visit or design session on their case took place", "it is only booked"},
	{SawItWork, Both, "they saw it work: demo held, sample used, reference customer visited", "demo only booked"},
	{TrialRunning, Them, "a trial, pilot or proof of concept is in real use", "they only signed up"},
	{BroughtOthers, Them, "they brought colleagues, a boss, IT, legal or purchasing into the talk", "we added people"},
	{ProposalDiscussed, Both, "proposal, quote, contract, security review or price is being gone through together", "we sent it and nothing came back; they asked a list price at first contact"},
	{VerbalYes, Them, "they said they will buy or sign, and have not yet", ""},
	{Revenue, Both, "signed, ordered, paid, or renewed", ""},
	{Referral, Them, "they brought us another prospect (introduction made, name given with their blessing)", "they brought a colleague into their own deal"},
	{Recommendation, Them, "testimonial, review, case study, reference call, public praise", "private thanks"},
	{Installed, Them, "it is live or they have access, after buying", ""},
	{Adopted, Them, "they changed how they work to get the good of it", "logins alone"},
	{ValueStory, Them, "they tell, with their own figures or story, what it did for them", ""},
	{Expanded, Them, "more teams, sites or seats of theirs now use it", "they ask whether it could"},
	{RepeatOrder, Them, "they bought the same again, or it renewed by itself", ""},
	{UpsellInterest, Them, "a customer talks of more or deeper of what they have", ""},
	{CrossSellInterest, Them, "a customer talks of another product, for another problem or department", ""},
	{JoinedUs, Them, "they came over: partner, reseller, employee, advisory board", ""},
	{SharedOnward, Them, "they passed content of ours on to their own network or colleagues", ""},
	{GaveFeedback, Them, "they answered a survey, or told us unasked how it goes", ""},
	{Complained, Them, "they are unhappy with us, the product or the service", ""},
	{Postponed, Them, "not now: a later quarter, frozen budget, “after the reorganisation”", "a meeting moved by some days"},
	{WentQuiet, Them, "several tries of ours, after contact had been made, with no answer", "one unanswered message"},
	{Declined, Them, "no: not interested, chose a rival, cancelled, left as a customer", ""},
	{OptedOut, Them, "asked not to be contacted, or unsubscribed", ""},
	{Returned, Them, "came back by themselves after quiet, a no, or a long pause", ""},
}

// Signals returns every signal there is, in the order of the journey.
func Signals() []Signal {
	all := make([]Signal, len(meanings))
	for i, m := range meanings {
		all[i] = m.signal
	}
	return all
}

// ParseSignal returns the signal of that name, or an error that names it.
func ParseSignal(name string) (Signal, error) {
	s := Signal(name)
	if _, ok := s.meaning(); !ok {
		return "", fmt.Errorf("there is no signal %q", name)
	}
	return s, nil
}

func (s Signal) meaning() (meaning, bool) {
	for _, m := range meanings {
		if m.signal == s {
			return m, true
		}
	}
	return meaning{}, false
}

// Known reports whether s is one of [Signals].
func (s Signal) Known() bool { _, ok := s.meaning(); return ok }

// Who says whose act s is; empty for an unknown signal.
func (s Signal) Who() Actor { m, _ := s.meaning(); return m.who }

// calming are the signals that show that somebody who complained goes on with us.
var calming = map[Signal]bool{GaveFeedback: true, Adopted: true, ValueStory: true, Expanded: true, RepeatOrder: true, Revenue: true, Referral: true, Recommendation: true,
	UpsellInterest: true, CrossSellInterest: true, VerbalYes: true, AgreedMeeting: true, WorkingSession: true, SawItWork: true, Returned: true, AskedForMore: true, ProposalDiscussed: true}

// Calms reports whether s shows that somebody who complained before goes on with us:
// from then on no complaint of theirs is open.
func (s Signal) Calms() bool { return calming[s] }

// Holds says when s holds.
func (s Signal) Holds() string { m, _ := s.meaning(); return m.holds }

// HoldsNot says what is easily taken for s and is not; empty where nothing is.
func (s Signal) HoldsNot() string { m, _ := s.meaning(); return m.holdsNot }
