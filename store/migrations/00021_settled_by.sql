-- +goose Up

-- The later note that told that a step was done, which is open again once that note
-- is taken back; null where it is open, or a person said so. The version before
-- writes none.
alter table steps add column settled_by bigint;

-- +goose Down
-- There is no way down: what was used is never dropped.
select 1;
