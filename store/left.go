package store

import "strconv"

// Who asked to be left until a day does not wait for us before it. p is a contact's place
// on the first journey, $2 the person, $3 their day and $10 the seconds by which their zone
// is ahead of UTC.

// nearDays is within how many days of a note a day of theirs is near.
const nearDays = 21

// notAsked holds for a note, own, that asks for nothing.
const notAsked = `not exists (select from signals g where g.interaction_id = own.id and g.holds and g.signal = 'asked_for_more')`

// lastWord holds for a note, own, of the contact that no later leave or question follows.
const lastWord = `own.contact_id = p.contact_id and own.undone_at is null
	and not exists (select from interactions i join signals g on g.interaction_id = i.id and g.holds and g.signal in ` + leave + `
		where i.contact_id = own.contact_id and i.undone_at is null and i.author_id = $2 and (i.at, i.id) > (own.at, own.id))`

// agreed holds for a step t of a note, own, until whose day its contact is left alone: any
// of ours, or of theirs. Where the note asks for something too, a day of theirs must be near:
// "send the checklist, our board meets in March" waits for the checklist.
var agreed = `t.person_id = $2 and t.done_at is null and (t.whose = 'us' or ` + notAsked + ` or t.due <= own.at::date + ` + strconv.Itoa(nearDays) + `)`

// isLeft holds for who is to be left alone still: until a day that is not over, or for a
// time that nobody named. Who said by when they move, and asked for nothing, does not wait
// after it either, as long as the step is spoken of.
var isLeft = `exists (select from interactions own where ` + lastWord + ` and (exists (select from steps t
		where t.interaction_id = own.id and ` + agreed + ` and ` + unsettled("$10") + ` and ` + stands + `
		and (t.due >= $3::date or t.whose = 'them' and ` + notAsked + ` and t.due > $3::date - ` + strconv.Itoa(StepLife) + `))
	or own.author_id = $2 and ` + notAsked + ` and exists (select from signals g where g.interaction_id = own.id and g.holds and g.signal = 'postponed')))`

// leftUntil is the beginning of the latest day, over now, until which they were left
// alone; null: there is none.
var leftUntil = `(select (max(t.due)::timestamp - $10::int * interval '1 second') at time zone 'UTC' from interactions own
	join steps t on t.interaction_id = own.id and ` + agreed + ` and t.due < $3::date where ` + lastWord + `)`
