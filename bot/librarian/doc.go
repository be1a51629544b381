// Package librarian is the library's face in Slack: what people type after
// `/coach content`, press and submit to find an item, and what those who keep the
// library add, change, retire and put back; what became of what was given, what is
// stale or never given, and what contacts needed and the library lacks.
//
// Many changes at once, as one draft that is tested before reps see it, are made in
// the workshop: [cairn/bot/editing]. What is given to whom is [cairn/bot/suggest]'s;
// in here nothing chooses.
//
// A [Desk] is where the work is done. commands.go has the verbs, and who may use them;
// each has a file named after it. The ids of the buttons and forms in here begin with
// "content_", "score_" and "gaps_", or are "content" and "retire"; the bot's tables
// name the function of each.
package librarian
