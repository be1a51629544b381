package llm

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	openai "github.com/sashabaranov/go-openai"
)

// Fault says what kept an answer from coming.
type Fault string

// The faults.
const (
	Resting     Fault = "resting"     // the server failed again and again, and is left alone for a while
	Capped      Fault = "capped"      // the team has spent what it may today
	Spared      Fault = "spared"      // half of that is spent, and the rest is for reps
	Uncounted   Fault = "uncounted"   // the ledger could not be reached, so nothing was asked
	Late        Fault = "late"        // no answer within the time limit
	Unreachable Fault = "unreachable" // no connection, or it broke
	Limited     Fault = "limited"     // status 429
	Broken      Fault = "broken"      // status 5xx
	Denied      Fault = "denied"      // status 401 or 403: the key is refused
	Unsuited    Fault = "unsuited"    // another status: the server will not take such a question
	Empty       Fault = "empty"       // a 200 without an answer in it, or with an error
	Unfinished  Fault = "unfinished"  // cut off, or without a word on why it ended
	Refused     Fault = "refused"     // the model or a filter declined to answer
	Large       Fault = "large"       // longer than [MaxBody]
	Wrong       Fault = "wrong"       // not what was asked for, twice
)

// Error is why there is no answer. What it says holds nothing of what was asked or
// answered.
type Error struct {
	Fault  Fault
	Status int // of HTTP; 0 where there was none
	// Mistake is, of [Wrong], what was wrong with the last answer, in the words that the
	// model got. It may hold words of the answer: no log gets it.
	Mistake string
}

func (e *Error) Error() string {
	if e.Status != 0 {
		return fmt.Sprintf("llm: %s (status %d)", e.Fault, e.Status)
	}
	return "llm: " + string(e.Fault)
}

// Passing reports whether the same question may be answered later.
func (e *Error) Passing() bool {
	switch e.Fault {
	case Resting, Late, Unreachable, Limited, Broken, Uncounted:
		return true
	}
	return false
}

// Lasting reports whether the next question would fare no better today: whoever has
// more to ask stops.
func (e *Error) Lasting() bool {
	switch e.Fault {
	case Capped, Spared, Uncounted, Denied, Unsuited:
		return true
	}
	return false
}

// Unasked reports whether the question never went out.
func (e *Error) Unasked() bool {
	switch e.Fault {
	case Resting, Capped, Spared, Uncounted:
		return true
	}
	return false
}

// words tell people of a fault.
var words = map[Fault]string{
	Resting:     "the model's server failed again and again, and is left alone for a while",
	Capped:      "the day's limit for the model is reached",
	Spared:      "half of the day's limit for the model is spent, and the rest is kept for what reps ask",
	Uncounted:   "what a model costs cannot be counted just now, so it was not asked",
	Late:        "no answer came in time",
	Unreachable: "the model's server cannot be reached",
	Limited:     "the model's server wants fewer questions just now",
	Broken:      "the model's server failed",
	Denied:      "the model's server refuses the key that it is asked with",
	Unsuited:    "the model's server does not take such a question",
	Empty:       "the answer was empty",
	Unfinished:  "the answer was cut off",
	Refused:     "the model would not answer",
	Large:       "the answer was far too long",
	Wrong:       "the answer was refused",
}

// Words say why there is no answer, for people: a sentence in small letters without its
// full stop. Of [Wrong] they hold the mistake, so no log gets them; they are not escaped.
func (e *Error) Words() string {
	if e.Mistake == "" {
		return words[e.Fault]
	}
	return fmt.Sprintf("%s: “%s”", words[e.Fault], e.Mistake)
}

var errLarge = errors.New("the answer is too large")

// faultOf turns what go-openai returned into an [Error]. The text of its
// errors is left out: it may hold what was asked.
func faultOf(ctx context.Context, err error) *Error {
	var api *openai.APIError
	var request *openai.RequestError
	switch {
	case errors.Is(err, circuitbreaker.ErrOpen):
		return &Error{Fault: Resting}
	case errors.Is(err, errLarge):
		return &Error{Fault: Large}
	case errors.As(err, &api) && api.HTTPStatusCode != 0:
		return ofStatus(api.HTTPStatusCode)
	case errors.As(err, &request):
		return ofStatus(request.HTTPStatusCode)
	case errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil:
		return &Error{Fault: Late}
	case isGarbled(err):
		return &Error{Fault: Empty}
	}
	return &Error{Fault: Unreachable}
}

func ofStatus(code int) *Error {
	f := Unsuited
	switch {
	case code == http.StatusTooManyRequests:
		f = Limited
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		f = Denied
	case code >= 500:
		f = Broken
	}
	return &Error{Fault: f, Status: code}
}
