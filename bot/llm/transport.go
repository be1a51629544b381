package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/failsafehttp"
)

const (
	retries      = 2
	firstPause   = 300 * time.Millisecond
	longestPause = 3 * time.Second
	// patience is the longest Retry-After that is waited out here; who comes
	// back later asks again.
	patience = 8 * time.Second
	// after so many failures without a success between them, the server rests
	failuresToRest = 6
	rest           = 30 * time.Second
)

// transport is the way of a call: tried again, with a breaker in front of the
// server, its body capped. No call is made twice at once: who gave up on the
// model has an answer without it already.
func transport(inner http.RoundTripper) http.RoundTripper {
	if inner == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxIdleConnsPerHost = 8
		inner = t
	}
	retry := failsafehttp.NewRetryPolicyBuilder().WithMaxRetries(retries).WithBackoff(firstPause, longestPause).WithJitterFactor(0.2).
		AbortOnErrors(circuitbreaker.ErrOpen, context.Canceled, context.DeadlineExceeded).
		AbortIf(func(r *http.Response, _ error) bool { return asksForLonger(r) }).ReturnLastFailure().Build()
	breaker := circuitbreaker.NewBuilder[*http.Response]().HandleIf(func(r *http.Response, err error) bool {
		return err != nil || r != nil && r.StatusCode >= 500
	}).WithFailureThreshold(failuresToRest).WithDelay(rest).WithSuccessThreshold(1).Build()
	policies := []failsafe.Policy[*http.Response]{retry, breaker}
	return failsafehttp.NewRoundTripper(capped{inner}, policies...)
}

func asksForLonger(r *http.Response) bool {
	if r == nil {
		return false
	}
	seconds, err := strconv.Atoi(r.Header.Get("Retry-After"))
	return err == nil && time.Duration(seconds)*time.Second > patience
}

// zeroes writes a temperature of 0 as the 0 that it is. The library can only be told
// the smallest number there is (see [temperature]), and servers that divide by it
// would answer with noise.
type zeroes struct{ next http.RoundTripper }

// Both can stand outside a text alone: within one, quotes are escaped.
var smallest, zero = []byte(`"temperature":1e-45`), []byte(`"temperature":0`)

func (z zeroes) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		return z.next.RoundTrip(r)
	}
	body, err := io.ReadAll(r.Body)
	if err = errors.Join(err, r.Body.Close()); err != nil {
		return nil, err
	}
	body = bytes.Replace(body, smallest, zero, 1)
	own := r.Clone(r.Context())
	own.ContentLength = int64(len(body))
	own.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	own.Body, err = own.GetBody()
	if err != nil {
		return nil, err
	}
	return z.next.RoundTrip(own)
}

// capped ends a body that is longer than [MaxBody] with an error.
type capped struct{ next http.RoundTripper }

func (c capped) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.next.RoundTrip(r)
	if err == nil {
		resp.Body = &capReader{ReadCloser: resp.Body, left: MaxBody}
	}
	return resp, err
}

type capReader struct {
	io.ReadCloser
	left int
}

func (c *capReader) Read(p []byte) (int, error) {
	if len(p) > c.left+1 {
		p = p[:c.left+1] // one more, to tell the end from the cap
	}
	n, err := c.ReadCloser.Read(p)
	if c.left -= n; c.left < 0 {
		return n, errLarge
	}
	return n, err
}

// isGarbled reports whether a 200 held no JSON of the protocol.
func isGarbled(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &kind) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}
