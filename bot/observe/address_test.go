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
