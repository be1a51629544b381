-- +goose Up

-- Of a step of ours, whether it promises to give something; null where the version before
-- wrote it.
alter table steps add column gives boolean;

-- +goose Down
-- There is no way down: what was promised is never dropped.
select 1;
