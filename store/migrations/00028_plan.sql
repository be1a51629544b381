-- +goose Up

-- Whether a note only names a talk to come: nothing in it took place, so it is nobody's answer
-- and nobody's act. False too where the version before wrote it.
alter table interactions add column plan boolean not null default false;

-- +goose Down
-- There is no way down: what was promised is never dropped.
select 1;
