package exam

import (
	"testing"

	"cairn/bot/llm"
)

// Why nothing is judged tells questions that were not answered from those that were not
// asked at all.
func TestEndedTellsWhatWasAsked(t *testing.T) {
	t.Parallel()
	type outcomes map[llm.Fault]int // "" is an answer
	for want, c := range map[string]struct {
		came  []outcomes
		first bool
	}{
		"": {came: []outcomes{{"": 60, llm.Late: 3}}},
		"The model did not answer 4 of 63 questions: no answer came in time. With the draft nothing was asked. Test again when it answers.": {[]outcomes{{"": 59}, {llm.Late: 4}}, true},
		"Of 63 questions 5 were asked, and the model did not answer 4 of these: the model's server failed again and again, and is left alone for a while (58 of them); the model's server failed (4 of them). Test again when it answers.": {
			came: []outcomes{{"": 1}, {llm.Broken: 4}, {llm.Resting: 58}}},
		"The day's limit for the model is reached after 12 of 63 questions. Tomorrow the answers that came are not asked for again.":                                                         {came: []outcomes{{"": 12}, {llm.Capped: 4}}},
		"Nothing more was asked after 12 of 63 questions: half of the day's limit for the model is spent, and the rest is kept for what reps ask. What was answered is not asked for again.": {came: []outcomes{{"": 12}, {llm.Spared: 4}}},
		"Nothing more was asked: the model's server refuses the key that it is asked with. `cairn doctor` says what to do.":                                                                  {came: []outcomes{{llm.Denied: 1}}},
	} {
		var count tally
		for _, some := range c.came {
			for fault, n := range some {
				for range n {
					if fault == "" {
						count.of(nil)
					} else {
						count.of(&llm.Error{Fault: fault})
					}
				}
			}
		}
		if got := count.ended(63, c.first); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
