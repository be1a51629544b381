-- +goose NO TRANSACTION
-- +goose Up

-- Whom a note named is looked up with each of its receipts that names somebody, and
-- when it is taken back. Lines come in meanwhile: the index is built beside them, and
-- one that was left half built is built anew.

-- +goose StatementBegin
do $$ begin
    if exists (select from pg_index where indexrelid = to_regclass('contacts_named') and not indisvalid) then
        drop index contacts_named;
    end if;
end $$;
-- +goose StatementEnd
-- building waits for the transactions before it, and holds up nobody
set lock_timeout = 0;
create index concurrently if not exists contacts_named on contacts (named_by) where named_by is not null;
set lock_timeout = '500ms';

-- +goose Down
-- There is no way down: the version before runs with this index too.
select 1;
