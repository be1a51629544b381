-- +goose NO TRANSACTION
-- +goose Up

-- What a recorded line costs is for the most part its indexes. Those by time
-- are read by weekly jobs only and their tables grow in the order of time: a
-- block range index serves them at next to no cost a row.
--
-- Lines come in meanwhile: an index is built beside them, and whatever needs a
-- table to itself is a statement of its own, so that none is held while another
-- is waited for. An index that was left half built is built anew.

-- +goose StatementBegin
do $$ begin
    if exists (select from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
        where c.oid = to_regclass('interactions_logged') and (m.amname <> 'brin' or not i.indisvalid)) then
        drop index interactions_logged;
    end if;
end $$;
-- +goose StatementEnd
-- +goose StatementBegin
do $$ begin
    if exists (select from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
        where c.oid = to_regclass('suggestions_at') and (m.amname <> 'brin' or not i.indisvalid)) then
        drop index suggestions_at;
    end if;
end $$;
-- +goose StatementEnd
-- building waits for the transactions before it, and holds up nobody
set lock_timeout = 0;
create index concurrently if not exists interactions_logged on interactions using brin (logged_at);
create index concurrently if not exists suggestions_at on suggestions using brin (at);
set lock_timeout = '500ms';
drop index if exists suggestions_team;
-- an index by blocks of time stood here for a while; see 00015
drop index if exists inbox_received;

-- interactions_person serves whoever looks for a person's notes.
drop index if exists interactions_author;

-- A suggestion with its candidates is about 2.5 kB: just large enough to be
-- compressed each time, and read back seldom.
alter table suggestions set (toast_tuple_target = 4080);

-- +goose Down
-- There is no way down: the version before runs without these indexes too.
select 1;
