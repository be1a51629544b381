-- +goose Up

-- The note by which alone a contact's title is known; null where more than one said it, or
-- none did. The title goes with that note. The version before writes none.
alter table contacts add column titled_by bigint;

-- +goose Down
-- There is no way down: what was used is never dropped.
select 1;
