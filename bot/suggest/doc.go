// Package suggest answers one question: what is worth giving this contact
// next, and why.
//
// It is pure. A [Library] is an index over a team's items, built once and then
// only read, by any number of goroutines; a [Case] is what is known of one
// contact at one moment; a [Tally] is what became of earlier suggestions. From
// these [Library.Suggest] makes a [Suggestion]: up to three picks, each with
// the features that spoke for it, and the candidates that were considered with
// the probability that each had of being shown, or silence with its reason.
// Clock, randomness and storage are the caller's: the same arguments give the
// same suggestion, bit for bit.
//
// # How an item is chosen
//
//  1. Filters: retired, expired, another language, a stage further away than
//     the neighbouring one, another industry, shared before (by id or by
//     canonical URL), refused by the rep, shown often enough. Contacts who
//     asked to be left alone, who left without a day to come back, or who wait
//     for a complaint to be put right get nothing; nor do those whose turn it is,
//     of whom a note says to send nothing, or who have had all that there is.
//     Who asks for one thing and nothing else gets what is about that or nothing.
//  2. Fit, between 0 and 1: the words that they used (recent ones weigh more,
//     rare ones weigh more), words near them in meaning ([cairn/bot/suggest/meaning]),
//     what their signals call for (matching.yaml), what the item is for and how
//     much their latest signals call for that (purpose.go), whom they will ask or
//     bring in next, stage, role, industry, kind of education, a review overdue.
//     Some count otherwise where they asked for something, and with customers.
//     What fits far worse than the best is not offered beside it.
//     Then whether to give anything at all: a logistic model over the signs of
//     sign.go, some of how well anything fits, some of what the latest note shows
//     and whose turn it is, some of what its words hint at (hints of matching.yaml:
//     the next step is theirs, they have what they need, it is for the office, …).
//     Its sentence names what decided, and quotes it. A gap in the library is told
//     of only where they spoke of something in particular.
//  3. Learning: Beta–Bernoulli per (item, stage) over a prior worth
//     [PriorStrength] observations that backs off to the item, its kind, the
//     team. The fit is a factor on it, with history as without: a record says
//     how good an item is, not whether it is to the point for this contact.
//  4. The first pick is drawn by probability matching (Thompson sampling) among
//     the contenders. The probabilities are not estimated by drawing: they are
//     computed first, as the chance of each contender's posterior to be the
//     largest, integrated on a fixed grid, and then one is drawn from them. So
//     what is logged is what was used, exactly, and for every seed the same.
//  5. The second pick balances fit against likeness to the first (MMR); the
//     third comes from what has seldom been shown. Given the first, both are
//     determined, so their probabilities follow exactly.
//
// [Replay] judges policies from such a log; [EvalSuggest] judges the choice on
// labelled states.
//
// # Figures
//
// Judged on thirty-one sets written apart, each by an author and for a seller of
// its own. "Unread" is how the version of the day did before anything was learnt
// from that author: neither weights nor words had seen the set. (For a to h and
// sample it is the weights of the seven others among these eight, with the guide
// as it stood before that author.) "Today" is with today's guide, whose words were
// widened by all of them, and the weights fitted on the seventeen others (go test
// -tags fit ./bot/suggest -run Fit -guides DIR -v): how it is with somebody new
// lies between the two.
//
//	            unread: states  hit@1  hit@3  nDCG@3  silent  withheld   today: hit@1, hit@3, silent
//	a  64 items        96 +18   .76    .86     .70     .72     .05            .86    .97    .78
//	b  40 items        53 +12   .66    .83     .66     .83     .06            .85    .92    .58
//	c  49 items        50 +12   .78    .88     .79    1.00     .04            .88    .96    .83
//	sample  30 items   26 +6    .81    .92     .82     .67     .04            .92    .92    .67
//	e  60 items        88 +22   .72    .86     .72    1.00     .06            .76    .92    .91
//	f  64 items        87 +21   .77    .87     .80     .90     .05            .74    .93    .90
//	g  64 items        86 +24   .63    .77     .52     .88     .08            .66    .85   1.00
//	h  65 items        86 +22   .60    .74     .61     .64     .09            .70    .86    .77
//	i  63 items        87 +21   .70    .83     .57     .76     .03            .74    .87    .90
//	j  64 items        87 +21   .82    .92     .76     .52     .05            .76    .93    1.00
//	k  54 items        64 +21   .84   1.00     .89     .76     .00            .88    .97    .86
//	l  72 items        83 +34   .70    .81     .69     .71     .07            .70    .89    .82
//	n  72 items       104 +36   .56    .73     .52     .58     .13            .59    .82    .78
//	o  75 items        81 +36   .60    .79     .61     .58     .09            .70    .86    .92
//	m  71 items        88 +33   .66    .84    .67   .85    .11            .73    .89    .76
//	p  67 items        84 +27   .56    .75    .61   .85    .14            .63    .83    .81
//	q  67 items        82 +29   .61    .78    .60   .83    .12            .70    .84    .79
//	r  67 items        80 +29   .53    .75    .57   .72    .09            .69    .88    .69
//	all              1412 +424                                                .73    .89    .83
//	held out           81 +30    .70    .89    .70     .80     .06
//	  a search for it  81 +30    .64    .79    .63    never
//	x  64 items        89 +19   .75    .91     .77    1.00     .03           1.00 silent, .03 withheld
//	y  64 items        88 +20   .77    .92     .82     .85     .02            .90         .02
//	z  64 items        90 +20   .68    .82     .73     .80     .02            .90         .04
//	aa  64 items       90 +20   .78    .88     .80     .85     .01            .85         .01
//	ba  64 items       88 +20   .48    .72     .59     .85     .16           1.00         .19
//	bb  64 items       87 +21   .55    .74     .60     .67     .08            .76         .10
//	ca  64 items       88 +20   .64    .83     .55     .90     .05   nothing was learnt from it
//	cb  64 items       88 +20   .55    .78     .49     .90     .08   nothing was learnt from it
//	t  66 items        87 +25   .40    .63     .51     .72     .09            .88         .13
//	u  67 items        87 +25   .39    .64     .50     .60     .14            .68         .16
//	v  67 items        87 +26   .62    .80     .69     .42     .03            .50         .02
//	w  64 items        83 +25   .48    .61     .51     .64     .13            .72         .13
//	da 47 items        76 +28   .72    .84    .75     .89     .09           .96 silent, .05 withheld
//	random                      .03    .10     .05    never
//	stage alone                 .08    .23     .13    never
//
// From x to w only the signs of silence have been learnt, none of the weights that
// choose: refitted on these authors too, those lost what a note asks for in plain
// words ("they want a pilot") to what had been spoken of before. Their last columns
// are by signs fitted on all the other sets. The authors of x to cb wrote as they
// liked; how hard each set is tells what a search chooses there (telling_words,
// hit@1: x .67, y .56, z .49, aa .58, ba .42, bb .47, ca .45, cb .45). The others were asked to tell
// needs sideways, in words of a trade that no item has, and to leave the reasons for
// silence unsaid: their states would turn some hints round, so that hints are held
// at what they mean (fit_test.go). A second model over the plain words of the latest
// note gave silence of 1.00, .90 and .64 on x, y and w, but withheld .06, .07 and .14
// and was silent where an item was wanted ("they will check with purchasing"): it was
// not taken in.
//
// One more author's set is kept apart to judge by, and is not in testdata: nothing
// was learnt from it, but an earlier quietFrom was chosen with its figures in view. Its
// figures are of then, those of the version before were .67, .81, .65, .83 and
// .11; beside it stands what a search chooses there (telling_words). Withheld is
// silence where something fits.
//
// What brought something to authors left out, with each one's own guide of before:
// purposes by signal one and a half points of hit@3, how few stages an item is made
// for half a one, a second pick less held back by likeness half a one; of silence
// at the same hits, hints seven points and a sign for each of the signals two (the
// hints were written after reading these authors: less with others). Of the features before, meaning brought one
// point of hit@1 and half a one of hit@3; topics that are everyday words elsewhere
// ("summer", "Monday") one; items for customers where somebody thinks of more half
// a one. Tried and left out: weights by stage, purposes by words of the note or by
// what was had, features relative to the best of the library, products of signs,
// small words and pairs of words of the note learnt one by one, its direction of
// meaning as signs, that it was written within three days (a sign of the labelled
// days only: in use every note is of today), that it shows no signal (the built-in
// reading misses some).
//
// Of the states of t to bb without a hit among three, one in five had a right item
// among the best three and was withheld, two thirds had it placed fourth or worse, and the
// spread of the three (diversity) pushed it out in one of a hundred. By weights fitted on
// other authors than those judged, and leaving silence aside, next to nothing came of
// another diversity, of harder or softer holding, of how much of an item is met, the
// strongest meeting alone, title and topics alone, meaning without what a library's items
// share, words after a wish, and of what kind and for what they have had things. To tell
// apart items for everybody, for others and for somebody only named brought one point of
// hit@3 and one of hit@1, and to learn the choice from all authors half a one more of
// hit@3. Neither is taken in. With both, quietFrom at .43 and above lost a state of
// silence on two sets or more, and at .42 who asked about pumps was not given the handbook
// on pumps; with the first alone, as much silence as before left a tenth of a point of it.
//
// What they have had on what they spoke of last shifts the choice (sequel.go). Of the states
// with several right items, the best was given and the others were right then (1181 states of
// the thirty sets; a search: hit@1 .22, hit@3 .43, nDCG .29): .36, .60 and .45 before, .40, .64
// and .48 since. Its four weights were fitted on these and on the states with something shared,
// each fifth of the sets by the others, the weights above being as they are: on those left out
// hit@1 and hit@3 by rank alone rose from .41 and .70 to .48 and .76, and where something had
// truly been shared from .66 and .85 to .67 and .87. Two thirds of them are taken: of all states
// as they stand .678, .837, .686 and silence .861 became .686, .843, .692 and .864, and no set
// lost more than three points of hit@1. Tried beside it: the words that what was had leaves over,
// its role, industry and stages, how often a topic is shared, all by how much it answers; two
// signs of silence by the same.
//
// The author of da wrote forty states in which the obvious item had been given (hit@1 .80, hit@3
// .85 unread, .85 and .88 today) before reading any rule; no weight was fitted on them, but what
// is heard beside a day, who reads no English and two ways to say “not before” were mended with
// its misses in view.
//
// More silence costs hits: over the six authors x to bb, by signs fitted on the
// others, quietFrom at .45 gives silence in .90 of the states with .07 withheld and
// hits of .67 and .82, at .50 .87 with .06, .67 and .83, at .55 .87 with .05 and .84.
// It was chosen on these figures, so that they are a little too good.
package suggest
