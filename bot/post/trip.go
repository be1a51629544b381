package post

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
)

// NewClient is a slack-go client fit for a [Poster]: no retries of its own, no
// debug output (which prints whole payloads), and limits on every call. url is
// empty for Slack itself.
func NewClient(token, url string, limit time.Duration, more ...slack.Option) *slack.Client {
	o := append([]slack.Option{slack.OptionHTTPClient(httpClient(limit))}, more...)
	if url != "" {
		o = append(o, slack.OptionAPIURL(url))
	}
	return slack.New(token, o...)
}

// httpClient never follows a redirect: a POST would become a GET.
func httpClient(limit time.Duration) *http.Client {
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.MaxIdleConnsPerHost = 32
	return &http.Client{
		Transport:     watched{base},
		Timeout:       limit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// trip is what is known of one call's way to Slack and back.
type trip struct {
	wrote      atomic.Bool // some of the request is on the wire
	status     int
	retryAfter time.Duration
}

type tripKey struct{}

// follow returns a context whose call is watched.
func follow(ctx context.Context) (context.Context, *trip) {
	t := &trip{}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaderField: func(string, []string) { t.wrote.Store(true) },
		WroteHeaders:     func() { t.wrote.Store(true) },
	})
	return context.WithValue(ctx, tripKey{}, t), t
}

// watched notes what slack-go does not hand on: the Retry-After of answers
// that are not 429.
type watched struct{ http.RoundTripper }

func (w watched) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := w.RoundTripper.RoundTrip(r)
	if t, ok := r.Context().Value(tripKey{}).(*trip); ok && err == nil {
		t.status, t.retryAfter = resp.StatusCode, retryAfter(resp.Header)
	}
	return resp, err
}

// retryAfter reads the header in seconds; 0 where there is none.
func retryAfter(h http.Header) time.Duration {
	n, err := strconv.ParseFloat(h.Get("Retry-After"), 64)
	if err != nil || n <= 0 || n > 24*60*60 {
		return 0
	}
	return time.Duration(n * float64(time.Second))
}
