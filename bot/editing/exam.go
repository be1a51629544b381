package editing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"cairn/bot/journey"
	"cairn/bot/observe"
	"cairn/bot/observe/eval"
	"cairn/bot/observe/model"
	"cairn/bot/suggest"
	"cairn/bot/workshop"
	"cairn/bot/workshop/exam"
	"cairn/prompts"
	"cairn/store"
)

// paper is an exam of a draft: how it is kept, and the texts that are compared
// where those are more than the pair itself. They are read once, so that what is
// judged is what it is kept as.
type paper struct {
	key     store.PromptExam
	was, is workshop.Files // of cues: all cue files, with the live and with the draft text
}

// examOf names the exam of a draft: what is compared, who reads, and on which
// cases. ok is false where it takes a model and there is none.
func (d *Desk) examOf(ctx context.Context, team, file string, p pair) (x paper, ok bool, err error) {
	x.key = store.PromptExam{File: file, Engine: string(observe.BuiltIn)}
	kind, _ := workshop.KindOf(file)
	if kind == workshop.Prompt {
		x.key.Live, x.key.Draft = p.live.Prompt.Hash(), p.draft.Prompt.Hash()
		if d.Asker == nil {
			return x, false, nil
		}
		x.key.Engine = d.Asker.Model()
		x.key.Cases, err = d.casesOf(ctx, team, p)
		return x, true, err
	}
	live, draft, err := d.textsOf(ctx, team, p)
	if err != nil {
		return x, false, err
	}
	all := workshop.Files{}
	if kind == workshop.Cues {
		all = d.Live.CueTexts(team)
	}
	x.was, x.is = all.With(file, live), all.With(file, draft)
	x.key.Live, x.key.Draft = sumOf(x.was), sumOf(x.is)
	x.key.Cases, err = d.casesOf(ctx, team, p)
	return x, true, err
}

// textsOf are the texts of a pair; of a library, as it is and as it would be.
func (d *Desk) textsOf(ctx context.Context, team string, p pair) (live, draft string, err error) {
	if p.shelf != nil {
		if live, err = workshop.CSV(p.live.Shelf.Items); err == nil {
			draft, err = workshop.CSV(p.draft.Shelf.Items)
		}
		return live, draft, err
	}
	if live, err = d.versionText(ctx, team, p.labels.File, p.labels.Live); err == nil {
		draft, err = d.versionText(ctx, team, p.labels.File, p.labels.Draft)
	}
	return live, draft, err
}

// casesOf names the cases of an exam as they are now, and how they are judged. A binary with other
// labelled notes, or a reading that the team has put right since, makes what was
// judged before no judgement any more: publishing asks for the test again.
func (d *Desk) casesOf(ctx context.Context, team string, p pair) (string, error) {
	sum, err := d.casesSum(ctx, team, p)
	return exam.Method + " " + sum, err
}

func (d *Desk) casesSum(ctx context.Context, team string, p pair) (string, error) {
	switch {
	case p.live.Guide != nil || p.shelf != nil: // what the team's contacts did since does not ask for the test again
		return exam.Sum(suggest.LabelledFiles())
	case p.live.Prompt != nil && exam.Phrases(p.live.Prompt.Name):
		def, _ := d.Live.Kinds().Default(p.live.Prompt.Name) // whose cases they are
		return def.Hash(), nil
	}
	shipped, err := exam.Sum(observe.Histories())
	if err != nil {
		return "", err
	}
	if p.live.Prompt == nil { // cues are tried on lines too
		lines, err := exam.Sum(observe.Lines())
		if err != nil {
			return "", err
		}
		shipped += lines
	}
	own, err := d.Store.CasesSum(ctx, team, mostOwn(p))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(shipped + own))
	return hex.EncodeToString(sum[:]), nil
}

// mostOwn is how many of the team's corrected contacts an exam reads.
func mostOwn(p pair) int {
	if p.live.Prompt != nil {
		return exam.MostOwn
	}
	return exam.MostOwnBuiltIn
}

func sumOf(files workshop.Files) string {
	sum := sha256.New()
	for _, name := range files.Names() {
		fmt.Fprintf(sum, "%s %d\n%s", name, len(files[name]), files[name])
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// judgeDraft sits the exam that fits the file.
func (d *Desk) judgeDraft(ctx context.Context, a ExamArgs, p pair, x paper) (exam.Outcome, error) {
	models, err := journey.LoadAll(prompts.Journeys())
	if err != nil {
		return exam.Outcome{}, err
	}
	if p.shelf != nil {
		return d.judgeShelf(ctx, a.Team, p, models)
	}
	if p.live.Guide != nil {
		sets, err := suggest.LabelledSets()
		if err != nil {
			return exam.Outcome{}, err
		}
		m, _ := models.Get(journey.Default) // it travels with the binary
		return exam.Guide(p.live.Guide, p.draft.Guide, sets, m)
	}
	if p.live.Prompt != nil && exam.Phrases(p.live.Prompt.Name) {
		def, _ := d.Live.Kinds().Default(p.live.Prompt.Name)
		return exam.Phrasing(ctx, d.Asker, a.Team, versionOf(p.live, a.Live), versionOf(p.draft, a.Draft), workshop.Told(def, p.draft.Prompt), d.YouWe)
	}
	read, err := exam.Held(observe.Histories())
	if err != nil {
		return exam.Outcome{}, err
	}
	own, err := d.corrected(ctx, a.Team, mostOwn(p), models)
	if err != nil {
		return exam.Outcome{}, err
	}
	if p.live.Prompt != nil {
		set := append(exam.Sample(read, exam.SampleNotes), own...)
		teller, _ := d.Coach.Reader.(model.Teller) // without one, all of a note is read
		return exam.Reading(ctx, d.Asker, teller, a.Team, versionOf(p.live, a.Live), versionOf(p.draft, a.Draft), set, models)
	}
	was, err := workshop.LoadCues(x.was)
	if err != nil {
		return exam.Outcome{}, err
	}
	is, err := workshop.LoadCues(x.is)
	if err != nil {
		return exam.Outcome{}, err
	}
	lines, err := eval.Lines(observe.Lines())
	if err != nil {
		return exam.Outcome{}, err
	}
	reader, err := d.shipped()
	if err != nil {
		return exam.Outcome{}, err
	}
	return exam.Cues(was, is, exam.Bench{Set: append(read, own...), Lines: lines, Reader: reader, Models: models})
}

// shipped is a reading with the weights of the binary.
func (d *Desk) shipped() (*observe.Reader, error) {
	if r, ok := d.Coach.Reader.(*observe.Reader); ok {
		return r, nil
	}
	return observe.New(prompts.Cues()) // who reads by other means has the weights of the binary all the same
}

func versionOf(p workshop.Piece, number int) exam.Version {
	return exam.Version{Prompt: p.Prompt, ID: workshop.VersionID(p.Prompt, number)}
}

// corrected are the most contacts of the team whose readings somebody put right
// last, names masked: they are cases of every exam.
func (d *Desk) corrected(ctx context.Context, team string, most int, models journey.Models) ([]observe.History, error) {
	var lines strings.Builder
	err := d.Store.Cases(ctx, team, most, func(c store.Case) error {
		line, err := exam.Corrected(c, models)
		lines.Write(append(line, '\n'))
		return err
	})
	if err != nil {
		return nil, err
	}
	return exam.Own(strings.NewReader(lines.String()))
}
