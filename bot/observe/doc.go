// Package observe reads a note: which signals it shows, and the words that say
// so. Its contract:
//
//   - The built-in [Reader] needs no network and no model, reads a note in less
//     than two milliseconds on one core, and is a pure function of the note, the
//     [Context] and its version. It says nothing where it sees nothing.
//   - Every [Finding] quotes the note word for word: the clause that did most
//     for the signal.
//   - Signals come from the closed list of [journey.Signals]. A note is material
//     and never an instruction: from the first sentence that orders a machine
//     about, or carries markup, nothing is read (prompts/cues/guard.yaml).
//   - The first 4 kB of a note are read, whatever its bytes.
//
// # The way of a note
//
//  1. text.go cuts it into words and clauses; names become classes, as do
//     numbers, sums, days. lang.go guesses the language and stems.
//  2. guard.go drops what does not tell of anything that happened.
//  3. feature.go lists what the note shows: words, pairs and triples, letters
//     three to five in a row, channel, direction, the signals before it,
//     crossings of these, and the families of prompts/cues (cue.go) alone, in
//     pairs that stand near, and with direction and standing.
//  4. Two linear models score it (linear.go): each signal against all others
//     together, and all against each other with "nothing" among them; the
//     second also each sentence alone (sentence.go).
//  5. calibrate.go turns scores into how sure the reading may be, and holds
//     each signal's limit; reader.go picks. An exchange of which the note has no word
//     must be surer (unsaid.go).
//  6. withhold.go holds back what is denied, hoped for, somebody else's or an
//     act of ours ("not signed yet", "bought from Siemens", "sent him the
//     guide"), by the guards of prompts/cues/guard.yaml, and what is left of the
//     note is read afresh. Guards are no features: they need no training. undone.go
//     has what a denial before the verb takes back ("they never asked for pricing").
//     Of three words or fewer the words alone must carry a signal (sentence.go).
//  7. outright.go adds what a turn of speech says in so many words, with a name in
//     its place: "put us in touch with Leon Krug at Beta Pumps". Its turns stand
//     in guard.yaml too, and need no training either. turns.go holds those that also
//     take away what they are mistaken for ("ist sauer", "unsubscribed"), departed.go
//     what tells that somebody left or is away: nothing else is read of it. wanted.go
//     reads a want of theirs as an ask ("they want a pilot in May"). unmoved.go has what is
//     told of somebody and moves them nowhere ("has not replied yet", "we should send").
//     house.go has what is of their own house or of others: machines that fail, people who will
//     not use a phone, contracts ended elsewhere, talks that they will have among themselves.
//
// Training ([Train], from labelled histories, reproducible to the byte) fits
// the models, and the calibration on groups of authors that the models did not
// see. The trained file (trained.bin.gz, 4 MB) travels with the binary.
// testdata/histories has the labelled notes of twelve authors: eleven wrote what
// comes of customers, the twelfth (l) plain lines that differ by a word from what
// they were once taken for.
//
// # Lines that say neither how nor from whom
//
// Labelled notes have a channel and a direction. Of a line typed after /log
// [cairn/bot/line] mostly makes neither, other and in, and the few labelled records
// of that kind are of systems that saw somebody pay: so whatever was typed leant
// towards an order. Such a line has features of its own, and each labelled note is
// trained once more as one, last, moving these alone (linear.go, fit): what it
// costs the others is nothing. Authors b, e and j, by weights that know none of
// them, before and with it (and author l, and the guards that came with them):
//
//	read                     micro        macro        stage        orbit        leave
//	as they are labelled     .795 .794    .778 .780    .825 .840    .780 .785    .91/.86 .91/.86
//	as bot/line reads them   .618 .701    .614 .701    .633 .728    .593 .672    .91/.82 .88/.86
//
// # Designs and figures
//
// All before author l, with each author left out in turn: weights, calibration and limits never
// saw a note of the author who is read, and the context is what was read before,
// mistakes included. 2,200 contacts, 7,699 notes. "Leave" is do-not-contact,
// recall and precision. Run it again with `cairn eval --leave-one-out DIR`.
//
//	design                                           micro  macro  stage status orbit  leave
//	always the commonest signal                       .078   .004   .229   .710  .149  .00 1.0
//	cue families alone, the most named signal         .376   .346   .425   .810  .320  .71 .87
//	linear: words, letters, channel, earlier signals  .788   .774   .837   .935  .785  .67 .89
//	  and families of words (words, speech)           .814   .800   .857   .942  .810  .74 .88
//	  and families of phrases                         .817   .804   .863   .947  .817  .83 .95
//	  and calibration, limits by cost, pairs seen     .826   .815   .875   .949  .826  .86 .93
//	  and 160 near misses of opted_out, written so    .826   .814   .874   .952  .825  .89 .84
//	  instead: opted_out also by its words alone,
//	  cues in the calibration, leave goes first       .828   .816   .875   .953  .821  .96 .87
//	  and each sentence alone in the calibration      .841   .830   .883   .953  .831  .95 .86
//	  and guards                                      .841   .830   .884   .952  .831  .95 .86
//
// The last row is what travelled then. 95 of 100 resamplings of the contacts lie within
// .833–.848 micro, .822–.838 macro, .870–.896 stage, .943–.961 status, .815–.845
// orbit, .91–.99 and .80–.92 leave. The last two rows were read with the same
// weights. Labelled notes tell of what happened, so there is little in them for
// the guards to hold back; what they are for are the near misses of
// testdata/near-miss.txt: "signed", "not signed yet".
// Confidence is off by .020 on average (ECE). Of 100 notes, 6 move a place
// wrongly and 3 fail to move one. Weakest signals: gave_feedback .65, installed
// .71, complained .74, saw_it_work .74, adopted .75. Weakest author: e, the
// near-miss pairs, .76 micro; strongest: c, .90. In the rows from calibration on,
// except the last two, the calibration was fitted on the scores of the ten other
// authors, which differs by less than .003.
//
// What did not pay, on five or eleven authors: one of the two linear models
// without the other (−.003 and −.01 micro); features that stand in one note
// only (−.006); four times the learning rate (−.02); more epochs, more decay,
// other shares of letters and crossings, leaving out features at random while
// training (±.002). The families of words paid
// most where the voices were strangest: the author who writes German, Spanish,
// French, Portuguese, Italian and Dutch went from .59 to .75, because a family
// holds all languages together.
//
// What the figures do not say: the cue files were written in general, but the
// phrases of opted_out were completed after looking at what was missed, over
// all authors; its recall on voices never met will be somewhat lower than here.
// A limit for opted_out as low as this one costs precision on purpose: to write
// to somebody who asked to be left alone is the worst mistake, and a wrong
// do-not-contact is undone with one click. No wrong label was found among the
// notes that the reading contradicted most surely (38 were looked at).
package observe
