package observe

import (
	"strings"
	"testing"
)

// An address, a link and a telephone number are one token each, so that no clause ends
// in one and none of its parts is read; days, sums and times stay what they are.
func TestAddressesAreOneToken(t *testing.T) {
	for _, tt := range []struct{ note, want string }{
		{"mail dana.ruiz@acme.com or +49 170 1234567", "mail #mail or #phone"},
		{"mail Dana@acme.co.uk.", "mail #mail ."},
		{"ring 0170 1234567, 089/1234567 or +49 (0)30 123456-7", "ring #phone , #phone or #phone"},
		{"tél. 01.23.45.67.89 ou 01 23 45 67 89", "tél . #phone ou #phone"},
		{"see https://x.example/demo-booked, then www.acme.com/order.", "see #link , then #link ."},
		{"on 01.02.2026 10:00, 09/12/26 or 01 02 2026", "on #date #time , #date or #n #n #year"},
		{"0800 units at 20:30, +10 % or 05.12. then", "#n units at #time , + #n % or #date then"},
		{"0170.123.45.67, 06-12345678, 06 12345678 or 044 123 45 67", "#phone , #phone , #phone or #phone"},
		{"(0170) 1234567, 0049 170 1234567 or 02 123 45 67", "( #phone , #phone or #phone"},
		{"+1 (212) 555-0100, +33 1 23 45 67 89 and 01701234567", "#phone , #phone and #phone"},
		// days, hours and sums with a 0 or + before them
		{"08.30-10.30", "#date"},
		{"09.00-12.00 or 0900-1200 passt", "#date or #n passt"},
		{"Messe 03.-05.02.2026", "messe #n . #date"},
		{"am 05.12. 10.30 Uhr", "am #date #n uhr"},
		{"am 05.12. 14-16 Uhr", "am #date #n uhr"},
		{"05.12.2026-07.12.2026", "#n"},
		{"am 05.12.2026. 3 Leute", "am #date . #3 leute"},
		{"02.12./03.12.2026", "#date / #date"},
		{"+250.000 EUR, +12.500.000,00 EUR or +12 500 000 €", "+ #n eur , + #date eur or + #n #n #n #cur"},
		{"+10.000.000 Umsatz, +10.000-15.000 EUR", "+ #date umsatz , + #date eur"},
		{"ring 0170 1234567 10.30", "ring #phone #n"},
		{"ring +49 170 1234567 10:30 or 0170 1234567 14-16 Uhr", "ring #phone #time or #phone #n uhr"},
		{"ring 0170 1234567 5.12., 01701234567 - 3 Leute", "ring #phone #n . , #phone #3 leute"},
		{"ring 0170 1234567. 3 Leute, 50.000 EUR", "ring #phone . #3 leute , #n eur"},
		{"she asked. I said no@all", "she asked . i said no @all"},
	} {
		d := parse(tt.note, nil)
		var got []string
		for _, k := range d.tokens {
			got = append(got, k.word)
		}
		if text := strings.Join(got, " "); text != tt.want {
			t.Errorf("%q\ngot  %s\nwant %s", tt.note, text, tt.want)
		}
	}
}
