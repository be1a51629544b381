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
