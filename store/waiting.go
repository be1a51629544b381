package store

import "strconv"

// Who waits for us is told by two statements, side by side: the lists, Home and the morning
// message ask by waiting, for whoever looks and since the oldest note of theirs; the digest
// looks back and asks after many people at once by [stillWaiting], of each author the latest.
// Both leave out whom isLeft lets be, and who is not active on the first journey.

// waitsFor is how many days somebody waits for what they asked: who asked longer ago, as
// a note of long ago tells that was brought in later, counts on nothing any more.
const waitsFor = 365

// waitsSince is the oldest leave or question, in a note of whoever looks and within
// [waitsFor], that nothing of ours has followed; null: there is none.
func (by sight) waitsSince() string {
	return `(select min(i.at) from interactions i join signals g on g.interaction_id = i.id and g.holds and g.signal in ` + leave + `
		where i.contact_id = p.contact_id and i.undone_at is null and i.author_id = ` + by.person + `
		and i.at >= ` + by.day + ` - ` + strconv.Itoa(waitsFor) + `
		and not exists (select from shares h where h.contact_id = i.contact_id and h.undone_at is null and h.at >= i.at)
		and not exists (select from interactions a where a.contact_id = i.contact_id and a.undone_at is null and not a.plan and a.at > i.at and a.direction in ('out', 'both')))`
}

// waitingWords are the words of the note of whoever looks that tells what they wait for since
// then; empty where none are kept.
func (by sight) waitingWords(since string) string {
	return `coalesce((select g.quote from interactions i join signals g on g.interaction_id = i.id and g.holds and g.signal in ` + leave + `
		where i.contact_id = p.contact_id and i.undone_at is null and i.author_id = ` + by.person + ` and i.at = ` + since + ` and g.quote <> ''
		order by g.signal = 'asked_for_more' desc, i.id, g.signal limit 1), '')`
}

// waiting is a row for a contact at place p who waits, and none for any other: since
// when, and until the day, over now and later than that, until which they were to be
// left; null: none. The offset keeps since from being looked up for each use of it.
func (by sight) waiting() string {
	return `(select a.since, nullif(greatest(a.since, ` + by.leftUntil() + `), a.since) as until from (select ` + by.waitsSince() + ` as since offset 0) a
		where not p.do_not_contact and p.status = 'active' and a.since is not null and not ` + by.unlisted() + ` and not ` + by.isLeft() + `)`
}

// followed finds the leaves and questions of the look back that five working days have
// passed since, and what of ours followed first; its arguments are parameters.
func followed(team, reps, since, to string) string {
	return `with heard as materialized (select i.id, i.contact_id, i.author_id, i.at from interactions i
		where i.team_id = ` + team + ` and i.logged_at >= ` + since + ` and i.at >= ` + since + ` and i.at < ` + to + `::timestamptz - interval '7 days'
		and i.undone_at is null and i.author_id = any(` + reps + `)
		and exists (select from signals g where g.interaction_id = i.id and g.holds and g.signal in ` + leave + `)),
	answered as (select h.*, least(
		(select min(s.at) from shares s where s.contact_id = h.contact_id and s.undone_at is null and s.at >= h.at),
		(select a.at from interactions a where a.contact_id = h.contact_id and a.undone_at is null and not a.plan and a.at > h.at
			and a.direction in ('out', 'both') order by a.at, a.id limit 1)) as answer from heard h) `
}

// stillWaiting goes on from [followed] with whose contact waited at its end, x: of each
// author the latest that nothing followed, and where the contact stands on the journey.
// Whether somebody is to be left until a day is told as of now, by the day and the zone of
// the end.
func stillWaiting(journey, to, day, zone string) string {
	by := sight{person: "a.author_id", day: day, zone: zone}
	return `(select a.id, a.contact_id, a.author_id, a.at, here.stage from (select distinct on (contact_id, author_id) * from answered
			where answer is null or answer >= ` + to + ` order by contact_id, author_id, at desc, id desc) a
		join places here on here.contact_id = a.contact_id and here.journey = ` + journey + `
		join places p on p.contact_id = a.contact_id and p.journey = 'aipee' and p.status = 'active' and not p.do_not_contact
		where not ` + by.unlisted() + ` and not ` + by.isLeft() + `) x`
}
