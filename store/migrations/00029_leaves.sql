-- +goose Up

-- Of a step of ours, whether the note says to leave them be until its day; null where the
-- version before wrote it.
alter table steps add column leaves boolean;

-- +goose Down
-- There is no way down: what was promised is never dropped.
select 1;
