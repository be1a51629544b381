-- +goose Up

-- The signals that a model named at its second look, whether or not they were
-- followed; null where that is not known. The version before writes none.
alter table second_looks add column said text[];

-- +goose Down
-- There is no way down: what was used is never dropped.
select 1;
