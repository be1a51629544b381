-- +goose Up

-- An exam of the prompt workshop begins with the team's latest corrections.
create index audit_corrections on audit (team_id, id desc) where action = 'correct';

-- +goose Down
-- There is no way down: rows that reps were shown as recorded are never dropped.
select 1;
