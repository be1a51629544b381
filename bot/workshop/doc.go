// Package workshop is where content teams change wording safely: it knows which
// version of each file is in force for whom, checks an edit before it is kept,
// and compares a draft with what is live.
//
// A file is named as in the prompts folder: suggest-reason.prompt,
// journeys/aipee.yaml, cues/words.yaml, library/matching.yaml. Of every file there is version 0, the
// text that travels with the binary or stands in the folder of
// CAIRN_PROMPTS_DIR, and the numbered versions that people wrote in Slack, which
// stand in front of it once published.
//
// The library is the one file whose live text comes from rows, which forms change
// too ([Kind.FromRows]): its drafts remember the state that they were made from,
// and publishing brings the difference onto the rows, item by item ([MergeShelf]).
//
// [Live] is the part that answers requests: it holds everything in memory, never
// waits for the database, and goes on with the last good version when the
// database or a file is bad. The rest is pure: [Kinds.Check] says whether a text
// may be kept, [Examine] what it does with a set of cases, [Compare] which of two
// texts does better, [Lines] what differs.
//
// Nothing in here knows of Slack or of who asks: what editors type and see is
// bot/editing.
package workshop
