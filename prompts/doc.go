// Package prompts holds the files that content teams edit, and reads them
// strictly: prompt and wording templates (*.prompt), journey models
// (journeys/*.yaml), cues for the built-in reading (cues/*.yaml) and the
// sample library (library/). They are the defaults and travel with the
// binary; a directory or an edit in Slack can stand in front of them.
//
// Strictly means: an unknown key, a misspelt variable or a missing part is an
// error that names the file, the line, what is wrong and how to mend it.
//
// # A prompt file
//
// A *.prompt file begins with a head between two lines of three dashes, and
// goes on with its parts. One for a model has the parts System and User; one
// that is used without a model, a wording, has the part Text:
//
//	---
//	title: Why this item
//	owner: content team
//	purpose: one line that tells a rep why this item is suggested now
//	output: wording
//	longest: 200
//	inputs:
//	  - name: contact
//	    kind: data
//	    about: the contact's first name
//	    example: Dana
//	---
//	## Text
//	It helps {{contact}} take the next step.
//
// The keys of the head: title, owner, purpose; output, which says what code
// does with the result (reading, choice, wording; its schema belongs to the
// code); model (temperature, max_tokens), for the parts System and User only;
// longest, in characters, for the part Text only; inputs.
//
// The keys of an input: name, about, example, and
//
//	kind   data    what people typed: notes, names, titles
//	       fixed   words from code or from these files: a stage, advice
//	       number  a number
//	       flag    yes or no, to be asked with {{#name}} and {{^name}}
//	       list    rows of fixed words, each with the `fields` named
//	max    for data: the characters of each text that are kept (4000)
//	needed true where the text must not do without it; what the code needs stays needed
//
// In the text, {{name}} puts an input, {{#name}}…{{/name}} stands where the
// input is not empty (once for each row of a list), {{^name}}…{{/name}} where
// it is, and {{! … }} is a comment that nobody is shown. Nothing else of mustache
// is read: no partials, no other delimiters,
// no unescaped tags, because each would open a way around what follows.
//
// A few texts hold a mark besides, in whose place code puts something later:
// LINK_1, in what words a message, is where the address of the item comes. It
// stands without braces, since it is no input: a wording holds no address, and a
// model may see none. See [StandIn].
//
// A wording holds no link and no mention, also none that comes about only once it is
// put together ([Prompt.Joined]), and no text holds characters that nobody sees
// ([strict.Unseen]): a NUL among them is one that no database keeps.
//
// # What people typed is data
//
// The parts are split before anything is put into them, and what is put in is
// never read again as a template. In a prompt for a model an input of kind
// data can stand in the User part only; it arrives there as one line of JSON,
// capped in length, without control and bidirectional characters. In a wording
// it arrives on one line with Slack's special characters escaped.
package prompts
