package bot

import (
	"maps"
	"strings"

	"cairn/bot/workshop"
	"cairn/prompts"
)

// inExamples are the examples of a prompt as they stand, and with each of its
// flags.
func inExamples(def *prompts.Prompt) []workshop.Case {
	var cases []workshop.Case
	for _, c := range workshop.Cases(def) {
		if c.Name == workshop.AsExamples || strings.HasPrefix(c.Name, workshop.WithFlag) {
			if since, ok := exampleSince[c.Flag]; ok && def.Name == reminderPrompt {
				c.Vars = maps.Clone(c.Vars)
				c.Vars["since"], c.Vars["step"] = since, ""
			}
			cases = append(cases, c)
		}
	}
	return cases
}

// exampleSince is how long ago it is for each flag of the line of a morning,
// which has one example for all.
var exampleSince = map[string]string{"waiting": "6 working days", "quiet": "21 working days", "ready": "3 working days"}
