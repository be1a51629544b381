package digest_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cairn/bot/digest"
)

func TestArrange(t *testing.T) {
	for typed, want := range map[string]digest.Arrangement{
		"mon 9:00 Europe/Berlin":               {Day: time.Monday, HasDay: true, Minute: 540, HasTime: true, Zone: "Europe/Berlin"},
		"every Monday at 9":                    {Day: time.Monday, HasDay: true, Minute: 540, HasTime: true},
		"Fridays 4pm New York for @maya <@U1>": {Day: time.Friday, HasDay: true, Minute: 960, HasTime: true, Zone: "America/New_York", Reps: []string{"@maya", "<@U1>"}},
		"freitags um 16 Uhr, dates de":         {Day: time.Friday, HasDay: true, Minute: 960, HasTime: true, Dates: "de"},
		"on tuesday at 9.30 am berlin time":    {Day: time.Tuesday, HasDay: true, Minute: 570, HasTime: true, Zone: "Europe/Berlin"},
		"chaque vendredi à 17h30 europe/paris": {Day: time.Friday, HasDay: true, Minute: 1050, HasTime: true, Zone: "Europe/Paris"},
		"lundi 8h":                             {Day: time.Monday, HasDay: true, Minute: 480, HasTime: true},
		"maandag om 9 uur":                     {Day: time.Monday, HasDay: true, Minute: 540, HasTime: true},
		"here 9:00 Vienna":                     {Minute: 540, HasTime: true, Zone: "Europe/Vienna"},
		"9 Montreal":                           {Minute: 540, HasTime: true, Zone: "America/Montreal"},
		"sat 9:00 Monrovia":                    {Day: time.Saturday, HasDay: true, Minute: 540, HasTime: true, Zone: "Africa/Monrovia"},
		"weds 9":                               {Day: time.Wednesday, HasDay: true, Minute: 540, HasTime: true},
		"Thurs. 9":                             {Day: time.Thursday, HasDay: true, Minute: 540, HasTime: true},
		"sábados 9h":                           {Day: time.Saturday, HasDay: true, Minute: 540, HasTime: true},
		"segunda 9h":                           {Day: time.Monday, HasDay: true, Minute: 540, HasTime: true},
		"mié 9h":                               {Day: time.Wednesday, HasDay: true, Minute: 540, HasTime: true},
		"thu noon UTC":                         {Day: time.Thursday, HasDay: true, Minute: 720, HasTime: true, Zone: "UTC"},
		"12 am sun":                            {Day: time.Sunday, HasDay: true, HasTime: true},
		"mi 0:15 argentina/buenos_aires":       {},
		"wed 0:15 America/Argentina/San_Juan":  {Day: time.Wednesday, HasDay: true, Minute: 15, HasTime: true, Zone: "America/Argentina/San_Juan"},
		"":                                     {},
		"mercredi 23:59 Los Angeles dates fr":  {Day: time.Wednesday, HasDay: true, Minute: 1439, HasTime: true, Zone: "America/Los_Angeles", Dates: "fr"},
	} {
		got, err := digest.Arrange(typed)
		if strings.HasPrefix(typed, "mi 0:15") {
			if err == nil {
				t.Errorf("%q: a zone that is none was taken", typed)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		if got.Day != want.Day || got.HasDay != want.HasDay || got.Minute != want.Minute || got.HasTime != want.HasTime || got.Zone != want.Zone ||
			got.Dates != want.Dates || strings.Join(got.Reps, " ") != strings.Join(want.Reps, " ") {
			t.Errorf("%q: %+v", typed, got)
		}
	}
}

func TestArrangeRefuses(t *testing.T) {
	for typed, says := range map[string]string{
		"mon 9:00 CET": "CET", "mon 25:00": "25:00", "daily at 9": "once a week", "monthly 9:00": "once a week", "mon 9:00 Europe/Berlyn": "Europe/Berlyn", "mon 9 banana": "banana",
		"mon 9 dates klingon": "klingon", "13pm mon": "13pm", "mon tue 9": "tue", "9 vienn": "vienn",
	} {
		_, err := digest.Arrange(typed)
		var p *digest.Problem
		if !errors.As(err, &p) || !strings.Contains(p.Sentence, says) || p.Hint == "" {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestSpan(t *testing.T) {
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 9, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		a, b     time.Time
		in, want string
	}{
		{day(3, 9), day(3, 15), "en", "9–15 March"}, {day(3, 30), day(4, 5), "en", "30 March – 5 April"},
		{day(3, 9), day(3, 15), "de", "9.–15. März"}, {day(3, 30), day(4, 5), "es", "30 de marzo – 5 de abril"}, {day(8, 3), day(8, 9), "fr", "3–9 août"},
	} {
		if got := digest.Span(c.a, c.b, c.in); got != c.want {
			t.Errorf("%s", got)
		}
	}
}
