-- +goose Up

-- The texts of files of CAIRN_PROMPTS_DIR, so that the last good one of a file that
-- is broken by now comes back after a restart. The version before keeps and reads none.
create table prompt_file_texts (
    team_id text not null,
    file    text not null,
    -- SHA-256 of the text, in hexadecimal
    hash    text not null,
    text    text not null,
    primary key (team_id, file, hash)
);

-- What is wrong with the file as it lies there; hash is then of its last good text,
-- and empty where none is known. The version before writes none and reads none.
alter table prompt_files add column wrong text not null default '';

-- +goose Down
-- There is no way down: wording that people wrote is never dropped.
select 1;
