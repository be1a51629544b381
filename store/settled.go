package store

import (
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// unsettled holds for a step t of a contact as long as no note of a talk with them, whoever
// wrote it, was written down after the one that names it and tells of the step's day or one
// after: what is due is told of no more once there was any contact. Until its day a step
// stays, and one without a day always: a note that tells that it was done has it done,
// see queueSettled. Which notes are of its day or after is the rule of [coach.Coach.Open]
// and told nowhere else. What we promised to give is settled by no try without an answer.
// zone is the parameter that tells how many seconds the person's day is ahead of UTC's.
func unsettled(zone string) string {
	return `(t.due is null or not exists (select from interactions own join interactions i on i.contact_id = own.contact_id and i.undone_at is null and not i.plan
	and (i.logged_at, i.id) > (own.logged_at, own.id) where own.id = t.interaction_id
	and i.at >= (` + toldOn + `::timestamp - ` + zone + `::int * interval '1 second') at time zone 'UTC'
	and not (t.whose = 'us' and t.gives is true and ` + showsTry("i") + ` and not ` + showsTheirs("i") + `)))` // numbers alone grow when how and when are put right
}

// alive holds for a step t that is spoken of still on a day, see [StepLife].
func alive(day string) string {
	return `(t.due is null or t.due > ` + day + ` - ` + strconv.Itoa(StepLife) + `)`
}

// toldOn is the day from which on any note settles a step t: its own, but Friday for what
// we promised for a weekend, which is told of then.
const toldOn = `(t.due - case when t.whose = 'us' then greatest(extract(isodow from t.due)::int - 5, 0) else 0 end)`

// aheadOfUTC is how many seconds the zone of a moment is ahead of UTC then.
func aheadOfUTC(at time.Time) int {
	_, seconds := at.Zone()
	return seconds
}

// queueSettled has steps done that a note tells of as done.
func queueSettled(batch *pgx.Batch, interaction int64, at time.Time, steps []int64) {
	if len(steps) > 0 {
		batch.Queue(`update steps set done_at = $2, settled_by = $1 where id = any($3) and done_at is null`, interaction, at, steps)
	}
}

func idsOf(steps []Step) (ids []int64) {
	for _, s := range steps {
		ids = append(ids, s.ID)
	}
	return ids
}

// queueReopened opens those again that a note had settled which is taken back, as long
// as the notes that name them stand.
func queueReopened(batch *pgx.Batch, contact, interaction int64) {
	batch.Queue(`update steps t set done_at = null, settled_by = null where t.contact_id = $1 and t.settled_by = $2
		and exists (select from interactions own where own.id = t.interaction_id and own.undone_at is null)`, contact, interaction)
}
