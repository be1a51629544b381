// Package weekly is the weekly digest's face in Slack: what managers type after
// `/coach digest` to arrange, preview, post and end a channel's digest, what a channel
// reads, the details and pictures in its thread, and the names behind a figure for
// whoever may open it.
//
// Beside it, [cairn/bot/digest] is the digest without Slack: which week it is of, when
// it is due, and its figures, weighed and withheld. In there nothing is worded; in here
// nothing is counted.
//
// A [Board] is where a workspace's digests hang. arrange.go has the commands, now.go
// the preview and its button, tick.go what is due by the clock; say.go, lines.go and
// thing.go word what a channel sees, detail.go and pictures.go what hangs below it.
package weekly
