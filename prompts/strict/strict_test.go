package strict_test

import (
	"reflect"
	"strings"
	"testing"

	"cairn/prompts/strict"
)

func TestReading(t *testing.T) {
	d := strict.Read("f.yaml", []byte("name: x\nsize: 2.5\nkinds: [a, b]\nmore: {when: 2026-03-02, yes: true, n: 3, list: [1, two]}\nnone:\n"))
	f := d.Root().Fields("name", "size", "kinds", "more", "none", "absent")
	if f.Need("name").Text() != "x" || f.Get("size").Number(0, 0, 10) != 2.5 || f.Get("absent").Number(7, 0, 10) != 7 {
		t.Error("scalars are misread")
	}
	if got := f.Get("kinds").Words("kind", "a", "b", "c"); !reflect.DeepEqual(got, []string{"a", "b"}) {
		t.Errorf("words %v", got)
	}
	want := map[string]any{"when": "2026-03-02", "yes": true, "n": 3, "list": []any{1, "two"}}
	if got := f.Get("more").Any(); !reflect.DeepEqual(got, want) {
		t.Errorf("any %#v", got)
	}
	if f.Get("none").Present() || f.Get("absent").Present() || f.Get("absent").Any() != nil || f.Get("kinds").Line() != 3 {
		t.Error("presence or line is wrong")
	}
	if err := d.Err(); err != nil {
		t.Error(err)
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "f.yaml: the file is empty"},
		{"# only a comment\n", "f.yaml: the file is empty"},
		{"nmae: x", `f.yaml:11: there is no key "nmae" here (did you mean "name"?)`},
		{"name: x\nname: y", `f.yaml:12: the key "name" comes twice (keep one of the two)`},
		{"name: [x]", "f.yaml:11: a list or a group of keys stands where text should stand (write one piece of text)"},
		{"kinds: x\nname: x", "f.yaml:11: this should be a list"},
		{"kinds: [d]\nname: x", `f.yaml:11: there is no kind "d" (known here: a, b, c)`},
		{"kinds: [a, a]\nname: x", `f.yaml:11: kind "a" is named twice (remove one)`},
		{"kinds: [~]\nname: x", "f.yaml:11: an empty kind"},
		{"name: ' '", `f.yaml:11: the key "name" is missing or empty`},
		{"size: 11\nname: x", `f.yaml:11: "11" does not fit here (write a number from 0 to 10)`},
		{"- x", "f.yaml:11: a group of keys should stand here"},
		{"name: &x y", "f.yaml:11: anchors and aliases (& and *) are not read here"},
		{"name: x\n---\nname: y", "a second document begins"},
		{"name: x: y", "f.yaml:11: this is not YAML: mapping values are not allowed"},
		{"name: \"x", "this is not YAML"},
		{"name: " + strings.Repeat("[", 100) + strings.Repeat("]", 100), "f.yaml:11: this is nested too deeply"},
		{"name: " + strings.Repeat("x", strict.MaxBytes), "at most 1048576 are read"},
	} {
		d := strict.ReadAt("f.yaml", 10, []byte(c.text))
		if d.Err() == nil {
			f := d.Root().Fields("name", "kinds", "size")
			f.Need("name").Text()
			f.Get("kinds").Words("kind", "a", "b", "c")
			f.Get("size").Number(0, 0, 10)
		}
		if err := d.Err(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q\n got %v\nwant %s", c.text, err, c.want)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"replied", "returned", "revenue", "referral"}
	for written, want := range map[string]string{
		"replyed": "replied", "Returned": "returned", "revenu": "revenue", "referal": "referral", "bought": "", "": "",
	} {
		if got := strict.Nearest(written, known); got != want {
			t.Errorf("nearest to %q is %q, want %q", written, got, want)
		}
	}
}
