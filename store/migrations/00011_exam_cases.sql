-- +goose Up

-- What an exam was sat on: the labelled set that travels with a binary, and the
-- notes that a team had put right. An outcome on other cases says nothing of
-- these. The version before writes none and is asked for none. Expand only.
alter table prompt_exams add column cases text not null default '';

-- +goose Down
-- There is no way down: figures that were shown are kept.
select 1;
