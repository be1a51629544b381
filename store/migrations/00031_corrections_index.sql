-- +goose NO TRANSACTION
-- +goose Up

-- What a person recorded last is looked for with each undo, a correction among it: by their
-- own of those that kept what they put right, however many the team has made. Lines come in
-- meanwhile: the index is built beside them, and one that was left half built is built anew.

-- +goose StatementBegin
do $$ begin
    if exists (select from pg_index where indexrelid = to_regclass('audit_taken_back') and not indisvalid) then
        drop index audit_taken_back;
    end if;
end $$;
-- +goose StatementEnd
-- building waits for the transactions before it, and holds up nobody
set lock_timeout = 0;
create index concurrently if not exists audit_taken_back on audit (team_id, person_id, id desc)
    where action in ('correct', 'restate') and detail ? 'plan';
set lock_timeout = '500ms';

-- +goose Down
-- There is no way down: the version before runs with this index too.
select 1;
