-- +goose Up

-- The note that named a contact as the one who comes after another in their house;
-- null for all others. It goes with that note. The version before writes none.
alter table contacts add column named_by bigint;

-- +goose Down
-- There is no way down: what was used is never dropped.
select 1;
