package sample

import (
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
)

// Every mistake is told with its file and line.
func TestLoadRefuses(t *testing.T) {
	good := fstest.MapFS{
		"team.yaml":          {Data: []byte("team: T\npeople:\n  - {id: mara, name: Mara, title: Sales, role: rep, zone: Europe/Berlin}\n")},
		"manufacturing.yaml": {Data: []byte("firms:\n  - name: F\n    town: X\n    contacts:\n      - id: a\n        name: A\n        title: B\n        language: en\n        owners: [mara]\n        story:\n          - {at: 1w0d 10:00, by: mara, how: phone both, saw: [replied], note: hello}\n")},
	}
	for _, industry := range Industries()[1:] {
		good[industry+".yaml"] = &fstest.MapFile{Data: []byte("firms: []\n")}
	}
	if _, err := load(good); err != nil {
		t.Fatalf("the good one: %v", err)
	}
	for _, c := range []struct{ file, from, to, want string }{
		{"team.yaml", "role: rep", "role: boss", `team.yaml:3: there is no role "boss"`},
		{"team.yaml", "Europe/Berlin", "Mars/Olympus", `team.yaml:3: there is no time zone "Mars/Olympus"`},
		{"team.yaml", "title: Sales", "titel: Sales", `team.yaml:3: there is no key "titel"`},
		{"manufacturing.yaml", "replied", "repplied", `manufacturing.yaml:11: there is no signal "repplied"`},
		{"manufacturing.yaml", "by: mara", "by: ben", `manufacturing.yaml:11: there is no rep "ben"`},
		{"manufacturing.yaml", "phone both", "phone sideways", `manufacturing.yaml:11: "phone sideways" says not how`},
		{"manufacturing.yaml", "1w0d", "12w0d", "outside the 12 weeks"},
		{"manufacturing.yaml", "1w0d", "0w0d", "outside the 12 weeks"},
		{"manufacturing.yaml", "1w0d 10:00", "yesterday", `"yesterday" is no moment`},
		{"manufacturing.yaml", "10:00", "27:00", "no such time as 27:00"},
		{"manufacturing.yaml", "language: en", "language: xx", `manufacturing.yaml:8: there is no language "xx"`},
		{"manufacturing.yaml", "owners: [mara]", "owners: []", "A has no owner"},
		{"manufacturing.yaml", "note: hello}", "note: hello}\n          - {at: 2w0d 10:00, by: mara, how: phone both, saw: [replied], note: later}", "manufacturing.yaml:12: this is not later than the note before it"},
		{"food.yaml", "firms: []", "firms: [", "food.yaml:"},
	} {
		broken := maps.Clone(good)
		broken[c.file] = &fstest.MapFile{Data: []byte(strings.Replace(string(good[c.file].Data), c.from, c.to, 1))}
		_, err := load(broken)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with %q: %v, want %q", c.file, c.to, err, c.want)
		}
	}
	delete(good, "food.yaml")
	if _, err := load(fs.FS(good)); err == nil || !strings.Contains(err.Error(), "food.yaml") {
		t.Errorf("a missing file: %v", err)
	}
}
