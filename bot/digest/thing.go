package digest

import "cairn/bot/wilson"

// Thing is the one thing worth doing as a team this week, as the rules chose
// it; a prompt phrases it. Exactly one of the five is its Kind.
type Thing struct {
	Kind     string `json:"kind"`               // waiting, unused, gap, ready, quiet; "" where nothing stands out
	Count    int    `json:"count,omitempty"`    // people: who wait, are ready or went quiet, have nothing that fits, or stand at Stage where an item is seldom given
	Stage    string `json:"stage,omitempty"`    // a title; of those who wait, where the largest group stands, "" where that is withheld
	Audience string `json:"audience,omitempty"` // an industry
	Title    string `json:"title,omitempty"`    // of the item that would help
}

// enough is how many people a thing must be about to be the team's.
const enough = 3

// Choose names the one thing: first who waits for us, then where the library
// has nothing, then an item that helps and is seldom given, then who is ready
// to be asked, then who went quiet. A figure that is withheld chooses nothing.
func Choose(f Figures) Thing {
	if f.Waiting.N >= enough {
		most := f.waitMost()
		return Thing{Kind: "waiting", Count: f.Waiting.N, Stage: most.Title, Title: f.helpsAt(most.Stage)}
	}
	if len(f.Gaps) > 0 && f.Gaps[0].Sum.N >= enough {
		g := f.Gaps[0]
		return Thing{Kind: "gap", Count: g.Sum.N, Stage: g.Title, Audience: g.Industry}
	}
	if t, ok := f.seldomGiven(); ok {
		return t
	}
	if f.Ready.N >= enough {
		return Thing{Kind: "ready", Count: f.Ready.N}
	}
	if s := f.quietMost(); s.Quiet.N >= enough {
		return Thing{Kind: "quiet", Count: s.Quiet.N, Stage: s.Title, Title: f.helpsAt(s.Stage)}
	}
	return Thing{}
}

func (f Figures) waitMost() Stand {
	if len(f.WaitingAt) == 0 {
		return Stand{}
	}
	return f.WaitingAt[0]
}

func (f Figures) quietMost() Stand {
	var most Stand
	for _, s := range f.Stands {
		if s.Quiet.N > most.Quiet.N {
			most = s
		}
	}
	return most
}

// helpsAt is the title of the item that moved most of those it was given to at
// the stage, "" where none did.
func (f Figures) helpsAt(stage string) string {
	title, best := "", 0.0
	for _, it := range f.Items {
		for _, c := range it.At {
			if low, _ := wilson.Interval(c.Moved, c.Given.N, wilson.FourInFive); c.Stage == stage && c.Moved > 0 && low > best {
				title, best = it.Title, low
			}
		}
	}
	return title
}

// seldomGiven finds an item that moved people on at a stage where three times as
// many stand as it was given to there. Who of those has had it elsewhere is not
// known.
func (f Figures) seldomGiven() (Thing, bool) {
	for _, it := range f.Items {
		for _, c := range it.At {
			s := f.stand(c.Stage)
			if s == nil || c.Given.N < enough || 3*c.Moved < c.Given.N || s.Here.N < 3*c.Given.N {
				continue
			}
			return Thing{Kind: "unused", Count: s.Here.N, Stage: s.Title, Title: it.Title}, true
		}
	}
	return Thing{}, false
}
