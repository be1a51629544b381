package digest_test

import (
	"testing"

	"cairn/bot/digest"
)

// The one thing: by urgency, never on a figure that is withheld or small.
func TestChoose(t *testing.T) {
	hidden := digest.Sum{Hidden: true}
	at := func(stage, title string, v int) digest.Stand {
		return digest.Stand{Stage: stage, Title: title, Here: n(v), Quiet: n(v)}
	}
	for _, c := range []struct {
		what string
		f    digest.Figures
		want digest.Thing
	}{
		{"nothing is known", digest.Figures{}, digest.Thing{}},
		{"who waits goes first", digest.Figures{Waiting: n(7), Ready: n(9), WaitingAt: []digest.Stand{at("permission", "Permission", 5)}},
			digest.Thing{Kind: "waiting", Count: 7, Stage: "Permission"}},
		{"with what helped there", digest.Figures{Waiting: n(7), WaitingAt: []digest.Stand{at("permission", "Permission", 5)},
			Items: []digest.Item{{Title: "Few", At: []digest.Cell{{Stage: "permission", Given: n(3), Moved: 3}}}, {Title: "Many", At: []digest.Cell{{Stage: "permission", Given: n(30), Moved: 27}}}}},
			digest.Thing{Kind: "waiting", Count: 7, Stage: "Permission", Title: "Many"}},
		{"where they wait is withheld", digest.Figures{Waiting: n(7)}, digest.Thing{Kind: "waiting", Count: 7}},
		{"two are not a team's", digest.Figures{Waiting: n(2), Ready: n(4)}, digest.Thing{Kind: "ready", Count: 4}},
		{"what is withheld chooses nothing", digest.Figures{Waiting: hidden, Ready: hidden}, digest.Thing{}},
		{"a gap before an ask", digest.Figures{Ready: n(4), Gaps: []digest.Gap{{Stage: "permission", Title: "Permission", Industry: "hospitals", Sum: n(5)}}},
			digest.Thing{Kind: "gap", Count: 5, Stage: "Permission", Audience: "hospitals"}},
		{"an item that moves people and is seldom given", digest.Figures{Stands: []digest.Stand{at("permission", "Permission", 30)},
			Items: []digest.Item{{Title: "Checklist", At: []digest.Cell{{Stage: "permission", Given: n(6), Moved: 3}}}}},
			digest.Thing{Kind: "unused", Count: 30, Stage: "Permission", Title: "Checklist"}},
		{"at last those who went quiet", digest.Figures{Stands: []digest.Stand{at("permission", "Permission", 4)}}, digest.Thing{Kind: "quiet", Count: 4, Stage: "Permission"}},
	} {
		t.Run(c.what, func(t *testing.T) {
			if got := digest.Choose(c.f); got != c.want {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		share digest.Share
		want  int
		ok    bool
	}{{digest.Share{N: 1, Of: 3}, 33, true}, {digest.Share{N: 2, Of: 3}, 67, true}, {digest.Share{}, 0, false}, {digest.Share{Hidden: true, N: 1, Of: 2}, 0, false}, {digest.Share{N: 3, Of: 3}, 100, true}} {
		if got, ok := c.share.Percent(); got != c.want || ok != c.ok {
			t.Errorf("%+v: %d, %v", c.share, got, ok)
		}
	}
}
