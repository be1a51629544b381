-- +goose Up

-- interactions_person (team_id, author_id, logged_at) serves what this one did:
-- each recorded line writes one index less.
drop index if exists interactions_author;

-- +goose Down
-- There is no way down: rows that reps were shown as recorded are never dropped.
select 1;
