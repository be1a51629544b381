package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cairn/bot/workshop"
	"cairn/prompts"
)

func guide(t *testing.T) string {
	t.Helper()
	shipped, err := workshop.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return shipped[workshop.GuideFile]
}

// A folder with mistakes: each is told with file, line, what and how to mend
// it, and the command fails. Mended, it passes.
func TestPromptsCheck(t *testing.T) {
	files, err := workshop.ReadFiles(prompts.Default())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("suggest-reason.prompt", strings.Replace(files["suggest-reason.prompt"], "{{gives}}", "{{givs}}", 1))
	write("journeys/aipee.yaml", strings.Replace(files["journeys/aipee.yaml"], "kind: ladder", "kind: laddr", 1))
	write("journeys/more.yml", "name: more")
	write("reminder-lin.prompt", files["reminder-line.prompt"])
	write("cues/words.yaml", "families: 3\n")
	write("library/library.csv", "title,url\n")
	check := func() (string, error) {
		var out bytes.Buffer
		err := run(t.Context(), []string{"prompts", "check", dir}, nil, &out, &out)
		return out.String(), err
	}
	got, err := check()
	if err := os.Remove(filepath.Join(dir, "reminder-lin.prompt")); err != nil {
		t.Fatal(err)
	}
	if err == nil || err.Error() != fmt.Sprintf("%d mistakes", strings.Count(got, "\n")) {
		t.Errorf("%v is not how many lines there are:\n%s", err, got)
	}
	for _, want := range []string{
		`suggest-reason.prompt:47: there is no input "givs" (did you mean "gives"?)`,
		`reminder-lin.prompt:1: nothing uses a prompt called "reminder-lin" (the prompts are `,
		`journeys/aipee.yaml:58: there is no kind of model "laddr" (did you mean "ladder"?)`,
		`journeys/more.yml: files are read with the ending .yaml only (call it journeys/more.yaml)`,
		`cues/words.yaml:1: `,
		`library/library.csv:1: the header lacks "kind"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %s:\n%s", want, got)
		}
	}
	// the first cause alone, a few lines, and of files that are in the folder
	write("cues/words.yaml", "\xff\xfe")
	write("library/matching.yaml", strings.Replace(guide(t), "\nideas:", "\nideaz:", 1))
	write("draft-message.prompt", "")
	got, _ = check()
	for _, want := range []string{"cues/words.yaml: the file is not UTF-8 text (save it as UTF-8)\n", `there is no key "ideaz"`, "library/matching.yaml: and 18 more", "draft-message.prompt:1: the file is empty"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %s:\n%s", want, got)
		}
	}
	for _, file := range []string{"phrases.yaml", "nothing reads a file here"} {
		if strings.Contains(got, file) {
			t.Errorf("it says %s:\n%s", file, got)
		}
	}
	if n := strings.Count(got, "\n"); n > 16 {
		t.Errorf("%d lines:\n%s", n, got)
	}
	// a family that a file of the binary names is told of the file that lost it
	write("cues/words.yaml", strings.Replace(files["cues/words.yaml"], "\n  colleague:", "\n  colleegue:", 1))
	if got, _ = check(); !strings.Contains(got, `cues/words.yaml: there is no family "colleague"`) || strings.Contains(got, "cues/phrases.yaml") {
		t.Errorf("a family that is gone:\n%s", got)
	}
	for _, name := range []string{"library/matching.yaml", "draft-message.prompt"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"suggest-reason.prompt", "journeys/aipee.yaml", "cues/words.yaml"} {
		write(name, files[name])
	}
	for _, name := range []string{"journeys/more.yml", "library/library.csv"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := check(); err != nil || !strings.Contains(got, "3 files") {
		t.Errorf("mended: %s %v", got, err)
	}
	// as a mounted configuration lies: its versions are not read twice, or told
	for _, name := range []string{"..v1/suggest-reason.prompt", "..v2/suggest-reason.prompt", ".git/journeys.yaml"} {
		write(name, files["suggest-reason.prompt"])
	}
	if err := os.Symlink("..v2", filepath.Join(dir, "..data")); err != nil {
		t.Fatal(err)
	}
	write("notes.txt", "for us")
	if got, err := check(); err != nil || got != "notes.txt: nothing reads this.\n3 files of "+dir+": no mistake.\n" {
		t.Errorf("of a mounted configuration: %s %v", got, err)
	}
	// what is told here is told by the coach that runs
	write("reminder-line.PROMPT", files["reminder-line.prompt"])
	write("read-note.prompt.txt", files["read-note.prompt"])
	live, err := workshop.New(files, dir, "T1", nil, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	got, err = check()
	for _, want := range []string{"read-note.prompt.txt: files are read with the ending .prompt or .yaml only (call it read-note.prompt)", "reminder-line.PROMPT: names are read in small letters only (call it reminder-line.prompt)"} {
		if err == nil || !strings.Contains(got, want) || !strings.Contains(live.Wrong().Error(), want) {
			t.Errorf("it does not say %s:\n%s\nand the coach %v", want, got, live.Wrong())
		}
	}
	for _, name := range []string{"reminder-line.PROMPT", "read-note.prompt.txt"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	write("suggest-reason.prompt", strings.Replace(files["suggest-reason.prompt"], "purpose:", "purpos:", 1))
	if got, err := check(); err == nil || err.Error() != "1 mistake, and 1 file that nothing reads" || !strings.Contains(got, `there is no key "purpos" here (did you mean "purpose"?)`) {
		t.Errorf("a slip in a key: %s %v", got, err)
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"prompts", "check", filepath.Join(dir, "none")}, nil, &out, &out); err == nil {
		t.Error("a folder that is not there passed")
	}
	shipped, err := workshop.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if err := run(t.Context(), []string{"prompts", "check"}, nil, &out, &out); err != nil || !strings.HasPrefix(out.String(), fmt.Sprint(len(shipped)+1, " files")) {
		t.Errorf("what travels with the binary, its library too: %v %s", err, out.String())
	}
}
