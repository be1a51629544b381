-- +goose Up

-- Of a move that waits for a second person: the kind of move that was asked for, publish,
-- split, stop or rollback; null of all others, and where the version before wrote it.
alter table prompt_moves add column asked text;

-- +goose Down
-- There is no way down: what was asked for is never dropped.
select 1;
