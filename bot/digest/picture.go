package digest

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strings"
)

// Picture is a PNG with the words that stand for it where it cannot be seen.
type Picture struct {
	Name string // of the file
	PNG  []byte
	Alt  string
}

// withheld stands for a number that may not be shown.
const withheld = "–"

func number(s Sum) string {
	if s.Hidden {
		return withheld
	}
	return fmt.Sprint(s.N)
}

// Movement shows how many people stand at each stage, and how many came up to
// it and went back from it in the week. It is no funnel: nothing narrows.
func Movement(f Figures) (Picture, error) {
	const row, top = 78, 140
	c, err := newCanvas(top + row*len(f.Stands) + 130)
	if err != nil {
		return Picture{}, err
	}
	c.write(edge, 52, "Where people stand, and went", "bold32", ink)
	c.write(250, 106, "stand there", "regular26", faint)
	c.write(520, 106, "came up", "regular26", upward)
	c.write(660, 106, "went back", "regular26", back)
	most := 1
	for _, s := range f.Stands {
		most = max(most, s.Here.N)
	}
	for i, s := range f.Stands {
		y := top + i*row
		c.write(edge, y+36, c.fit(s.Title, "bold26", 210), "bold26", ink)
		w := 12
		if s.Here.N > 0 {
			w = max(12, 190*s.Here.N/most)
		}
		c.block(250, y+6, w, 44, stone)
		c.write(250+w+12, y+37, number(s.Here), "bold26", ink)
		arrowed(c, 540, y+29, true, s.In, upward)
		arrowed(c, 680, y+29, false, s.Out, back)
	}
	y := top + row*len(f.Stands) + 30
	c.block(edge, y-36, width-2*edge, 2, stone)
	c.write(edge, y+8, fmt.Sprintf("returned %s    went quiet %s    left %s", number(f.Moves["returned"]), number(f.Moves["quiet"]), number(f.Moves["left"])), "regular26", ink)
	if hides(f) {
		c.write(edge, y+52, withheld+"  fewer than three of the team stand behind it", "regular26", faint)
	}
	png, err := c.png()
	return Picture{"movement.png", png, movementAlt(f)}, err
}

func arrowed(c *canvas, x, y int, up bool, s Sum, ink color.Color) {
	if s.N == 0 && !s.Hidden {
		return
	}
	c.arrow(x, y, up, ink)
	c.write(x+22, y+9, number(s), "bold26", ink)
}

// hides reports whether the picture of movement withholds a number.
func hides(f Figures) bool {
	for _, s := range f.Stands {
		if s.Here.Hidden || s.In.Hidden || s.Out.Hidden {
			return true
		}
	}
	return f.Moves["returned"].Hidden || f.Moves["quiet"].Hidden || f.Moves["left"].Hidden
}

func movementAlt(f Figures) string {
	said := func(s Sum) string {
		if s.Hidden {
			return "not shown"
		}
		return fmt.Sprint(s.N)
	}
	parts := []string{"Where people stand, highest stage first."}
	for _, s := range f.Stands {
		parts = append(parts, fmt.Sprintf("%s – there now: %s, came up: %s, went back: %s.", s.Title, said(s.Here), said(s.In), said(s.Out)))
	}
	return strings.Join(append(parts, fmt.Sprintf("Returned: %s, went quiet: %s, left: %s.", said(f.Moves["returned"]), said(f.Moves["quiet"]), said(f.Moves["left"]))), " ")
}

// gridItems is how many items the picture of content holds.
const gridItems = 6

// gridRow is an item with what it did at each stage of the grid.
type gridRow struct {
	title string
	cells map[string]Cell
	given int
}

// Given shows which content was given at which stage in twelve weeks, and how
// many of those it was given to moved on within 14 days. ok is false where
// nothing of it may be shown.
func Given(f Figures, stages []Stand) (p Picture, ok bool, err error) {
	rows := grid(f)
	if len(rows) == 0 {
		return Picture{}, false, nil
	}
	const row, top = 112, 150
	c, err := newCanvas(top + row*len(rows) + 20)
	if err != nil {
		return Picture{}, false, err
	}
	column := (width - 2*edge) / len(stages)
	c.write(edge, 52, "Content, by stage", "bold32", ink)
	c.write(edge, 90, "moved on within 14 days, of those it was given to", "regular26", faint)
	for i, s := range stages {
		c.writeMiddle(edge+i*column+column/2, 136, c.fit(s.Title, "regular26", column-4), "regular26", ink)
	}
	alt := []string{"Content and how many moved on within 14 days, of those it was given to, by stage."}
	for i, r := range rows {
		y := top + i*row
		c.write(edge, y+34, c.fit(r.title, "regular26", width-2*edge), "regular26", ink)
		var said []string
		for j, s := range stages {
			x := edge + j*column
			cell, there := r.cells[s.Stage]
			if !there || cell.Given.Hidden || cell.Given.N == 0 {
				c.block(x+4, y+50, column-8, 44, pale)
				continue
			}
			c.block(x+4, y+50, column-8, 44, tint(cell))
			c.writeMiddle(x+column/2, y+81, fmt.Sprintf("%d of %d", cell.Moved, cell.Given.N), "bold26", ink)
			said = append(said, fmt.Sprintf("%s %d of %d", s.Title, cell.Moved, cell.Given.N))
		}
		alt = append(alt, r.title+": "+strings.Join(said, ", ")+".")
	}
	png, err := c.png()
	return Picture{"content.png", png, strings.Join(alt, " ")}, err == nil, err
}

// grid picks the items that were given most, of which a cell may be shown.
func grid(f Figures) []gridRow {
	var rows []gridRow
	for _, it := range f.Items {
		r := gridRow{title: it.Title, cells: map[string]Cell{}}
		for _, cell := range it.At {
			r.cells[cell.Stage] = cell
			r.given += cell.Given.N
		}
		if r.given > 0 {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(a, b gridRow) int { return cmp.Compare(b.given, a.given) })
	return rows[:min(len(rows), gridItems)]
}

// tint is the greener, the more moved on.
func tint(cell Cell) color.Color {
	share := float64(cell.Moved) / float64(cell.Given.N)
	mix := func(from, to uint8) uint8 { return uint8(float64(from) + share*(float64(to)-float64(from))) }
	return color.RGBA{mix(0xe4, 0x7c), mix(0xe7, 0xc9), mix(0xea, 0x9a), 0xff}
}
