package line_test

import (
	"slices"
	"testing"

	"cairn/bot/line"
)

// Titles are no names: whom one speaks to, writes to and finds is behind them.
func TestTitles(t *testing.T) {
	for name, want := range map[string][3]string{
		"Dana Ruiz":              {"Dana", "Dana Ruiz", ""},
		"Dr. Otto Gross":         {"Otto", "Dr. Otto Gross", "otto gross"},
		"Dr. med. Anna Berg":     {"Anna", "Dr. med. Anna Berg", "anna berg"},
		"Frau Anna Weber":        {"Anna", "Frau Weber", "anna weber"},
		"Frau Dr. Anna Weber":    {"Anna", "Frau Dr. Weber", "anna weber"},
		"Frau Anna von der Au":   {"Anna", "Frau von der Au", "anna von der au"},
		"Herr Müller":            {"Herr Müller", "Herr Müller", "muller"},
		"Hr. Jan Kohl":           {"Jan", "Hr. Kohl", "jan kohl"},
		"Dipl.-Ing. Kai Lang":    {"Kai", "Dipl.-Ing. Kai Lang", "kai lang"},
		"Mrs. Ann Cole":          {"Ann", "Mrs. Cole", "ann cole"},
		"Ing Wei":                {"Ing", "Ing Wei", ""},
		"Sr. Luis Prado Sanchez": {"Luis", "Sr. Sanchez", "luis prado sanchez"},
		"Dr.":                    {"Dr.", "Dr.", ""},
		"van der Berg":           {"van der Berg", "van der Berg", ""},
		"Frau von der Heide":     {"Frau von der Heide", "Frau von der Heide", "von der heide"},
		"Van Morrison":           {"Van", "Van Morrison", ""},
		"M. Dubois":              {"M. Dubois", "M. Dubois", "dubois"},
		"M Dubois":               {"M", "M Dubois", ""},
		"Dott.ssa Lia Neri":      {"Lia", "Dott.ssa Lia Neri", "lia neri"},
		"Ra Kim":                 {"Ra", "Ra Kim", ""},
	} {
		if got := [3]string{line.FirstName(name), line.FormalName(name), line.BareKey(name)}; got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestPeople(t *testing.T) {
	for note, want := range map[string][]line.Person{
		"introduced us to Leon Krug at Beta Pumps":                       {{Name: "Leon Krug", Company: "Beta Pumps"}},
		"Dana put us in touch with Leon Krug (Beta Pumps), he is keen":   {{Name: "Leon Krug", Company: "Beta Pumps"}},
		"put me in touch with Leon Krug, Beta Pumps, by mail":            {{Name: "Leon Krug", Company: "Beta Pumps"}},
		"introduced us to Leon Krug, CFO of Beta Pumps":                  {{Name: "Leon Krug", Company: "Beta Pumps", Title: "CFO"}},
		"introduced us to Leon Krug (CFO, Beta Pumps)":                   {{Name: "Leon Krug", Company: "Beta Pumps", Title: "CFO"}},
		"introduced us to Leon Krug":                                     {{Name: "Leon Krug"}},
		"hat uns an seinen Bruder Max Kern bei Kern Holz empfohlen":      {{Name: "Max Kern", Company: "Kern Holz"}},
		"told me to call Jim Dow at Dow Foods, I may use his name":       {{Name: "Jim Dow", Company: "Dow Foods"}},
		"landlord is called Sven Ek of Ek Fastigheter, we can use it":    {{Name: "Sven Ek", Company: "Ek Fastigheter"}},
		"Nummer von Frau Helga Roth, Roth Kliniken":                      {{Name: "Helga Roth", Company: "Roth Kliniken"}},
		"introduced us to Leon Krug and Mia Lang at Beta Pumps":          {{Name: "Leon Krug", Company: "Beta Pumps"}, {Name: "Mia Lang", Company: "Beta Pumps"}},
		"introduced us to Leon Krug, Mia Lang and Tom Bell":              {{Name: "Leon Krug"}, {Name: "Mia Lang"}, {Name: "Tom Bell"}},
		"introduced us to Leon Krug at Beta Pumps and Mia Lang of Gamma": {{Name: "Leon Krug", Company: "Beta Pumps"}, {Name: "Mia Lang", Company: "Gamma"}},
		"he'd already rung Judy at Alder Veneer":                         {{Name: "Judy", Company: "Alder Veneer"}},
		"introduced us by mail to Mr Odhiambo at the Kisumu diocese":     {{Name: "Mr Odhiambo", Company: "Kisumu diocese"}},
		"put us in touch with Jean-Luc Mbeki-Dahl of Smith & Sons":       {{Name: "Jean-Luc Mbeki-Dahl", Company: "Smith & Sons"}},
		"hat uns Leon Krug von Beta Pumps vorgestellt":                   {{Name: "Leon Krug", Company: "Beta Pumps"}},
		"hat uns Herrn Müller von der Beta GmbH vorgestellt":             {{Name: "Herr Müller", Company: "Beta GmbH"}},
		"uns mit Ursula von der Leyen bekannt gemacht":                   {{Name: "Ursula von der Leyen"}},
		"Nummer von Leon Krug (Beta Pumpen) gegeben":                     {{Name: "Leon Krug", Company: "Beta Pumpen"}},
		"nos presentó a Leon Krug de Beta Pumps":                         {{Name: "Leon Krug", Company: "Beta Pumps"}},
		"nous a présenté Leon Krug de Beta Pumps":                        {{Name: "Leon Krug", Company: "Beta Pumps"}},
		"ci ha presentato Leon Krug di Beta Pumps":                       {{Name: "Leon Krug", Company: "Beta Pumps"}},
		"nos apresentou ao Leon Krug da Beta Pumps":                      {{Name: "Leon Krug", Company: "Beta Pumps"}},
		"heeft ons voorgesteld aan Leon Krug van Beta Pumps":             {{Name: "Leon Krug", Company: "Beta Pumps"}},
		"introduced us to her CFO":                                       nil,
		"introduced us to Max from purchasing":                           nil,
		"introduced us to Max Roth from Purchasing":                      nil,
		"put us in touch with Beta Pumps GmbH":                           nil,
		"Besuch bei Beta Pumps, Termin am Freitag":                       nil,
		"asked about the Audit Trail":                                    nil,
		"call on Friday with IT":                                         nil,
		"Leon Krug was not there":                                        nil,
		"uses SAP at Linz":                                               nil,
	} {
		if got := line.People(note); !slices.Equal(got, want) {
			t.Errorf("%q: people %+v, want %+v", note, got, want)
		}
	}
}
