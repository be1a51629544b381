//go:build race

package bot_test

import "time"

// ackDeadline is how long the simulated Slack waits for an answer: under the race detector,
// which makes all some five times slower, longer than Slack's three seconds.
const ackDeadline = 15 * time.Second
