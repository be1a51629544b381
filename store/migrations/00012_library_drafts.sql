-- +goose Up

-- Drafts of a file whose live text comes from rows: the library. The state that a
-- draft was made from is a version too, and base names it; a state's own base is
-- its own number. 0: of all other files. The version before writes none and
-- reads none. Expand only.
alter table prompt_versions add column base int not null default 0;

-- What a move of a label did to items of the library; see prompt_moves.
create index audit_moves on audit (team_id, ((detail ->> 'move')::bigint)) where action = 'content' and detail ? 'move';

-- +goose Down
-- There is no way down: wording that people wrote is never dropped.
select 1;
