package suggest

import (
	"slices"

	"cairn/bot/journey"
)

// ladder is how close a channel brings two people; other is not on it.
var ladder = map[journey.Channel]int{
	journey.Social: 1, journey.Event: 1, journey.Post: 1,
	journey.Chat: 2, journey.Email: 3, journey.Phone: 4, journey.Web: 5, journey.Meeting: 5,
}

// usual is what each stage usually takes, the first being the default
// (journey.md, "What a stage asks of the rep").
var usual = [len(stageNames)][]journey.Channel{
	{journey.Social, journey.Event, journey.Post},
	{journey.Social, journey.Chat, journey.Email},
	{journey.Email, journey.Phone},
	{journey.Phone, journey.Web, journey.Meeting},
	{journey.Meeting, journey.Phone},
}

// Figures of a team count for a channel from enoughShares on, and decide if
// the best is better than where they last answered by clearlyBetter.
const (
	enoughShares  = 30
	clearlyBetter = 1.25
)

// channel advises how to give something: where they last answered, or one rung
// up from there if the stage allows; the team's figures decide among what the
// stage usually takes once there are enough.
func (t Tally) channel(c *Case, stage int) Channel {
	last := lastAnswered(c.Notes)
	if best, ok := t.bestChannel(usual[stage]); ok && best != last && t.rate(best) >= clearlyBetter*t.rate(last) {
		return Channel{best, TeamFigures}
	}
	if last == "" {
		return Channel{usual[stage][0], StageUsual}
	}
	least := ladder[usual[stage][0]]
	for _, ch := range usual[stage] {
		least = min(least, ladder[ch])
	}
	if ladder[last] >= least {
		return Channel{last, TheyAnswered}
	}
	return Channel{rungUp(last), OneRungUp}
}

// lastAnswered returns the channel of the newest note in which they took part;
// empty if there is none. Who filled in a form is answered by mail: nobody talked.
func lastAnswered(notes []Note) journey.Channel {
	for _, n := range notes[:min(len(notes), MaxNotes)] {
		if n.Direction != journey.Out && ladder[n.Channel] > 0 && !slices.Contains(n.Signals, journey.NoticedUs) && !slices.Contains(n.Signals, journey.HeardThem) {
			if isForm(n) {
				return journey.Email
			}
			return n.Channel
		}
	}
	return ""
}

// isForm reports whether a note on the web is of something that they did alone, a
// sign-up, a download, a question typed, and no call.
func isForm(n Note) bool {
	return n.Channel == journey.Web && n.Direction == journey.In && !slices.ContainsFunc(n.Signals, func(s journey.Signal) bool { return s.Who() == journey.Both && s != journey.Replied })
}

func rungUp(from journey.Channel) journey.Channel {
	for _, ch := range [...]journey.Channel{journey.Chat, journey.Email, journey.Phone, journey.Meeting} {
		if ladder[ch] > ladder[from] {
			return ch
		}
	}
	return from
}

func (t Tally) bestChannel(among []journey.Channel) (journey.Channel, bool) {
	var best journey.Channel
	for _, ch := range among {
		if t.channels[ch].Shared >= enoughShares && (best == "" || t.rate(ch) > t.rate(best)) {
			best = ch
		}
	}
	return best, best != ""
}

// rate is the share of shares that helped, held back by the usual rate.
func (t Tally) rate(ch journey.Channel) float64 {
	return shrink(t.channels[ch], usualRate, usualStrength)
}
