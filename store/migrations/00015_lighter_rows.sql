-- +goose NO TRANSACTION
-- +goose Up

-- What a recorded line pays for and no query needs. A statement a transaction:
-- each takes its table to itself for a moment, and none holds one while it waits
-- for the next. Whatever is gone already stays gone, so it may be run again.

-- A note's company is its contact's, and no company goes without its contacts.
-- The check locked the company's row, so that lines about one company met there.
alter table interactions drop constraint if exists interactions_company_id_fkey;
-- Moves go with their notes, and those with the contact.
alter table moves drop constraint if exists moves_contact_id_fkey;

-- No query looks for moves or places by team. Without an index on where they
-- stand, places are changed where they lie.
drop index if exists moves_team;
drop index if exists places_stage;
-- signals_contact finds these few rows as well.
drop index if exists signals_leave;
-- Old deliveries are found by number. New rows take the room of removed ones, so
-- that by blocks of time the whole table was read.
drop index if exists inbox_received;

-- +goose Down
-- There is no way down: the version before runs without these too.
select 1;
