package store

import "strconv"

// Who asked to be left until a day does not wait for us before it: on no list, not in the
// morning, and in no figure of a digest; nor does who is to be left without a day, for a month, or is gone,
// before we hear of them. p is a contact's place on the first journey, for
// the digest of another journey too; the rest comes as a sight.

// sight is who looks, and when, as a statement has it.
type sight struct {
	person string
	day    string // theirs
	zone   string // the seconds by which it is ahead of UTC
}

// Why a note keeps its contact off the lists of those who wait or may be asked, until one of
// theirs since.
const (
	RestLetBe = "let_be" // they are to be left alone, and no day is named: for [LetBeFor]
	RestGone  = "gone"   // they are there no more
)

// nearDays is within how many days of a note a day of theirs is near.
const nearDays = 21

// notAsked holds for a note, own, that asks for nothing.
const notAsked = `not exists (select from signals g where g.interaction_id = own.id and g.holds and g.signal = 'asked_for_more')`

// lastWord holds for a note, own, of the contact that no later leave or question follows.
func (by sight) lastWord() string {
	return `own.contact_id = p.contact_id and own.undone_at is null
	and not exists (select from interactions i join signals g on g.interaction_id = i.id and g.holds and g.signal in ` + leave + `
		where i.contact_id = own.contact_id and i.undone_at is null and i.author_id = ` + by.person + ` and (i.at, i.logged_at, i.id) > (own.at, own.logged_at, own.id))`
}

// answers holds for a step t of ours that says what is to become of what the note asks for:
// a promise to give, to leave them be until its day whatever they asked for, or a step that
// is all they ask for, as "asked me to call her on 20 May" asks for nothing before. All stand
// in the words of the note; what is shown of a step may say more.
const answers = `t.whose = 'us' and (t.gives is true or t.leaves is true or not exists (select from signals g
	where g.interaction_id = own.id and g.holds and g.signal = 'asked_for_more' and strpos(g.quote, coalesce(t.words, t.what)) = 0))`

// agreed holds for a step t of a note, own, until whose day its contact is left alone.
// Where the note asks for what the step does not answer, that day must be near, whosever
// step it is: "send the checklist, our board meets in May" waits for the checklist, and so
// does "asked for the checklist, I'll call her in May".
func (by sight) agreed() string {
	return `t.person_id = ` + by.person + ` and t.done_at is null and (` + answers + ` or ` + notAsked + ` or
		t.due <= (own.at at time zone 'UTC' + ` + by.zone + `::int * interval '1 second')::date + ` + strconv.Itoa(nearDays) + `)`
}

// isLeft holds for who is to be left alone still: until a day that is not over, or for a
// time that nobody named. Who said by when they move, and asked for nothing, does not wait
// after it either, as long as the step is spoken of.
func (by sight) isLeft() string {
	return `exists (select from interactions own where ` + by.lastWord() + ` and (exists (select from steps t
		where t.interaction_id = own.id and ` + by.agreed() + ` and ` + unsettled(by.zone) + ` and ` + stands + `
		and (t.due >= ` + by.day + ` or t.whose = 'them' and ` + notAsked + ` and t.due > ` + by.day + ` - ` + strconv.Itoa(StepLife) + `))
	or own.author_id = ` + by.person + ` and ` + notAsked + ` and exists (select from signals g where g.interaction_id = own.id and g.holds and g.signal = 'postponed')))`
}

// LetBeFor is for how many days somebody is left alone where no day is named: as long as
// nothing is suggested for them, which is said with the day, see [suggest.LetBe].
const LetBeFor = 30

// unlisted holds for a contact at place p of whom a note says that they are to be left alone,
// and names no day, for as long as that is, or that they are there no more: whoever wrote it,
// until a note of theirs since. Who asked for something in the same breath is not left alone.
func (by sight) unlisted() string {
	return `exists (select from interactions own where own.contact_id = p.contact_id and own.rest is not null and own.undone_at is null
	and (own.rest = 'gone' or own.rest = 'let_be' and ` + notAsked + `
		and (own.at at time zone 'UTC' + ` + by.zone + `::int * interval '1 second')::date + ` + strconv.Itoa(LetBeFor) + ` > ` + by.day + `)
	and not exists (select from interactions i join signals g on g.interaction_id = i.id and g.holds and g.signal not in ('heard_them', 'reached_out', 'went_quiet')
		where i.contact_id = own.contact_id and i.undone_at is null and (i.at, i.logged_at, i.id) > (own.at, own.logged_at, own.id)))`
}

// leftUntil is the beginning of the latest day, over now, until which they were left
// alone; null: there is none.
func (by sight) leftUntil() string {
	return `(select (max(t.due)::timestamp - ` + by.zone + `::int * interval '1 second') at time zone 'UTC' from interactions own
	join steps t on t.interaction_id = own.id and ` + by.agreed() + ` and t.due < ` + by.day + ` where ` + by.lastWord() + `)`
}
