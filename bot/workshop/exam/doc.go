// Package exam judges a draft beside what is live where that shows only in use:
// a prompt that a model reads with, the cues of the built-in reading, a journey,
// the wordlore of suggestions. Its contract:
//
//   - Live and draft sit the same exam: the same labelled notes, contacts or
//     states, in the same order. The labelled notes travel with the binary; what
//     the team has put right is added to them.
//   - A reading is never judged on notes that its weights were trained on: for
//     an exam weights are trained without three authors, and read those three.
//   - Cues are tried on lines as people type them too, each of which turns on a few words;
//     what was changed and no case shows is not judged: see [Cues].
//   - The verdict is strict: worse where more turned from right to wrong than
//     from wrong to right, or where a wish to be left alone is missed that was
//     found before. Whether chance alone may do so is said beside it.
//   - An exam that could not be ended judges nothing, and says why.
//
// What a model is asked is booked in the team's ledger as in use; see [cairn/bot/llm].
package exam
