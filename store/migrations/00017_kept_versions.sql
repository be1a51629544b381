-- +goose Up

-- What is kept of the workshop for good is not deleted either. Expand only: nothing
-- in this version or the one before deletes there, but for [Store.EraseTeam], which
-- takes a whole team away in one transaction. So it is looked at as that ends.
-- +goose StatementBegin
create function never_deleted() returns trigger language plpgsql as $$
begin
    if tg_op = 'TRUNCATE'
        or exists (select from teams where id = old.team_id)
        or exists (select from prompt_labels where team_id = old.team_id) then
        raise exception 'rows of % are never deleted', tg_table_name;
    end if;
    return null;
end $$;
-- +goose StatementEnd
create constraint trigger prompt_versions_stay after delete on prompt_versions deferrable initially deferred for each row execute function never_deleted();
create constraint trigger prompt_moves_stay after delete on prompt_moves deferrable initially deferred for each row execute function never_deleted();
create trigger prompt_versions_whole before truncate on prompt_versions for each statement execute function never_deleted();
create trigger prompt_moves_whole before truncate on prompt_moves for each statement execute function never_deleted();

-- Files of CAIRN_PROMPTS_DIR as they came, were changed and went: moves that nobody
-- made in Slack. The version before keeps none and reads none.
create table prompt_files (
    id         bigint generated always as identity primary key,
    team_id    text not null,
    file       text not null,
    -- SHA-256 of the text, in hexadecimal; empty: the file is gone
    hash       text not null,
    -- the published version that stood in front of it; 0: the file is what is live
    behind     int not null default 0,
    written_at timestamptz,
    at         timestamptz not null
);
create index prompt_files_file on prompt_files (team_id, file, id desc);
create trigger prompt_files_kept before update on prompt_files for each row execute function never_changed();
create constraint trigger prompt_files_stay after delete on prompt_files deferrable initially deferred for each row execute function never_deleted();
create trigger prompt_files_whole before truncate on prompt_files for each statement execute function never_deleted();

-- +goose Down
-- There is no way down: wording that people wrote is never dropped.
select 1;
