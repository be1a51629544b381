-- +goose Up

-- The words of the note that a step was read from, where what says more than they do ("come
-- back: leave her be until May"); null elsewhere, and where the version before wrote it.
alter table steps add column words text;

-- +goose Down
-- There is no way down: what was promised is never dropped.
select 1;
