package line

import (
	"slices"
	"testing"
)

func TestReferees(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"Lee Park at Beta":                      {"Lee Park at Beta"},
		"Lee Park, Beta":                        {"Lee Park, Beta"},
		"Lee Park":                              {"Lee Park"},
		"":                                      {""},
		"Lee Park at Beta and Bo Li from Gamma": {"Lee Park at Beta", "Bo Li from Gamma"},
		"lee park at beta and bo li from gamma": {"lee park at beta", "bo li from gamma"},
		"Lee Park at Beta, Bo Li at Gamma":      {"Lee Park at Beta", "Bo Li at Gamma"},
		"Lee Park at Beta, Bo Li at Gamma and Mia at X":  {"Lee Park at Beta", "Bo Li at Gamma", "Mia at X"},
		"Lee Park, Beta; Bo Li, Gamma":                   {"Lee Park, Beta", "Bo Li, Gamma"},
		"Lee Park, Beta and Bo Li, Gamma":                {"Lee Park, Beta", "Bo Li, Gamma"},
		"Lea Park bei Beta und Bo Li von Gamma":          {"Lea Park bei Beta", "Bo Li von Gamma"},
		"Lee Park and Bo Li at Beta":                     {"Lee Park at Beta", "Bo Li at Beta"},
		"Lee Park at Barnes and Noble":                   {"Lee Park at Barnes and Noble"},
		"Lee Park at Smith and Sons":                     {"Lee Park at Smith and Sons"},
		"Lee Park, Beta, Munich, Germany":                {"Lee Park, Beta, Munich, Germany"},
		"Lee Park at Beta and leads purchasing of Gamma": {"Lee Park at Beta and leads purchasing of Gamma"},
		"Lee Park, head of IT at Beta":                   {"Lee Park, head of IT at Beta"},
		"Lee Park at Beta, who is head of purchasing":    {"Lee Park at Beta, who is head of purchasing"},
		"Lee Park at Beta, and her boss of the plant":    {"Lee Park at Beta, and her boss of the plant"},
	} {
		if got := Referees(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
