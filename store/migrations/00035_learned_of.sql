-- +goose Up

-- By whose answers to a question a contact is known by another name, and in which note each
-- gave it: aliases has room for one, and the version before reads that one alone.
create table learned_names (
    team_id        text not null,
    alias_key      text collate "C" not null,
    contact_id     bigint not null references contacts (id) on delete cascade,
    person_id      text not null,
    interaction_id bigint not null,
    primary key (team_id, alias_key, contact_id, person_id)
);
create index learned_names_contact on learned_names (contact_id);

-- +goose Down
-- There is no way down: what was used is never dropped.
select 1;
