package llm_test

import (
	"testing"

	"cairn/bot/llm"
)

// What is wrong with an answer is said in words for people, whatever is wrong with it.
func TestMistakesInWords(t *testing.T) {
	s, err := llm.NewSchema("reading", []byte(`{"type":"object","required":["signals"],"additionalProperties":false,"properties":{
		"signals":{"type":"array","minItems":1,"maxItems":2,"items":{"type":"object","required":["signal","quote"],"additionalProperties":false,
			"properties":{"signal":{"enum":["replied","declined"]},"quote":{"type":"string","minLength":1}}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for data, want := range map[string]string{
		`{"signals":[{"signal":"replied","quote":"yes"}]}`:                           "",
		`{"signals":[{"signal":"replied","quote":"y"}],"text":1,"more":2,"again":3}`: "the answer may not have “again”, “more” and “text”",
		`{}`:                  "the answer lacks “signals”",
		`[]`:                  "the answer is a list and has to be an object with names and values",
		`{"signals":"none"}`:  "“signals” is text and has to be a list",
		`{"signals":[]}`:      "“signals” has 0, and has to have at least 1",
		`{"signals":[1,2,3]}`: "“signals” has 3, and may have at most 2; number 1 of “signals” is a number and has to be an object with names and values; number 2 of “signals” is a number and has to be an object with names and values; number 3 of “signals” is a number and has to be an object with names and values",
		`{"signals":[{"quote":"y","signal":"hugged"}]}`:                  "“signal” of number 1 of “signals” is “hugged”, and may only be one of replied, declined",
		`{"signals":[{"quote":"","signal":"replied"}]}`:                  "“quote” of number 1 of “signals” is empty",
		`{"signals":[{"quote":"y","signal":"replied"},{"quote":"yes"}]}`: "number 2 of “signals” lacks “signal”",
		`{"signals`: "the answer is not one JSON value",
	} {
		got := ""
		if err := s.Validate([]byte(data)); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", data, got, want)
		}
	}
}
