package weekly

import (
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"cairn/bot/blockkit"
	"cairn/bot/digest"
	"cairn/bot/english"
	"cairn/bot/observe"
	"cairn/bot/workshop"
	"cairn/prompts"
	"cairn/store"
)

// part is one sentence, or one line, of a digest: the flag that asks the
// wording for it, and the figures that it may say.
type part struct {
	flag string
	vars map[string]any
}

// partsOf are the lines of a digest, each of the parts that stand side by
// side in it.
func partsOf(f digest.Figures, last *digest.Figures) [][]part {
	return [][]part{movedParts(f, last), helpedParts(f), waitingParts(f, last), backParts(f), libraryParts(f, last), gapParts(f), thanksParts(f)}
}

// lines says what there is to say of the figures, and which wording said it. A
// team's wording that cannot say all of it, or leaves nothing to read, gives way
// to the one that travels with the binary: the digest is in time.
func (b *Board) lines(team string, f digest.Figures, last *digest.Figures) ([]string, store.PromptUse, error) {
	use := store.PromptUse{Made: "digest-lines", Engine: string(observe.BuiltIn), At: b.Now()}
	live, ok := b.Live.Prompt(team, digest.LinesPrompt, "", 0)
	shipped, known := b.Live.Kinds().Default(digest.LinesPrompt)
	if !ok || !known {
		return nil, use, fmt.Errorf("the wording %s is missing", digest.LinesPrompt)
	}
	parts := partsOf(f, last)
	said, err := worded(live.Prompt, parts)
	if use.Version = live.Version; err != nil {
		b.Log.Error("a digest's wording cannot be used; the original is", "team", team, "version", live.Version, "error", err)
		said, err = worded(shipped, parts)
		use.Version = workshop.VersionID(shipped, 0)
	}
	return said, use, err
}

// TooFew is the line of who moved where too few of a team stand behind it: the flag
// that asks a wording for it, and all of its inputs. A wording has no example of it.
func TooFew(p *prompts.Prompt) (flag string, vars map[string]any) {
	few := movedParts(digest.Figures{Moves: map[string]digest.Sum{"up": {Hidden: true}}}, nil)[0]
	vars = blank(p)
	maps.Copy(vars, few.vars)
	vars[few.flag] = true
	return few.flag, vars
}

// worded has a wording say each part of each line.
func worded(p *prompts.Prompt, lines [][]part) ([]string, error) {
	var said []string
	for _, parts := range lines {
		var line []string
		for _, part := range parts {
			vars := blank(p)
			for name, v := range part.vars {
				vars[name] = v
			}
			vars[part.flag] = true
			text, err := p.RenderText(vars)
			if err != nil {
				return nil, err
			}
			if text != "" {
				line = append(line, text)
			}
		}
		if len(line) > 0 {
			said = append(said, strings.Join(line, " "))
		}
	}
	if len(said) == 0 {
		return nil, errors.New("nothing is left to read")
	}
	return said, nil
}

// blank gives every input of a wording nothing.
func blank(p *prompts.Prompt) map[string]any {
	nothing := map[prompts.Kind]any{prompts.Data: "", prompts.Fixed: "", prompts.Number: 0, prompts.Flag: false, prompts.List: []prompts.Row(nil)}
	vars := make(map[string]any, len(p.Inputs))
	for _, in := range p.Inputs {
		vars[in.Name] = nothing[in.Kind]
	}
	return vars
}

// movedParts say who went where: forward first.
func movedParts(f digest.Figures, last *digest.Figures) []part {
	up, skipped := f.Moves["up"], f.Moves["skipped"]
	vars := map[string]any{}
	if up.N > 0 {
		vars["up"] = peopleWord(up.N)
	}
	if skipped.N > 0 {
		vars["skipped"] = peopleWord(skipped.N)
	}
	if up.Hidden || skipped.Hidden {
		vars["too_few"] = "too few of you behind it to say how many"
	}
	if last != nil && up.N > 0 && last.Moves["up"].Shown() {
		vars["up_before"] = strconv.Itoa(last.Moves["up"].N)
	}
	var others []prompts.Row
	for _, k := range []struct{ kind, field string }{
		{"cycle_opened", "want_more"}, {"returned", "came_back"}, {"back", "went_back"}, {"quiet", "went_quiet"}, {"left", "left"}} {
		s := f.Moves[k.kind]
		if s.N == 0 {
			continue
		}
		row := prompts.Row{"first": "", "count": strconv.Itoa(s.N), "want_more": "", "came_back": "", "went_back": "", "went_quiet": "", "left": ""}
		row[k.field] = "yes"
		if len(others) == 0 {
			row["first"] = "yes"
		}
		others = append(others, row)
	}
	vars["others"] = others
	return []part{{"moved", vars}}
}

func peopleWord(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// helpedParts name up to three items, by what came after them.
func helpedParts(f digest.Figures) []part {
	var items []prompts.Row
	for _, it := range f.Items {
		if it.Given.N == 0 || it.Answered+it.Moved+it.Passed == 0 || len(items) == 3 {
			continue
		}
		items = append(items, prompts.Row{"title": blockkit.Truncate(it.Title, 80), "given": strconv.Itoa(it.Given.N),
			"answered": orNothing(it.Answered), "moved_on": orNothing(it.Moved), "passed_on": orNothing(it.Passed)})
	}
	if len(items) == 0 {
		return nil
	}
	return []part{{"helped", map[string]any{"items": items}}}
}

// orNothing is a figure, or nothing where there is none.
func orNothing(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// waitingParts say who waits for us, and the meter of it.
func waitingParts(f digest.Figures, last *digest.Figures) []part {
	var parts []part
	switch {
	case f.Waiting.Hidden:
		parts = append(parts, part{flag: "waiting_few"})
	case f.Waiting.N == 0:
		parts = append(parts, part{flag: "nobody_waits"})
	default:
		vars := map[string]any{"wait": peopleWord(f.Waiting.N) + " " + english.Verb(f.Waiting.N, "waits", "wait")}
		if last != nil && last.Waiting.Shown() {
			vars["wait_before"] = strconv.Itoa(last.Waiting.N)
		}
		parts = append(parts, part{"waiting", vars})
	}
	if p, ok := f.Unfollowed.Percent(); ok {
		parts = append(parts, part{"unfollowed", map[string]any{"unfollowed_percent": p, "unfollowed_elsewhere": publishedUnfollowed}})
	}
	return parts
}

// backParts say what came back, and who is ready to be asked.
func backParts(f digest.Figures) []part {
	var parts []part
	switch {
	case f.Exchanges.Hidden:
		parts = append(parts, part{flag: "exchanges_few"})
	case f.Exchanges.N > 0:
		var kinds []string
		for _, k := range []string{"revenue", "referral", "recommendation"} {
			if s := f.Kinds[k]; s.N > 0 {
				kinds = append(kinds, fmt.Sprintf("%s %d", k, s.N))
			}
		}
		parts = append(parts, part{"exchanges", map[string]any{"kinds": strings.Join(kinds, ", "),
			"came": fmt.Sprintf("%d %s", f.Exchanges.N, english.Verb(f.Exchanges.N, "exchange", "exchanges"))}})
	}
	if f.Ready.N > 0 {
		parts = append(parts, part{"ready", map[string]any{"are": peopleWord(f.Ready.N) + " " + english.Verb(f.Ready.N, "is", "are")}})
	}
	return parts
}

// libraryParts are the meter of unused content.
func libraryParts(f digest.Figures, last *digest.Figures) []part {
	p, ok := f.Unused.Percent()
	if !ok {
		return []part{{flag: "library_empty"}}
	}
	vars := map[string]any{"unused": f.Unused.N, "all_items": f.Unused.Of, "unused_percent": p, "unused_elsewhere": publishedUnused}
	if last != nil {
		if was, ok := last.Unused.Percent(); ok && was != p {
			vars["unused_before"] = strconv.Itoa(was)
		}
	}
	return []part{{"library", vars}}
}

func gapParts(f digest.Figures) []part {
	if len(f.Gaps) == 0 {
		return nil
	}
	g := f.Gaps[0]
	return []part{{"gap", map[string]any{"gap_stage": g.Title, "gap_industry": g.Industry, "gap_people": g.Sum.N}}}
}

func thanksParts(f digest.Figures) []part {
	if len(f.Thanks) == 0 {
		return nil
	}
	return []part{{"thanks", map[string]any{"names": strings.Join(f.Thanks, ", ")}}}
}
