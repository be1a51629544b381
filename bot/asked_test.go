package bot

import "testing"

// Only who is said to be theirs, and of no other house, is of their own.
func TestToWhomAReferralIsAsked(t *testing.T) {
	t.Parallel()
	for to, own := range map[string]bool{
		"to her CFO":                   true,
		"to his own boss":              true,
		"their head of IT":             true,
		"to her head of Purchasing":    true,
		"to his team in purchasing":    true,
		"to his colleague at Beta":     false,
		"to the CEO of Beta":           false,
		"to the CEO":                   false,
		"to the board of Hale & Sons":  false,
		"to the team in Lyon":          false,
		"to her team in Lyon":          false,
		"to her colleagues of Beta":    false,
		"to his colleagues bei Beta":   false,
		"to her colleague de Dupont":   false,
		"to his colleague of the Hale": false,
		"to her brother":               false,
		"":                             false,
	} {
		if got := inHouse(to); got != own {
			t.Errorf("referral %s: of their own house %v", to, got)
		}
	}
}
