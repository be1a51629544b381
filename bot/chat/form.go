package chat

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"cairn/bot/blockkit"
)

// Opened is what every form remembers while it is open: where whatever opened it
// is answered.
type Opened struct {
	ResponseURL string `json:"response_url,omitempty"`
	At          int64  `json:"at"` // when the response_url was given, unix seconds
}

// Opened is what a form that this request opens is to remember of it.
func (r *Request) Opened() Opened { return Opened{r.ResponseURL, r.URLGiven().Unix()} }

// Remember writes what a form is to know when it is submitted; [Recall] reads it.
func Remember(form any) string { return string(mustJSON(form)) }

func mustJSON(v any) []byte {
	raw, _ := json.Marshal(v) // our own blocks, and what our forms remember: plain strings and numbers
	return raw
}

// Recall reads what a submitted form remembers, and has the answer go the way of
// whatever opened it.
func Recall[T any](r *Request) (form T, err error) {
	var o Opened
	if err = json.Unmarshal([]byte(r.View.Private), &form); err == nil {
		err = json.Unmarshal([]byte(r.View.Private), &o)
	}
	if err != nil {
		return form, fmt.Errorf("what the form %s remembers: %w", r.View.Callback, err)
	}
	r.ResponseURL, r.URLSince = o.ResponseURL, time.Unix(o.At, 0)
	return form, nil
}

// FromForm gives a submitted form the response_url of what opened it.
func (r *Request) FromForm() error {
	if r.Kind != KindSubmission {
		return nil
	}
	_, err := Recall[Opened](r)
	return err
}

// KeepOpen leaves a form open, with all that was typed into it, and says
// beside an input that it was not saved. false: it has no input.
func KeepOpen(r *Request, words string) (Reply, bool) {
	if r.Kind != KindSubmission || len(r.View.Values) == 0 {
		return Reply{}, false
	}
	at := "note"
	if _, ok := r.View.Values[at]; !ok {
		inputs := make([]string, 0, len(r.View.Values))
		for id := range r.View.Values {
			inputs = append(inputs, id)
		}
		at = slices.Min(inputs)
	}
	return Reply{Errors: map[string]string{at: blockkit.Truncate(words, 150)}}, true
}
