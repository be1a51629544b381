package store

// unsettled holds for a step t of a contact as long as no note about them was written
// down after the one that names it, whoever wrote it: what is due is told of no more
// once there was any contact. A day that is still to come, $3 being today, stays.
const unsettled = `(t.due > $3::date or not exists (select from interactions own join interactions i on i.contact_id = own.contact_id and i.undone_at is null
	and (i.logged_at, i.id) > (own.logged_at, own.id) where own.id = t.interaction_id))` // numbers alone grow when how and when are put right
