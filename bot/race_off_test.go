//go:build !race

package bot_test

import "time"

// ackDeadline is how long the simulated Slack waits for an answer: as long as Slack does.
const ackDeadline time.Duration = 0
