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
		"Lee Park at Beta, Bo Li at Gamma and Mia at X":            {"Lee Park at Beta", "Bo Li at Gamma", "Mia at X"},
		"Lee Park, Beta; Bo Li, Gamma":                             {"Lee Park, Beta", "Bo Li, Gamma"},
		"Lee Park, Beta and Bo Li, Gamma":                          {"Lee Park, Beta", "Bo Li, Gamma"},
		"Lea Park bei Beta und Bo Li von Gamma":                    {"Lea Park bei Beta", "Bo Li von Gamma"},
		"Lee Park and Bo Li at Beta":                               {"Lee Park at Beta", "Bo Li at Beta"},
		"Lee Park at Barnes and Noble":                             {"Lee Park at Barnes and Noble"},
		"Lee Park at Smith and Sons":                               {"Lee Park at Smith and Sons"},
		"Lee Park, Beta, Munich, Germany":                          {"Lee Park, Beta, Munich, Germany"},
		"Lee Park at Beta and leads purchasing of Gamma":           {"Lee Park at Beta and leads purchasing of Gamma"},
		"Lee Park, head of IT at Beta":                             {"Lee Park, head of IT at Beta"},
		"Lee Park at Beta, who is head of purchasing":              {"Lee Park at Beta, who is head of purchasing"},
		"Lee Park at Beta, and her boss of the plant":              {"Lee Park at Beta, and her boss of the plant"},
		"Lee Park at Beta, Head of Purchasing":                     {"Lee Park at Beta, Head of Purchasing"},
		"Lee Park at Beta, VP of Sales":                            {"Lee Park at Beta, VP of Sales"},
		"Lee Park at Beta, Director of Ops":                        {"Lee Park at Beta, Director of Ops"},
		"Lee Park at Beta, Senior Director of Ops":                 {"Lee Park at Beta, Senior Director of Ops"},
		"Lee Park at Beta, Head of IT at Beta":                     {"Lee Park at Beta, Head of IT at Beta"},
		"Lea Park bei Beta, Leiterin von Einkauf":                  {"Lea Park bei Beta, Leiterin von Einkauf"},
		"Léa Parc chez Beta, Responsable de Production":            {"Léa Parc chez Beta, Responsable de Production"},
		"Lee Park at Beta, Bank of Boston":                         {"Lee Park at Beta, Bank of Boston"},
		"Head of Purchasing":                                       {"Head of Purchasing"},
		"Head of Purchasing and Finance at Beta":                   {"Head of Purchasing and Finance at Beta"},
		"Lee Park of Procter & Gamble, Cincinnati":                 {"Lee Park of Procter & Gamble, Cincinnati"},
		"Lee Park at Barnes & Noble, Boston":                       {"Lee Park at Barnes & Noble, Boston"},
		"Lee Park at Barnes and Noble, Boston":                     {"Lee Park at Barnes and Noble, Boston"},
		"Lee Park at Barnes & Noble from Boston":                   {"Lee Park at Barnes & Noble from Boston"},
		"Lee Park at Beta & Bo Li at Gamma":                        {"Lee Park at Beta", "Bo Li at Gamma"},
		"Lee Park, Head of IT at Beta and Bo Li from Gamma":        {"Lee Park, Head of IT at Beta", "Bo Li from Gamma"},
		"Lee Park at Beta, Head of Purchasing, and Bo Li at Gamma": {"Lee Park at Beta, Head of Purchasing", "Bo Li at Gamma"},
		"Lee at Beta and Bo at Gamma":                              {"Lee at Beta", "Bo at Gamma"},
		"Lee, Beta and Bo, Gamma":                                  {"Lee, Beta", "Bo, Gamma"},
		"Lee Park, Barnes and Noble, Boston":                       {"Lee Park, Barnes and Noble, Boston"},
		"Lee Park, Beta; Bo, Gamma":                                {"Lee Park, Beta", "Bo, Gamma"},
		"Lee Park at Beta and Bo Li, Gamma":                        {"Lee Park at Beta", "Bo Li, Gamma"},
		"Lee Park of Beta and Bo of Gamma":                         {"Lee Park of Beta", "Bo of Gamma"},
		"Lea Park bei Beta und Bo von Gamma":                       {"Lea Park bei Beta", "Bo von Gamma"},
		"Anthony Head at Beta and Bo Li at Gamma":                  {"Anthony Head at Beta", "Bo Li at Gamma"},
		"Lee Park at Beta and Uwe Leiter bei Gamma":                {"Lee Park at Beta", "Uwe Leiter bei Gamma"},
		"Di at Beta and Van at Gamma":                              {"Di at Beta", "Van at Gamma"},
		"Lee Park at Beta, Sales Director at Beta":                 {"Lee Park at Beta, Sales Director at Beta"},
		"Lee Park at Beta\nBo Li at Gamma":                         {"Lee Park at Beta", "Bo Li at Gamma"},
	} {
		if got := Referees(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// What somebody is names nobody; a name with a role in it does.
func TestIsNobody(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"": true, "her friend": true, "Head": true, "Vice President": true, "Chief Officer": true,
		"Head of Purchasing": true, "Leiterin Einkauf": true,
		"Lee Park": false, "Di": false, "Van": false, "Do": false, "Lee Sales": false, "Anne Head": false, "Lee": false,
	} {
		if got := IsNobody(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

// Who is named, where, and what they are there.
func TestReferee(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Who{
		"Lee Park at Beta":                        {Name: "Lee Park", Company: "Beta"},
		"Lee Park of Beta":                        {Name: "Lee Park", Company: "Beta"},
		"Lee Park":                                {Name: "Lee Park"},
		"Lee Park, Beta":                          {Name: "Lee Park", Company: "Beta"},
		"Lee Park at Beta, Head of Purchasing":    {Name: "Lee Park", Company: "Beta", Title: "Head of Purchasing"},
		"Lee Park, Head of Purchasing at Beta":    {Name: "Lee Park", Company: "Beta", Title: "Head of Purchasing"},
		"Lee Park, Head of Purchasing, Beta":      {Name: "Lee Park", Company: "Beta", Title: "Head of Purchasing"},
		"Lee Park, VP of Sales":                   {Name: "Lee Park", Title: "VP of Sales"},
		"Lee Park, CFO":                           {Name: "Lee Park", Title: "CFO"},
		"Lee Park at Beta, Munich":                {Name: "Lee Park", Company: "Beta"},
		"Lee Park at Beta, lee@beta.example":      {Name: "Lee Park", Company: "Beta", Email: "lee@beta.example"},
		"Lee Park at Beta, CFO, lee@beta.example": {Name: "Lee Park", Company: "Beta", Title: "CFO", Email: "lee@beta.example"},
		"Lee Park, Sales":                         {Name: "Lee Park", Company: "Sales"},
		"Di at Beta":                              {Name: "Di", Company: "Beta"},
	} {
		got := Referee(text)
		got.Raw = ""
		if got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}
