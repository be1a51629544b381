package observe_test

import (
	"fmt"
	"os"
	"testing"

	"cairn/bot/journey"
	"cairn/bot/observe"
)

func TestZZFn(t *testing.T) {
	if os.Getenv("YA") == "" {
		t.Skip()
	}
	r := reader(t)
	cs := map[string]observe.Context{
		"new":      {},
		"met":      observe.Context{}.After([]journey.Signal{journey.SharedNeeds}, journey.Meeting, journey.BothWay),
		"replied":  observe.Context{}.After([]journey.Signal{journey.Replied}, journey.Email, journey.In),
		"customer": observe.Context{}.After([]journey.Signal{journey.Revenue}, journey.Email, journey.In),
	}
	for _, text := range []string{"him and I", "her and me", "with her", "from me to you", "er und ich", "lui et moi", "she is", "call, him and I", "call, with her", "met him and I", "with him and her team", "about that one", "Peter Schmitt", "call with Peter Schmitt", "blorb zzyx", "we and they", "there and then", "it was so", "and so on", "him and I again", "he and she were there", "io e lui", "ella y yo", "ik en hij", "eu e ela", "him and I were at it", "she was with us", "they were with him and her", "as it was before"} {
		for name, c := range cs {
			for _, ch := range []journey.Channel{journey.Other, journey.Phone, journey.Email, journey.Meeting} {
				for _, dir := range []journey.Direction{journey.In, journey.Out, journey.BothWay} {
					found := r.Read(observe.Note{Text: text, Channel: ch, Direction: dir}, c)
					for _, f := range found {
						fmt.Printf("FN %s | %s %s %s | %s %.2f\n", text, name, ch, dir, f.Signal, f.Confidence)
					}
				}
			}
		}
	}
}
