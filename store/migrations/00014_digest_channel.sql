-- +goose Up

-- A channel stands beside what was worded for one: a digest. Expand only.
alter table prompt_uses add column channel text not null default '';

-- +goose Down
-- There is no way down: what was used is never dropped.
select 1;
