package observe_test

import (
	"os"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

// TestSilent: where there is nothing to go by, nothing is said. Languages that
// the reading never met are nothing to go by.
func TestSilent(t *testing.T) {
	r, err := observe.New(os.DirFS("../../prompts/cues"))
	if err != nil {
		t.Fatal(err)
	}
	for _, note := range []string{"", "b", "A: b", "hi", "ruiz", "hm, no idea", "xyz abc", "call", "with her", "er und ich", "lui et moi", "io e lui", "ella y yo", "ik en hij", "spotkanie wczoraj, poprosił o ofertę",
		"昨天打电话, 要求报价", "שלום, ביקש הצעת מחיר", "اتصل وطلب عرض سعر"} {
		if found := r.Read(observe.Note{Text: note, Channel: journey.Other, Direction: journey.In}, observe.Context{}); len(found) > 0 {
			t.Errorf("%q was read as %+v", note, found)
		}
	}
}
