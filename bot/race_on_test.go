//go:build race

package bot_test

import "time"

// ackDeadline is how long the simulated Slack waits for an answer: under the race detector,
// which makes all some five times slower, longer than Slack's three seconds.
const ackDeadline = 15 * time.Second

// patience is how long a line of a conversation may take, for the same reason.
const patience = 2 * time.Minute
