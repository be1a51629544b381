package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"cairn/bot/journey"
	"cairn/bot/line"
	"cairn/bot/observe"
)

// Line is a note by itself, of which it is known what it must be read as and what it
// must not: a line as it is typed after /log, or one that gives its reader orders.
type Line struct {
	Note  observe.Note
	Known observe.Context
	Of    string           // of whom it was written: "a customer"
	Must  []journey.Signal // one of these; none: nothing is asked
	Never []journey.Signal // none of these
	Right string           // what it is to be read as, in words
}

// Holds reports whether a line is read as it should be with these signals.
func (l *Line) Holds(read []journey.Signal) bool {
	return (len(l.Must) == 0 || sharesOne(l.Must, read)) && !sharesOne(l.Never, read)
}

func sharesOne(a, b []journey.Signal) bool {
	return slices.ContainsFunc(a, func(s journey.Signal) bool { return slices.Contains(b, s) })
}

// Lines reads the files of lines at the top of files: those of *.txt are rows of "known
// as | must | must not | note", of which what is known may be left out for somebody new,
// and those of *.jsonl give their reader orders. What is wrong with one is told with file
// and line.
func Lines(files fs.FS) ([]Line, error) {
	var all []Line
	for _, ending := range []string{"*.txt", "*.jsonl"} {
		names, err := fs.Glob(files, ending)
		if err != nil {
			return nil, fmt.Errorf("list lines: %w", err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(files, name)
			if err != nil {
				return nil, fmt.Errorf("read lines: %w", err)
			}
			at := 0
			for row := range strings.Lines(string(data)) {
				at++
				if row = strings.TrimSpace(row); row == "" || strings.HasPrefix(row, "#") {
					continue
				}
				read := typed
				if path.Ext(name) == ".jsonl" {
					read = ordering
				}
				lines, err := read(row)
				if err != nil {
					return nil, fmt.Errorf("%s:%d: %w", name, at, err)
				}
				all = append(all, lines...)
			}
		}
	}
	if len(all) == 0 {
		return nil, errors.New("list lines: there is none")
	}
	return all, nil
}

// knownAs is what is known of whom a line was written, and who that is.
func knownAs(name string) (c observe.Context, of string, err error) {
	customer := observe.Context{}.After([]journey.Signal{journey.Revenue}, journey.Email, journey.In)
	switch name {
	case "new":
		return observe.Context{}, "somebody new", nil
	case "met":
		return observe.Context{}.After([]journey.Signal{journey.SharedNeeds}, journey.Meeting, journey.BothWay), "somebody whom we met", nil
	case "customer":
		return customer, "a customer", nil
	case "cross":
		return customer.After([]journey.Signal{journey.Complained}, journey.Phone, journey.In), "a customer who had complained", nil
	}
	return c, "", fmt.Errorf("nobody is known as %q", name)
}

// typedOn is the day on which lines are read, from which the days in them count.
var typedOn = time.Date(2026, time.November, 26, 10, 0, 0, 0, time.UTC)

// typed reads a row of a file of typed lines: how and from whom each came is what
// bot/line makes of it, as in the bot.
func typed(row string) ([]Line, error) {
	parts := strings.SplitN(row, " | ", 4)
	if _, _, err := knownAs(parts[0]); err != nil {
		parts = append([]string{"new"}, strings.SplitN(row, " | ", 3)...)
	}
	if len(parts) != 4 {
		return nil, errors.New("this is not: known as | must | must not | note")
	}
	l := Line{Right: rightly(parts[1], parts[2])}
	var err error
	if l.Known, l.Of, err = knownAs(parts[0]); err != nil {
		return nil, err
	}
	if l.Must, err = group(parts[1]); err != nil {
		return nil, err
	}
	if l.Never, err = group(parts[2]); err != nil {
		return nil, err
	}
	said, err := line.Shipped().Read(parts[3], typedOn) // no team's: drafts of cues are judged on the same lines
	if err != nil {
		return nil, err
	}
	l.Note = observe.Note{Text: line.Happened(parts[3], said.ToCome), Channel: said.Channel, Direction: said.Direction, At: said.At}
	return []Line{l}, nil
}

// group are the signals that a row names: one by one, or several by one word.
func group(text string) (list []journey.Signal, err error) {
	for name := range strings.SplitSeq(text, ",") {
		switch name {
		case "-":
		case "!":
			list = append(list, journey.Signals()...)
		case "sale":
			list = append(list, journey.Revenue, journey.RepeatOrder, journey.Expanded, journey.Referral, journey.Recommendation)
		case "theirs":
			list = append(list, journey.AskedForMore, journey.GaveContact, journey.Subscribed, journey.Connected, journey.SharedNeeds)
		default:
			s, err := journey.ParseSignal(name)
			if err != nil {
				return nil, err
			}
			list = append(list, s)
		}
	}
	return list, nil
}

// rightly tells in words what a row must be read as, and what it must not.
func rightly(must, never string) string {
	words := strings.NewReplacer("_", " ", "theirs", "a step of theirs", "sale", "a sale", ",", " or ")
	var parts []string
	if must != "-" {
		parts = append(parts, words.Replace(must))
	}
	switch never {
	case "-":
	case "!":
		parts = append(parts, "nothing")
	default:
		parts = append(parts, "never "+words.Replace(never))
	}
	return strings.Join(parts, ", ")
}

// harmless is what a note shows of small talk, orders or none: who gave the order won
// nothing by it.
var harmless = []journey.Signal{journey.Replied, journey.ReachedOut, journey.HeardThem, journey.NoticedUs}

// ordering reads a note that gives its reader orders. What happened beside them was
// written of somebody new; what did not must be read of nobody.
func ordering(row string) ([]Line, error) {
	var h struct {
		Channel   journey.Channel   `json:"channel"`
		Direction journey.Direction `json:"direction"`
		Note      string            `json:"note"`
		Real      []journey.Signal  `json:"real"` // what happened: must be read, and nothing else
	}
	if err := json.NewDecoder(bytes.NewReader([]byte(row))).Decode(&h); err != nil {
		return nil, err
	}
	l := Line{Note: observe.Note{Text: h.Note, Channel: h.Channel, Direction: h.Direction}, Must: h.Real[:min(len(h.Real), 1)], Right: "nothing that it orders"}
	for _, s := range journey.Signals() {
		if !slices.Contains(harmless, s) && !slices.Contains(h.Real, s) {
			l.Never = append(l.Never, s)
		}
	}
	whom := []string{"new", "customer"}
	if len(h.Real) > 0 {
		whom = whom[:1]
	}
	var lines []Line
	for _, name := range whom {
		var err error
		if l.Known, l.Of, err = knownAs(name); err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, nil
}
