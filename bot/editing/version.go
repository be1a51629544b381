package editing

import (
	"context"
	"fmt"
	"path"

	"cairn/bot/blockkit"
	"cairn/bot/chat"
	"cairn/bot/english"
	"cairn/bot/workshop"
	"cairn/store"
)

// versionText is the text of a version; 0 is the file.
func (d *Desk) versionText(ctx context.Context, team, file string, number int) (string, error) {
	if number == 0 {
		text := d.Live.Base(file)
		if text == "" {
			return "", store.ErrNotFound
		}
		return text, nil
	}
	v, err := d.Store.PromptVersion(ctx, team, file, number)
	return v.Text, err
}

// piece is a version, ready for use.
func (d *Desk) piece(ctx context.Context, team, file string, number int) (workshop.Piece, error) {
	text, err := d.versionText(ctx, team, file, number)
	if err != nil {
		return workshop.Piece{}, err
	}
	piece, found := d.Live.Kinds().Check(file, text)
	if len(found) > 0 {
		return piece, found
	}
	return piece, nil
}

// Title is a file as people know it, ready to stand in a sentence.
func (d *Desk) Title(file string) string { return "“" + blockkit.Escape(d.bareTitle(file)) + "”" }

// bareTitle is the same by itself, not escaped.
func (d *Desk) bareTitle(file string) string {
	name := workshop.Name(file)
	if use, ok := d.Live.Prompt(d.Team, name, "", 0); ok {
		return use.Prompt.Title
	}
	switch kind, _ := workshop.KindOf(file); kind {
	case workshop.Guide:
		return "What fits whom"
	case workshop.Library:
		return "The library"
	case workshop.Journey:
		if m, ok := d.Live.Journeys(d.Team).Get(name); ok {
			return m.Title()
		}
	}
	return name
}

// versionWord names a version of a file. Below all versions is the original, or
// the file of CAIRN_PROMPTS_DIR that stands in its place.
func (d *Desk) versionWord(file string, number int) string {
	if _, own := d.Live.Own(file); number == 0 && own {
		return "the file " + path.Base(file)
	}
	if number == 0 {
		return "the original"
	}
	return fmt.Sprintf("version %d", number)
}

// thenWord names a version as it was when a move was made: below all versions was what was
// there then, whatever the folder holds by now.
func (d *Desk) thenWord(m store.PromptMove, number int) string {
	kind, _ := workshop.KindOf(m.File)
	switch {
	case number > 0:
		return fmt.Sprintf("version %d", number)
	case kind.FromRows():
		return "the library as it was before"
	case m.Base != "":
		return fmt.Sprintf("the file %s (text `%.8s`)", path.Base(m.File), m.Base)
	}
	return "the original"
}

// standsWord is versionWord where people look at what stands: of a file it says
// where it lies and when it was changed.
func (d *Desk) standsWord(r *chat.Request, file string, number int) string {
	word := d.versionWord(file, number)
	if changed, own := d.Live.Own(file); number == 0 && own {
		at := changed.In(d.Here(r).Location())
		if d.Live.Broken()[file] == workshop.LastGood {
			word = "the last good text of " + word
		}
		word += fmt.Sprintf(" on the machine I run on, changed %s %s", english.Day(at, d.Here(r)), at.Format("15:04"))
	}
	return word
}

// wasLiveWord is a version that is or was live. Of rows the versions are what was
// published; before the first, there was what forms and imports had made.
func (d *Desk) wasLiveWord(file string, number int) string {
	if kind, _ := workshop.KindOf(file); kind.FromRows() && number == 0 {
		return "the library as it was before"
	}
	return d.versionWord(file, number)
}

func draftWord(number int) string {
	if number == 0 {
		return ""
	}
	return fmt.Sprintf(", the draft is version %d", number)
}
