//go:build !race

package bot_test

import "time"

// ackDeadline is how long the simulated Slack waits for an answer: as long as Slack does.
const ackDeadline time.Duration = 0

// patience is how long a line of a conversation may take.
const patience = 20 * time.Second
