// Package observe reads a note: which signals it shows, and the words that say
// so. Its contract:
//
//   - The built-in [Reader] needs no network and no model, reads a note in less
//     than two milliseconds, and is a pure function of the note, the [Context]
//     and its version. It says nothing where it sees nothing.
//   - Every [Finding] quotes the note word for word.
//   - Signals come from the closed list of [journey.Signals]; nothing that a
//     note says can add to it.
package observe
