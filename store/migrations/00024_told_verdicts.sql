-- +goose Up

-- What the figures said of a version when it went live: worse, same or better than what
-- it took the place of, or unjudged; null where nobody kept it, and of all other moves.
-- The version before writes none and reads none.
alter table prompt_moves add column verdict text;

-- +goose Down
-- There is no way down: what was told is never dropped.
select 1;
