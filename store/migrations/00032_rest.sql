-- +goose Up

-- Why a note keeps its contact off the lists of those who wait or may be asked, until a later
-- one of theirs: let_be, they are to be left alone and no day is named, or gone, they are there
-- no more. Null: it does not, or the version before wrote it.
alter table interactions add column rest text;

-- +goose Down
-- There is no way down: what was promised is never dropped.
select 1;
