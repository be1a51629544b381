package slacksim

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// rows checks the cells of a table or data_table: equal width and the
// characters of all cells together.
func (c *checker) rows(list []any, f *field, p *at) {
	total, width := 0, -1
	for i, r := range list {
		q := p.item(i)
		row, ok := r.([]any)
		if !ok {
			c.fail(q, "must be provided an array")
			return
		}
		if len(row) > f.each {
			c.fail(q, "no more than %d items allowed", f.each)
		}
		if f.kind == kDataRows && width >= 0 && len(row) != width {
			c.fail(q, "all rows must have the same number of cells")
		}
		if len(row) == 0 {
			c.fail(q, "no fewer than 1 items allowed")
		}
		width = len(row)
		for j, cell := range row {
			total += c.cell(cell, f.kind == kDataRows, i == 0, q.item(j))
		}
	}
	if f.kind == kTableRows {
		c.tables += total
	} else if total > maxDataTableText {
		c.fail(p, "must be less than %d characters", maxDataTableText+1)
	}
}

func (c *checker) cell(v any, data, header bool, p *at) int {
	m, _ := v.(map[string]any)
	switch typ, _ := m["type"].(string); {
	case typ == "raw_text" || typ == "raw_number" && !header:
		if _, ok := m["value"].(float64); typ == "raw_number" && !ok {
			c.fail(p, "missing required field: value")
		}
		s, ok := m["text"].(string)
		if typ == "raw_text" && !ok {
			c.fail(p, "missing required field: text")
		}
		if typ == "raw_text" && s == "" {
			c.fail(p.field("text"), "must be more than 0 characters")
		}
		return utf8.RuneCountInString(s)
	case typ == "rich_text" && !(data && header):
		before := c.text
		c.rich(m["elements"], p.field("elements"))
		n := c.text - before
		c.text = before
		return n
	case typ == "action_cell" && data && !header:
		c.element(m["element"], []string{"button"}, p.field("element"))
		return 0
	default:
		c.fail(p.field("type"), "unsupported type: %s", typ)
		return 0
	}
}

var (
	richBlocks = []string{"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
	richParts  = []string{"text", "link", "emoji", "user", "usergroup", "channel", "broadcast", "date", "color", "team"}
)

func (c *checker) richBlock(v any, p *at) {
	m, ok := v.(map[string]any)
	if !ok || m["type"] != "rich_text" {
		c.fail(p, "must be provided a rich_text object")
		return
	}
	c.rich(m["elements"], p.field("elements"))
}

// rich checks the parts of a rich text and counts their characters.
func (c *checker) rich(v any, p *at) {
	list, ok := v.([]any)
	if !ok {
		c.fail(p, "must be provided an array")
		return
	}
	for i, e := range list {
		q := p.item(i)
		m, _ := e.(map[string]any)
		typ, _ := m["type"].(string)
		if slices.Contains(richBlocks, typ) {
			c.rich(m["elements"], q.field("elements"))
			continue
		}
		if !slices.Contains(richParts, typ) && !strings.HasSuffix(typ, "_mention") {
			c.fail(q.field("type"), "unsupported type: %s", typ)
			continue
		}
		s, ok := m["text"].(string)
		if typ == "text" && (!ok || s == "") {
			c.fail(q.field("text"), "must be more than 0 characters")
		}
		c.text += utf8.RuneCountInString(s)
	}
}

var (
	pieFields     = []field{{name: "segments", kind: kAny, required: true}}
	segmentFields = []field{
		{name: "label", kind: kString, min: 1, max: 20, required: true},
		{name: "value", kind: kStringOrNum, required: true},
	}
	axisChartFields = []field{
		{name: "series", kind: kAny, required: true},
		{name: "axis_config", kind: kAny, required: true},
	}
	axisFields = []field{
		{name: "categories", kind: kAny, required: true},
		{name: "x_label", kind: kString, max: 50},
		{name: "y_label", kind: kString, max: 50},
	}
	seriesFields = []field{
		{name: "name", kind: kString, min: 1, max: 20, required: true},
		{name: "data", kind: kAny, required: true},
	}
)

func (c *checker) chart(v any, p *at) {
	m, ok := v.(map[string]any)
	if !ok {
		c.fail(p, "must be provided an object")
		return
	}
	switch m["type"] {
	case "pie":
		c.fields(m, pieFields, p, 1)
		for i, s := range c.between(m["segments"], 1, 6, p.field("segments")) {
			c.object(s, segmentFields, p.field("segments").item(i))
			if seg, _ := s.(map[string]any); seg != nil {
				if n, _ := seg["value"].(float64); n <= 0 {
					c.fail(p.field("segments").item(i).field("value"), "must be greater than 0")
				}
			}
		}
	case "bar", "area", "line":
		c.fields(m, axisChartFields, p, 1)
		c.axisChart(m, p)
	default:
		c.fail(p.field("type"), "must be a valid enum value")
	}
}

func (c *checker) axisChart(m map[string]any, p *at) {
	axis, _ := m["axis_config"].(map[string]any)
	c.object(axis, axisFields, p.field("axis_config"))
	var names []string
	for i, v := range c.between(axis["categories"], 1, 20, p.field("axis_config").field("categories")) {
		s, _ := v.(string)
		c.length(s, 1, 20, p.field("axis_config").field("categories").item(i))
		if slices.Contains(names, s) {
			c.fail(p.field("axis_config").field("categories").item(i), "must be unique")
		}
		names = append(names, s)
	}
	var seen []string
	for i, v := range c.between(m["series"], 1, 6, p.field("series")) {
		q := p.field("series").item(i)
		c.object(v, seriesFields, q)
		s, _ := v.(map[string]any)
		name, _ := s["name"].(string)
		if slices.Contains(seen, name) {
			c.fail(q.field("name"), "must be unique")
		}
		seen = append(seen, name)
		points := c.between(s["data"], 1, 20, q.field("data"))
		if len(points) != len(names) {
			c.fail(q.field("data"), "must have one point for every category")
		}
		for j, pt := range points {
			c.object(pt, segmentFields, q.field("data").item(j))
			d, _ := pt.(map[string]any)
			if label, _ := d["label"].(string); !slices.Contains(names, label) {
				c.fail(q.field("data").item(j).field("label"), "must be one of the categories")
			}
		}
	}
}

func (c *checker) between(v any, least, most int, p *at) []any {
	list, ok := v.([]any)
	switch {
	case !ok:
		c.fail(p, "must be provided an array")
	case len(list) < least:
		c.fail(p, "no fewer than %d items allowed", least)
	case len(list) > most:
		c.fail(p, "no more than %d items allowed", most)
		return nil
	}
	return list
}
