package exam

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"cairn/bot/llm"
	"cairn/bot/observe/model"
	wording "cairn/bot/phrase"
	"cairn/bot/workshop"
	"cairn/prompts"
)

// phrases are the prompts with which a model phrases. The places are those of
// the wordings that stand in for them without a model.
func phrases() map[string]int {
	return map[string]int{wording.PromptName: wording.Longest, wording.LinePrompt: wording.LongestLine, wording.QuestionsPrompt: wording.LongestQuestions}
}

// Phrases reports whether a model phrases with the prompt of that name.
func Phrases(name string) bool { _, ok := phrases()[name]; return ok }

// Phrasing judges a prompt that a model phrases with: it answers every case
// with live and draft, and the answers get the checks of wordings; what is
// refused in use is refused here, see [wording.Case]. Words count as they do there.
func Phrasing(ctx context.Context, asker model.Asker, team string, live, draft Version, def *prompts.Prompt, words wording.Words) (Outcome, error) {
	longest, ok := phrases()[def.Name]
	if !ok {
		return Outcome{}, fmt.Errorf("nothing is phrased with %s", def.Name)
	}
	asker = model.For(asker, "exam")
	cases := workshop.Cases(def)
	var count [2]tally
	var results [2][]workshop.Result
	for i, v := range []Version{live, draft} {
		results[i] = make([]workshop.Result, len(cases))
		each(ctx, len(cases), &count[i], func(n int) error {
			var err error
			results[i][n], err = answer(ctx, asker, longest, team, v, cases[n], words)
			return err
		})
		if err := ctx.Err(); err != nil {
			return Outcome{}, err
		}
		if why := count[i].ended(len(cases), i == 0); why != "" {
			return unjudged(why), nil
		}
	}
	c := workshop.Compare(live.Prompt, draft.Prompt, cases, results[0], results[1])
	o := Outcome{Verdict: c.Verdict, Judged: true, Lines: []string{
		fmt.Sprintf("%s answered %d cases with each. With a fault: %d live, %d in the draft.", asker.Model(), len(cases), c.Live.Faults, c.Draft.Faults),
		fmt.Sprintf("Characters: %d live, %d in the draft on average; at most %d and %d, and the place has %d.", c.Live.Typical, c.Draft.Typical, c.Live.Longest, c.Draft.Longest, longest),
		fmt.Sprintf("“You” and “your”: %d live, %d in the draft. “We”, “I”, “me”, “our” and the like: %d live, %d in the draft.", c.Live.You, c.Draft.You, c.Live.We, c.Draft.We)}}
	for _, why := range c.Why {
		o.Lines = append(o.Lines, "• "+why)
	}
	var changed []Change
	for _, x := range c.Changed {
		changed = append(changed, Change{Case: x.Draft.Case, Live: shownAs(x.Live), Draft: shownAs(x.Draft), Turn: turnOf(len(x.Live.Faults) == 0, len(x.Draft.Faults) == 0)})
	}
	// a model that is asked again answers otherwise
	if better, worse := turned(changed, ToBetter), turned(changed, ToWorse); o.Verdict == workshop.Better && chance(better, worse) > byChance {
		o.Verdict, o.Few = workshop.Same, true
		o.Lines = append(o.Lines, "So few answers with a fault more or less may be chance alone.")
	}
	o.keep(changed)
	return o, nil
}

func shownAs(r workshop.Result) string {
	if len(r.Faults) > 0 {
		return strings.TrimSpace(r.Text + " [" + strings.Join(r.Faults, "; ") + "]")
	}
	return r.Text
}

// answer has the model phrase one case, and checks what it says.
func answer(ctx context.Context, asker model.Asker, longest int, team string, v Version, c workshop.Case, words wording.Words) (workshop.Result, error) {
	r := workshop.Result{Case: c.Name}
	var err error
	r.Text, err = Phrased(ctx, asker, team, v, c.Vars, words)
	var fault *llm.Error
	switch {
	case errors.As(err, &fault):
		r.Faults = append(r.Faults, fault.Words())
		return r, err
	case err != nil:
		r.Faults = append(r.Faults, err.Error())
		return r, err
	}
	r.Length = len([]rune(r.Text))
	r.You, r.We = words(r.Text)
	if r.Length > longest {
		r.Faults = append(r.Faults, fmt.Sprintf("%d characters, its place has %d", r.Length, longest))
	}
	if low := strings.ToLower(r.Text); strings.ContainsAny(r.Text, "<>@") || strings.Contains(low, "http") || strings.Contains(low, "www.") {
		r.Faults = append(r.Faults, "a link or a mention stands in it")
	}
	if strings.Contains(r.Text, "{{") || strings.Contains(r.Text, "```") {
		r.Faults = append(r.Faults, "code stands in it")
	}
	return r, nil
}

// Phrased has the model phrase with the given inputs, in no contact's name, and returns
// its words with the stand-ins that it was given. What is refused in use is refused here:
// the error is an [llm.Error] then, and else that of a text that does not render.
func Phrased(ctx context.Context, asker model.Asker, team string, v Version, vars map[string]any, words wording.Words) (string, error) {
	system, user, err := v.Prompt.Render(vars)
	if err != nil {
		return "", err
	}
	q, err := questionOf(team, v, vars, system, user, words)
	if err != nil {
		return "", err
	}
	a, err := asker.Ask(ctx, q)
	if err != nil {
		return "", err
	}
	return said(a.JSON), nil
}

// questionOf asks for what a case is about, as far as that decides what is
// refused. The customers of the cases have a company.
func questionOf(team string, v Version, vars map[string]any, system, user string, words wording.Words) (llm.Question, error) {
	switch v.Prompt.Name {
	case wording.QuestionsPrompt:
		return wording.Talk{Team: team, Prompt: v.Prompt, Version: v.ID, Company: maskedCompany}.Question(system, user)
	case wording.LinePrompt:
		t := wording.Thing{Team: team, Prompt: v.Prompt, Version: v.ID}
		t.Figures, _ = vars["figures"].(map[string]any)
		if items, ok := vars["items"].([]any); ok {
			for _, i := range items {
				t.Titles = append(t.Titles, fmt.Sprint(i))
			}
		}
		return t.Question(system, user)
	}
	c := wording.Case{Team: team, Prompt: v.Prompt, Version: v.ID, Company: maskedCompany}
	c.MayAsk, _ = vars["may_ask"].(string)
	if contact, ok := vars["contact"].(map[string]any); ok {
		c.Language, _ = contact["language"].(string)
	}
	return c.Question(system, user, words)
}

// said is the text of an answer that satisfies the schema of its question.
func said(answer json.RawMessage) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(answer, &fields) != nil {
		return ""
	}
	for _, v := range fields { // there is one
		var text string
		var list []string
		if json.Unmarshal(v, &text) == nil {
			return strings.TrimSpace(text)
		}
		if json.Unmarshal(v, &list) == nil {
			return strings.TrimSpace(strings.Join(list, "\n"))
		}
	}
	return ""
}
