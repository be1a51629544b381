// Package line reads what a rep types: who, how, when, what was said, and the
// next step.
//
// It is pure: the moment and the zone come in with now, nothing is looked up,
// and the same text gives the same [Line]. It never decides what a note means
// for a contact's place (that is bot/observe); it only reads what the receipt
// shows beside it and what the person can correct there with one click.
//
// Three rules hold everywhere:
//   - The note stays word for word. Every *Words field, and every Mention, is a
//     substring of the note, so the receipt can quote it.
//   - What is planned, hoped or denied did not happen: "will call Friday" is a
//     step, not the channel and not the day of the talk.
//   - In doubt nothing is read: the channel stays [journey.Other], the day
//     stays today, and the receipt says so.
//
// Words are known in English, German, Spanish, French, Portuguese, Italian and
// Dutch; the tables (words_*.go) are written without accents and in lower
// case, because that is how tokens are compared.
package line
