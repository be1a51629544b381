-- +goose Up

-- What a model is asked and what it costs, what came of its second look at a
-- note, and a team's own built-in reading. Expand only.

-- tokens, and money in millionths of a dollar, of a day in UTC
create table model_spending (
    team_id text not null,
    day     date not null,
    calls   bigint not null default 0,
    tokens  bigint not null default 0,
    money   bigint not null default 0,
    primary key (team_id, day)
);

-- right answers, by prompt version, model and input; they quote masked notes,
-- so they go with the contact
create table model_answers (
    team_id    text not null,
    key        text not null,
    contact_id bigint references contacts (id) on delete cascade,
    answer     text not null,
    at         timestamptz not null default now(),
    primary key (team_id, key)
);
create index model_answers_at on model_answers (at);
create index model_answers_contact on model_answers (contact_id) where contact_id is not null;

-- a model's second look at a note
create table second_looks (
    interaction_id bigint primary key references interactions (id) on delete cascade,
    team_id        text not null,
    contact_id     bigint not null,
    -- of prompt and model
    version        text not null,
    -- same: it read what stood; changed: other signals, the same places; moved:
    -- other places, to be told; told: and its author was told; stood: a person
    -- had decided before; failed: it could not be read; withdrawn: taken back,
    -- because the model went wrong too often
    outcome        text not null check (outcome in ('same', 'changed', 'moved', 'told', 'stood', 'failed', 'withdrawn')),
    -- the places before, where they moved: journey, stage, status
    before         jsonb not null default '[]',
    at             timestamptz not null default now()
);
create index second_looks_team on second_looks (team_id, at);

-- weights that a team's corrections helped to train
create table team_readings (
    team_id  text primary key,
    weights  bytea not null,
    -- names the weights: a reader that has them need not load them again
    version  text not null,
    cases    int not null,
    made_at  timestamptz not null default now()
);

-- +goose Down
-- There is no way down: rows that reps were shown as recorded are never dropped.
select 1;
