package digest

// LinesPrompt words the figures of a digest. What is said, in which order and
// what is withheld is not the wording's: it is asked for one line at a time, by a
// flag, and never sees a figure that may not be shown.
const LinesPrompt = "digest-lines"

// ThingPrompt words the one thing worth doing as a team, without a model.
const ThingPrompt = "digest-one-thing-builtin"
