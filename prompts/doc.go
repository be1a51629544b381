// Package prompts holds the files that content teams edit, and reads them
// strictly: prompt and wording templates (*.prompt), journey models
// (journeys/*.yaml), cues for the built-in reading (cues/*.yaml) and the
// sample library (library/). They are the defaults and travel with the
// binary; a directory or an edit in Slack can stand in front of them.
//
// Strictly means: an unknown key, a misspelt variable or a missing part is an
// error that names the file, the line, what is wrong and how to mend it.
package prompts
