package line_test

import (
	"testing"

	"cairn/bot/line"
)

// Thanks and assent are no lines; whatever tells of somebody, or asks, is neither.
func TestCourtesy(t *testing.T) {
	type is struct{ polite, thanks bool }
	for text, want := range map[string]is{
		"thanks": {true, true}, "Thank you so much!": {true, true}, "thx :)": {true, true}, "ok, danke": {true, true}, "Vielen Dank": {true, true},
		"Danke schön.": {true, true}, "merci beaucoup": {true, true}, "muchas gracias": {true, true}, "grazie mille": {true, true},
		"Muito obrigada": {true, true}, "dank je wel": {true, true}, "thanks cairn :pray:": {true, true}, "Ok merci": {true, true},
		"ok": {true, false}, "OK!": {true, false}, ":+1:": {true, false}, "👍": {true, false}, "alles klar": {true, false}, "d'accord": {true, false},
		"va bene": {true, false}, "got it": {true, false}, "perfect": {true, false},
		"": {}, "?": {}, "ok?": {}, "hello there": {}, "dana said thanks": {}, "thanks: call": {}, "ok dana": {}, "many": {}, "thanks for the checklist": {}, "so": {},
	} {
		if polite, thanks := line.Courtesy(text); (is{polite, thanks}) != want {
			t.Errorf("%q: polite %v, thanks %v", text, polite, thanks)
		}
	}
}
