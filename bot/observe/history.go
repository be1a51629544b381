package observe

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"cairn/bot/journey"
)

// History is one contact's labelled notes, as a line of a histories file.
type History struct {
	ID       string `json:"id"`
	Industry string `json:"industry"`
	Contact  struct {
		Name    string `json:"name"`
		Company string `json:"company"`
		Title   string `json:"title"`
	} `json:"contact"`
	Interactions []struct {
		At        string            `json:"at"`
		Channel   journey.Channel   `json:"channel"`
		Direction journey.Direction `json:"direction"`
		Note      string            `json:"note"`
	} `json:"interactions"`
	Gold Gold `json:"gold"`

	Author string `json:"-"` // the file's name without its ending
	Slice  string `json:"slice,omitempty"`
}

// Gold is what a careful reader says of a history.
type Gold struct {
	Signals [][]journey.Signal `json:"signals"` // one list an interaction
	Aipee   struct {
		Stage        string   `json:"stage"`
		Status       string   `json:"status"`
		DoNotContact bool     `json:"do_not_contact"`
		Cycle        string   `json:"cycle"`
		Exchanged    []string `json:"exchanged"`
	} `json:"aipee"`
	Orbit     string `json:"orbit"`
	Lifecycle struct {
		Phase     string `json:"phase"`
		Influence bool   `json:"influence"`
	} `json:"lifecycle"`
}

// maxLine bounds one contact's line: a thousand long notes fit.
const maxLine = 64 << 20

// ReadHistories calls yield for each line of r, in order, one at a time. A line
// that is no history ends the reading with an error that names file and line;
// so does yield's own error.
func ReadHistories(file string, r io.Reader, yield func(History) error) error {
	author := Author(file)
	scan := bufio.NewScanner(r)
	scan.Buffer(make([]byte, 64<<10), maxLine)
	line := 0
	for scan.Scan() {
		line++
		if len(strings.TrimSpace(scan.Text())) == 0 {
			continue
		}
		var h History
		if err := json.Unmarshal(scan.Bytes(), &h); err != nil {
			return fmt.Errorf("%s:%d: %w", file, line, err)
		}
		if err := h.check(); err != nil {
			return fmt.Errorf("%s:%d: %w", file, line, err)
		}
		h.Author = author
		if err := yield(h); err != nil {
			return fmt.Errorf("%s:%d: %w", file, line, err)
		}
	}
	if err := scan.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", file, line+1, err)
	}
	return nil
}

// Author is the author of a histories file: its name without the ending.
func Author(file string) string {
	return strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
}

func (h *History) check() error {
	if len(h.Interactions) != len(h.Gold.Signals) {
		return fmt.Errorf("contact %q has %d interactions but labels for %d", h.ID, len(h.Interactions), len(h.Gold.Signals))
	}
	for i, list := range h.Gold.Signals {
		for _, s := range list {
			if _, err := journey.ParseSignal(string(s)); err != nil {
				return fmt.Errorf("contact %q, interaction %d: %w", h.ID, i+1, err)
			}
		}
		if _, err := h.when(i); err != nil {
			return fmt.Errorf("contact %q, interaction %d: %w", h.ID, i+1, err)
		}
	}
	return nil
}

func (h *History) when(i int) (time.Time, error) {
	at := h.Interactions[i].At
	if len(at) > len(time.DateOnly) {
		return time.Parse(time.RFC3339, at)
	}
	return time.Parse(time.DateOnly, at)
}

// Note returns interaction i as the reading sees it.
func (h *History) Note(i int) Note {
	it := h.Interactions[i]
	at, _ := h.when(i) // checked when the line was read
	return Note{Text: it.Note, Channel: it.Channel, Direction: it.Direction, At: at, Names: []string{h.Contact.Name, h.Contact.Company}}
}
