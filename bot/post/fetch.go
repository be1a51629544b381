package post

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// What keeps a file from being fetched.
var (
	// ErrForeign: the file does not lie with Slack; it is not asked for.
	ErrForeign = errors.New("the file lies with somebody else")
	// ErrTooLarge: it is longer than the caller takes.
	ErrTooLarge = errors.New("the file is too large")
	// ErrWithheld: Slack wants a sign-in; the token lacks files:read.
	ErrWithheld = errors.New("Slack does not hand the file out")
)

// Files fetches what people shared, with the bot's token, and from Slack's own
// hosts only: the token goes nowhere else, and no other address is ever asked.
type Files struct {
	token  string
	at     *url.URL // of another Slack; nil: Slack itself
	client *http.Client
}

// NewFiles returns a fetcher. apiURL is empty for Slack itself; else files come
// from that very host.
func NewFiles(token, apiURL string, limit time.Duration) (*Files, error) {
	f := &Files{token: token, client: httpClient(limit)}
	if apiURL == "" {
		return f, nil
	}
	at, err := url.Parse(apiURL)
	if err != nil || at.Host == "" {
		return nil, fmt.Errorf("SLACK_API_URL is no address: %q", apiURL)
	}
	f.at = at
	return f, nil
}

// slackHosts are where Slack keeps files: url_private begins with one.
var slackHosts = []string{"files.slack.com", "slack-files.com", "files.slack-gov.com"}

func (f *Files) ours(u *url.URL) bool {
	if f.at != nil {
		return u.Scheme == f.at.Scheme && u.Host == f.at.Host && u.User == nil
	}
	if u.Scheme != "https" || u.User != nil {
		return false
	}
	for _, host := range slackHosts {
		if strings.EqualFold(u.Host, host) {
			return true
		}
	}
	return false
}

// Fetch returns the file at a url_private, up to most bytes. A redirect is not
// followed: Slack redirects those whom it does not know.
func (f *Files) Fetch(ctx context.Context, address string, most int64) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || !f.ours(u) {
		return nil, ErrForeign
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("fetch a file: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+f.token)
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("fetch a file: %w", err)
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode >= 300 && resp.StatusCode < 400, resp.StatusCode == http.StatusUnauthorized, resp.StatusCode == http.StatusForbidden:
		return nil, ErrWithheld
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("fetch a file: status %d", resp.StatusCode)
	case strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html"):
		return nil, ErrWithheld // the page on which people sign in
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	if err != nil {
		return nil, fmt.Errorf("fetch a file: %w", err)
	}
	if int64(len(data)) > most {
		return nil, ErrTooLarge
	}
	return data, nil
}
