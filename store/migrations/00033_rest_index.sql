-- +goose NO TRANSACTION
-- +goose Up

-- Every list asks of each contact whether a note keeps them off it; few do. Lines come in
-- meanwhile: the index is built beside them, and one that was left half built is built anew.

-- +goose StatementBegin
do $$ begin
    if exists (select from pg_index where indexrelid = to_regclass('interactions_rest') and not indisvalid) then
        drop index interactions_rest;
    end if;
end $$;
-- +goose StatementEnd
-- building waits for the transactions before it, and holds up nobody
set lock_timeout = 0;
create index concurrently if not exists interactions_rest on interactions (contact_id) where rest is not null;
set lock_timeout = '500ms';

-- +goose Down
-- There is no way down: the version before runs with this index too.
select 1;
