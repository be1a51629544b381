package bot

import (
	"context"
	"fmt"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/store"
)

// journey shows the journeys, or makes one the team's own.
func (b *Bot) journey(ctx context.Context, r *chat.Request) (chat.Reply, error) {
	model, err := b.teamJourney(ctx, r)
	if err != nil {
		return chat.Reply{}, err
	}
	word, models := strings.ToLower(strings.TrimSpace(r.Text)), b.coach.For(r.TeamID).Models
	if word == "" {
		return chat.Say(journeyText(models, model.Name())), nil
	}
	chosen, ok := models.Get(word)
	if !ok {
		hint := "They are: " + strings.Join(models.Names(), ", ") + "."
		if near, found := line.Nearest(word, models.Names()); found {
			hint = "Did you mean `" + near + "`?"
		}
		return chat.Say(fmt.Sprintf("There is no journey “%s”. %s", blockkit.Escape(blockkit.Truncate(word, 40)), hint)), nil
	}
	who, err := b.store.Person(ctx, r.TeamID, r.PersonID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !who.Is(store.Manager) && !who.Is(store.Editor) {
		return chat.Say("The journey is the whole team's: a manager, an editor or an admin changes it. Every journey stands on each card all the same."), nil
	}
	if err := b.store.SetJourney(ctx, r.TeamID, chosen.Name(), r.PersonID); err != nil {
		return chat.Reply{}, err
	}
	return chat.Say(fmt.Sprintf("*Receipts now speak of the %s.* Nothing was read anew: every note has its place on all journeys.", blockkit.Escape(chosen.Title()))), nil
}

// stageWord is the title of a stage, ready to stand in a sentence.
func stageWord(m *journey.Model, stage string) string { return blockkit.Escape(m.StageTitle(stage)) }

func journeyText(models journey.Models, current string) string {
	var lines []string
	for _, m := range models {
		var stages []string
		for _, s := range m.Stages() {
			stages = append(stages, blockkit.Escape(s.Title))
		}
		l := fmt.Sprintf("`%s` *%s*: %s", m.Name(), blockkit.Escape(m.Title()), strings.Join(stages, " → "))
		if m.Name() == current {
			l += "  _(yours)_"
		}
		lines = append(lines, l)
	}
	return strings.Join(lines, "\n")
}
