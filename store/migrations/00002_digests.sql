-- +goose Up

-- which channel gets a digest, and when; next_at is worked out from the rest
create table schedules (
    team_id    text not null references teams (id) on delete cascade,
    channel    text not null,
    -- 0 is Sunday; minutes of the day, by the clock on the zone's walls
    day        smallint not null check (day between 0 and 6),
    minute     smallint not null check (minute between 0 and 1439),
    zone       text not null,
    -- the language of dates
    dates      text not null default 'en',
    -- whose work it is about; empty: the channel's members, as Slack last told
    reps       text[] not null default '{}',
    members    text[] not null default '{}',
    members_at timestamptz not null default 'epoch',
    by_id      text not null,
    next_at    timestamptz not null,
    created_at timestamptz not null default now(),
    primary key (team_id, channel)
);
create index schedules_next on schedules (team_id, next_at);

-- a row a week and channel, whoever inserts it first: the ledger that keeps a
-- digest from being posted twice, and the figures as they were said
create table digests (
    team_id  text not null references teams (id) on delete cascade,
    channel  text not null,
    kind     text not null default 'weekly',
    iso_year int not null,
    iso_week int not null,
    outcome  text not null check (outcome in ('posted', 'skipped')),
    due_at   timestamptz not null,
    made_at  timestamptz not null,
    late     boolean not null default false,
    -- who posted it by hand; empty: its hour
    by_id    text not null default '',
    figures  jsonb not null default '{}',
    -- pictures follow in the thread: to come, queued, or given up
    pictures text not null default 'none' check (pictures in ('none', 'pending', 'queued', 'failed')),
    tries    int not null default 0,
    primary key (team_id, channel, kind, iso_year, iso_week)
);
create index digests_pictures on digests (team_id) where pictures = 'pending';

-- what somebody wrote, was shown and gave, by when: a digest is about some of
-- the team, and must not read what all the others did
create index interactions_person on interactions (team_id, author_id, logged_at);
create index suggestions_person on suggestions (team_id, person_id, at);
create index shares_person on shares (team_id, person_id, at);

-- who lets us write, or asks: they wait until something is given back
create index signals_leave on signals (contact_id, interaction_id)
    where holds and signal in ('connected', 'subscribed', 'gave_contact', 'asked_for_more');

-- +goose Down
-- There is no way down: what was posted is never posted again.
select 1;
