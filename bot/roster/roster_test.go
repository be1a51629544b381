package roster_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"cairn/bot/roster"
)

// What is written is read as it was, cells that a spreadsheet would run included.
func TestWrittenIsReadAgain(t *testing.T) {
	all := []roster.Entry{
		{Name: "Dana Ruiz", Company: "Acme, Inc.", Email: "dana@acme.example", Title: "CTO", Language: "en", Industry: "food", Owner: "U0MAYA"},
		{Name: "=HYPERLINK(1)", Company: "+Plus", Title: "@home"},
		{Name: "José \"Pepe\" Núñez"},
	}
	var file bytes.Buffer
	if err := roster.Write(&file, all); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(file.String(), "\n=") || strings.Contains(file.String(), ",+") || strings.Contains(file.String(), ",@") {
		t.Errorf("a cell would be run as a formula:\n%s", file.String())
	}
	read, problems := roster.Parse(&file)
	for i := range read {
		if read[i].Line != i+2 {
			t.Errorf("entry %d is of line %d", i, read[i].Line)
		}
		read[i].Line = 0
	}
	if len(problems) > 0 || !slices.Equal(read, all) {
		t.Errorf("read %+v, %v", read, problems)
	}
}

// Every mistake is told with its line and column, and nothing is read then.
func TestMistakes(t *testing.T) {
	read, problems := roster.Parse(strings.NewReader("name,company,email,language,industry\n" +
		"Dana,Acme,dana at acme,english,\n,Acme,,,\nLee,,,,food\nDana Ruiz,ACME,,,\ndana ruiz,Acme,,,\n" +
		strings.Repeat("x", 121) + ",,,,\nA,,a@b.example,,\nB,,A@B.example,,\n"))
	var got []string
	for _, p := range problems {
		got = append(got, strings.TrimSpace(strings.Join([]string{string(rune('0' + p.Line)), p.Column}, " ")))
	}
	want := []string{"2 email", "2 language", "3 name", "4 industry", "6 name", "7 name", "9 email"}
	if read != nil || !slices.Equal(got, want) {
		t.Errorf("%v, want %v\n%v", got, want, problems)
	}
}
