package coach

import (
	"cairn/bot/journey"
	"cairn/bot/suggest"
	"cairn/store"
)

// Tally tells what became of content as the suggestions learn from it.
func Tally(rows []store.Tallied, items []store.Content) suggest.Tally {
	byStage := map[suggest.ContentStage]suggest.Count{}
	channels := map[journey.Channel]suggest.Count{}
	for _, r := range rows {
		c := suggest.Count{Shown: r.Shown, Shared: r.Shared, Answered: r.Answered, Moved: r.Moved, Helped: r.Helped}
		key := suggest.ContentStage{Content: r.ContentID, Stage: r.Stage}
		byStage[key] = plus(byStage[key], c)
		if r.Channel != "" {
			channels[journey.Channel(r.Channel)] = plus(channels[journey.Channel(r.Channel)], c)
		}
	}
	kinds := make(map[int64]string, len(items))
	for _, it := range items {
		kinds[it.ID] = it.Kind
	}
	return suggest.NewTally(byStage, kinds).WithChannels(channels)
}

func plus(a, b suggest.Count) suggest.Count {
	return suggest.Count{Shown: a.Shown + b.Shown, Shared: a.Shared + b.Shared, Answered: a.Answered + b.Answered,
		Moved: a.Moved + b.Moved, Helped: a.Helped + b.Helped}
}
