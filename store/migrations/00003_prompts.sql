-- +goose Up

-- What content teams edit: *.prompt, journeys/*.yaml, cues/*.yaml, named as in
-- the prompts folder. The files themselves are version 0 and have no row here.
create table prompt_versions (
    id         bigint generated always as identity primary key,
    team_id    text not null,
    file       text not null,
    number     int not null check (number > 0),
    -- SHA-256 of text, in hexadecimal
    hash       text not null,
    text       text not null,
    author_id  text not null,
    reason     text not null default '',
    -- the number of the version that was edited
    parent     int not null default 0,
    created_at timestamptz not null default now(),
    unique (team_id, file, number)
);

-- which version is what: publish, rollback and undo only move numbers here
create table prompt_labels (
    team_id  text not null,
    file     text not null,
    -- 0: the file
    live     int not null default 0,
    -- 0: there is none
    draft    int not null default 0,
    -- a second live version, for share percent of the contacts; 0: none
    other    int not null default 0,
    share    int not null default 0 check (share between 0 and 99),
    moved_at timestamptz not null default now(),
    moved_by text not null default '',
    primary key (team_id, file)
);

-- every move, for good
create table prompt_moves (
    id          bigint generated always as identity primary key,
    team_id     text not null,
    file        text not null,
    kind        text not null check (kind in ('edit', 'drop', 'publish', 'rollback', 'split', 'stop', 'refused')),
    label       text not null check (label in ('live', 'draft', 'other')),
    from_number int not null,
    to_number   int not null,
    share       int not null default 0,
    person_id   text not null,
    reason      text not null default '',
    at          timestamptz not null default now()
);
create index prompt_moves_file on prompt_moves (team_id, file, id desc);

-- the draft, live for one person's own replies until then
create table prompt_trials (
    team_id   text not null,
    file      text not null,
    person_id text not null,
    number    int not null,
    until     timestamptz not null,
    primary key (team_id, file, person_id)
);

-- what was used where a row of its own does not say so
create table prompt_uses (
    id         bigint generated always as identity primary key,
    team_id    text not null,
    -- suggest-reason@3, or suggest-reason@0-1a2b3c4d for the file of that hash
    version    text not null,
    engine     text not null,
    model      text not null default '',
    -- what it made: draft, reminder, digest, questions
    made       text not null,
    contact_id bigint references contacts (id) on delete cascade,
    person_id  text not null default '',
    at         timestamptz not null default now()
);
create index prompt_uses_team on prompt_uses (team_id, at);
create index prompt_uses_contact on prompt_uses (contact_id) where contact_id is not null;

-- the wording of a suggestion's reasons
alter table suggestions add column wording text not null default '';

-- +goose StatementBegin
create function never_changed() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are never changed', tg_table_name;
end $$;
-- +goose StatementEnd
create trigger prompt_versions_kept before update on prompt_versions for each row execute function never_changed();
create trigger prompt_moves_kept before update on prompt_moves for each row execute function never_changed();

-- +goose Down
-- There is no way down: wording that people wrote is never dropped.
select 1;
