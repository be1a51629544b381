package post

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/slack-go/slack"
)

// verdict is what became of one attempt.
type verdict string

const (
	sent     verdict = "sent"
	retry    verdict = "retry"    // not posted; try again
	limited  verdict = "limited"  // not posted; Slack said how long to wait
	doubtful verdict = "doubtful" // may have been posted; look it up
	unknown  verdict = "unknown"  // may have been posted, and cannot be looked up
	failed   verdict = "failed"   // will never be posted
	parked   verdict = "parked"   // the channel does not take it
	diverted verdict = "diverted" // goes another way
	halted   verdict = "halted"   // the token is no good
)

// outcome is a verdict with what belongs to it. reason is Slack's name of the
// error or a word of ours, never a text of somebody's.
type outcome struct {
	verdict verdict
	reason  string
	channel string
	ts      string
	wait    time.Duration // before the next try; 0: as the attempts so far suggest
	payload []byte        // of the direct message that a response is diverted to
	// answered: it is what Slack said, not that Slack was not asked or not heard
	answered bool
}

// said marks what Slack itself said.
func (o outcome) said() outcome {
	o.answered = true
	return o
}

// unnamedWait is how long we wait when Slack limits us without saying how long.
const unnamedWait = 30 * time.Second

// scopeWait is the time between two tries of what the app may not do.
const scopeWait = 5 * time.Minute

// Slack's names of errors, by what they mean for a posting. What is in no list
// is a message that Slack will never take.
var (
	tokenErrors = names("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired",
		"not_allowed_token_type", "org_login_required", "ekm_access_denied", "two_factor_setup_required")
	channelErrors = names("channel_not_found", "is_archived", "not_in_channel", "restricted_action",
		"restricted_action_read_only_channel", "restricted_action_thread_only_channel", "channel_is_limited_access")
	limitErrors = names("ratelimited", "rate_limited", "message_limit_exceeded")
	// refused before anything was done
	refusals = names("service_unavailable", "request_timeout", "team_added_to_org", "accesslimited")
	// Slack says of these that some part of the call may have been carried out
	halfway = names("internal_error", "fatal_error")
)

func names(s ...string) map[string]bool {
	m := make(map[string]bool, len(s))
	for _, n := range s {
		m[n] = true
	}
	return m
}

// judge reads the error of a Web API call. trip is what is known of its way.
func judge(err error, trip *trip) outcome {
	var rate *slack.RateLimitedError
	var status slack.StatusCodeError
	var named slack.SlackErrorResponse
	var number *strconv.NumError
	switch {
	case err == nil:
		return outcome{verdict: sent}
	case errors.As(err, &rate):
		return outcome{verdict: limited, reason: "429", wait: rate.RetryAfter}.said()
	case errors.As(err, &named):
		return judgeName(named.Err).said()
	case errors.As(err, &status):
		return judgeStatus(status.Code, trip).said()
	case errors.As(err, &number) && trip.status == http.StatusTooManyRequests: // a Retry-After that is no number
		return outcome{verdict: limited, reason: "429", wait: unnamedWait}.said()
	case !trip.wrote.Load():
		return outcome{verdict: retry, reason: "not reached"}
	}
	return outcome{verdict: doubtful, reason: "cut off"}
}

func judgeName(name string) outcome {
	switch {
	case tokenErrors[name]:
		return outcome{verdict: halted, reason: name}
	case channelErrors[name]:
		return outcome{verdict: parked, reason: name}
	case limitErrors[name]:
		return outcome{verdict: limited, reason: name, wait: unnamedWait}
	case name == "missing_scope": // until whoever runs Cairn has installed the app anew
		return outcome{verdict: retry, reason: name, wait: scopeWait}
	case refusals[name]:
		return outcome{verdict: retry, reason: name}
	case halfway[name]:
		return outcome{verdict: doubtful, reason: name}
	}
	return outcome{verdict: failed, reason: name}
}

func judgeStatus(code int, trip *trip) outcome {
	o := outcome{verdict: retry, reason: strconv.Itoa(code), wait: trip.retryAfter}
	switch code {
	case http.StatusTooManyRequests:
		o.verdict, o.wait = limited, max(o.wait, time.Second)
		if trip.retryAfter == 0 {
			o.wait = unnamedWait
		}
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusRequestTimeout, http.StatusGatewayTimeout:
		o.verdict = doubtful // it may have broken behind the post; 503 stands before all that Slack does
	}
	return o
}

// backoff is how long to wait before try n+1: 1 s, 2 s, 4 s and so on, a
// minute at most.
func backoff(n int) time.Duration {
	return min(time.Second<<min(max(n-1, 0), 10), time.Minute)
}
