-- +goose Up

-- The note by whose answer to a question a contact is known by this name; null where nobody
-- was asked. The name goes with that note. The version before writes none.
alter table aliases add column learned_by bigint;

-- +goose Down
-- There is no way down: what was used is never dropped.
select 1;
