package weekly

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/digest"
	"cairn/bot/observe"
	"cairn/bot/phrase"
	"cairn/bot/workshop"
	"cairn/store"
)

// thingPatience is how long all digests of a moment together may wait for a
// model; those that it does not serve get the built-in wording.
const thingPatience = 20 * time.Second

// phrased is the one thing of a digest in a model's words. The figures are
// weighed anew when the digest is made: only where they choose the very same
// thing do these words stand.
type phrased struct {
	Of      digest.Thing `json:"of"`
	Line    string       `json:"line"`
	Version string       `json:"version"`
	Model   string       `json:"model"`
}

// thingKinds tell a model what the rules chose.
var thingKinds = map[string]string{
	"waiting": "people gave a permission or asked something, and have had nothing from the team in five working days",
	"unused":  "people were moved on where an item was given, and few of those who stand there were given it",
	"gap":     "people stand where nothing in the library fits",
	"ready":   "people have been given enough to be asked",
	"quiet":   "people have gone quiet",
}

// phraseThing has the model put the one thing into words, with what the
// built-in wording says and no more. false: the built-in wording stands.
func (b *Board) phraseThing(ctx context.Context, team string, of digest.Thing) (phrased, bool) {
	if b.Asker == nil || of.Kind == "" {
		return phrased{}, false
	}
	use, ok := b.Live.Prompt(team, phrase.LinePrompt, "", 0)
	if !ok {
		return phrased{}, false
	}
	t := phrase.Thing{Team: team, Prompt: use.Prompt, Version: use.Version, What: thingKinds[of.Kind], Figures: map[string]any{"people": of.Count}}
	at := "at"
	if of.Kind == "waiting" {
		at = "largest group at" // which need not be most of them
	}
	for name, word := range map[string]string{at: of.Stage, "for": of.Audience} {
		if word != "" {
			t.Figures[name] = word
		}
	}
	if of.Title != "" {
		t.Titles = []string{of.Title}
	}
	people, err := b.Store.People(ctx, team)
	for _, p := range people {
		t.People = append(t.People, p.Name)
	}
	line := ""
	if err == nil {
		line, err = phrase.Line(ctx, b.Asker, t)
	}
	if err != nil {
		b.Log.Warn("the model phrased no line of a digest; the built-in wording stands", "team", team, "error", err)
		return phrased{}, false
	}
	return phrased{Of: of, Line: line, Version: use.Version, Model: b.Asker.Model()}, true
}

// thingAhead has the one thing of a digest phrased that is due now, before the
// transaction that makes it: none waits for a model. Where it fails the digest
// is made all the same.
func (b *Board) thingAhead(ctx context.Context, sc store.Schedule, now time.Time) phrased {
	if b.Asker == nil || ctx.Err() != nil {
		return phrased{}
	}
	d := b.turn(now)(sc).Digest
	if d == nil {
		return phrased{}
	}
	var f digest.Figures
	err := b.Store.Weigh(ctx, func(q store.Weighing) (err error) {
		f, _, err = b.figures(ctx, q, sc, d.DueAt, digest.Week{Year: d.Year, Number: d.Week})
		return err
	})
	if err != nil {
		b.Grumble(ctx, "weigh a digest for the model; the built-in wording stands", err, "channel", sc.Channel)
		return phrased{}
	}
	ahead, _ := b.phraseThing(ctx, sc.TeamID, f.Thing)
	return ahead
}

// thingLine is the one thing in words, and which prompt made them: the model's
// where it phrased this very thing, else the content team's built-in wording.
func (b *Board) thingLine(team string, f digest.Figures, ahead phrased) (string, store.PromptUse, error) {
	t := f.Thing
	use := store.PromptUse{Made: "digest", At: b.Now()}
	switch {
	case t.Kind == "":
		return "", use, nil
	case ahead.Line != "" && ahead.Of == t:
		use.Version, use.Engine, use.Model = ahead.Version, "model", ahead.Model
		return blockkit.Escape(ahead.Line), use, nil
	}
	vars := map[string]any{"waiting": false, "unused": false, "gap": false, "ready": false, "quiet": false,
		"count": t.Count, "stage": t.Stage, "audience": t.Audience, "title": t.Title}
	vars[t.Kind] = true
	builtIn, ok := b.Live.Prompt(team, digest.ThingPrompt, "", 0)
	if !ok {
		return "", use, fmt.Errorf("the wording %s is missing", digest.ThingPrompt)
	}
	use.Version, use.Engine = builtIn.Version, string(observe.BuiltIn)
	text, err := builtIn.Prompt.RenderText(vars)
	return text, use, err
}

// keepUses keeps which prompts worded a digest, and for which channel. A digest stands without it.
func (b *Board) keepUses(ctx context.Context, team, channel string, uses []store.PromptUse) {
	for _, use := range uses {
		if use.Version == "" { // there was nothing to say
			continue
		}
		use.Channel = channel
		if err := b.Store.UsePrompt(ctx, team, use); err != nil {
			b.Log.Warn("which wording was used is not kept", "team", team, "version", use.Version, "made", use.Made, "error", err)
		}
	}
}

// postValue is what the button of a preview carries: the week, and the words
// that its asker saw.
func postValue(channel string, k digest.Week, ahead phrased) string {
	value := fmt.Sprintf("%s %d %d", channel, k.Year, k.Number)
	if ahead.Line == "" {
		return value
	}
	raw, err := json.Marshal(ahead)
	if whole := value + " " + string(raw); err == nil && blockkit.Carries(whole) {
		return whole
	}
	return value
}

// readPostValue reads it. The words came from us, and Slack signs what comes back.
func readPostValue(value string) (channel string, k digest.Week, ahead phrased, err error) {
	if _, err := fmt.Sscanf(value, "%s %d %d", &channel, &k.Year, &k.Number); err != nil {
		return "", k, ahead, chat.ErrValue
	}
	if parts := strings.SplitN(value, " ", 4); len(parts) == 4 {
		if err := json.Unmarshal([]byte(parts[3]), &ahead); err != nil {
			return "", k, ahead, chat.ErrValue
		}
	}
	return channel, k, ahead, nil
}

// liveLine reports whether words that were phrased for a preview are still of
// the version that is live: a rollback holds for them too.
func (b *Board) liveLine(team string, ahead phrased) bool {
	use, ok := b.Live.Prompt(team, phrase.LinePrompt, "", 0)
	return ok && use.Why == workshop.IsLive && use.Version == ahead.Version
}
