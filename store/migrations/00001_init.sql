-- +goose Up

-- The words of the house, in the plural. Every row belongs to a Slack team
-- (team_id, Slack's own id); ids of people are Slack's own too. Times are
-- timestamptz; a day without a time of day is kept as noon in the writer's zone.
-- Rows written by every /log do not reference teams: the check would lock one
-- and the same row for all of a team's commands.

create extension if not exists pg_trgm;

create table teams (
    id              text primary key,
    name            text not null default '',
    journey         text not null default 'aipee',
    -- counts up with every change of the library, so that caches notice
    content_version bigint not null default 1,
    settings        jsonb not null default '{}',
    created_at      timestamptz not null default now()
);

create table people (
    team_id    text not null references teams (id) on delete cascade,
    id         text not null,
    name       text not null default '',
    time_zone  text not null default 'UTC',
    roles      text[] not null default '{}'
               check (roles <@ array ['manager', 'editor', 'admin']),
    settings   jsonb not null default '{}',
    away_until date,
    seen_at    timestamptz not null default now(),
    created_at timestamptz not null default now(),
    primary key (team_id, id)
);

create table companies (
    id         bigint generated always as identity primary key,
    team_id    text not null,
    name       text not null,
    name_key   text collate "C" not null,
    industry   text not null default '',
    created_at timestamptz not null default now(),
    unique (team_id, name_key)
);

create table contacts (
    id          bigint generated always as identity primary key,
    team_id     text not null,
    company_id  bigint references companies (id),
    name        text not null,
    name_key    text collate "C" not null,
    email       text,
    title       text not null default '',
    language    text not null default '',
    -- what earlier notes tell the reading of the next one
    reading     jsonb not null default '{}',
    notes       int not null default 0,
    first_at    timestamptz,
    last_at     timestamptz,
    last_id     bigint,
    -- came by a referral of this contact
    referred_by bigint references contacts (id) on delete set null,
    removed_at  timestamptz,
    created_at  timestamptz not null default now(),
    created_by  text not null
) with (fillfactor = 80);
-- one contact a name and company, whoever types it first
create unique index contacts_name on contacts (team_id, name_key, coalesce(company_id, 0)) where removed_at is null;
create unique index contacts_email on contacts (team_id, email) where removed_at is null and email is not null;
create index contacts_company on contacts (company_id);
create index contacts_referred on contacts (referred_by) where referred_by is not null;
create index contacts_name_trgm on contacts using gin (name_key gin_trgm_ops);

create table aliases (
    team_id    text not null,
    contact_id bigint not null references contacts (id) on delete cascade,
    alias_key  text collate "C" not null,
    alias      text not null,
    primary key (team_id, alias_key, contact_id)
);
create index aliases_contact on aliases (contact_id);

-- who looks after a contact: everybody who has written a note about them
create table owners (
    team_id    text not null,
    contact_id bigint not null references contacts (id) on delete cascade,
    person_id  text not null,
    since      timestamptz not null default now(),
    last_at    timestamptz not null default now(),
    primary key (contact_id, person_id)
) with (fillfactor = 80);
create index owners_person on owners (team_id, person_id, contact_id);

create table inbox (
    id             bigint generated always as identity primary key,
    team_id        text not null,
    person_id      text not null default '',
    envelope_id    text not null,
    kind           text not null,
    -- trigger_id of commands and interactions, event_id of events
    key            text not null,
    payload        bytea not null,
    received_at    timestamptz not null default now(),
    -- the number that this line has or will have once its contact is chosen
    interaction_id bigint,
    contact_id     bigint,
    outcome        text not null default ''
);
create unique index inbox_envelope on inbox (team_id, envelope_id);
create unique index inbox_key on inbox (team_id, kind, key);
create index inbox_received on inbox (received_at);
create index inbox_contact on inbox (contact_id) where contact_id is not null;
create index inbox_interaction on inbox (interaction_id) where interaction_id is not null;

create sequence interaction_numbers;

-- word for word and immutable; a correction is a row that names the one it corrects
create table interactions (
    id           bigint primary key default nextval('interaction_numbers'),
    team_id      text not null,
    contact_id   bigint not null references contacts (id) on delete cascade,
    company_id   bigint references companies (id),
    author_id    text not null,
    at           timestamptz not null,
    logged_at    timestamptz not null default now(),
    channel      text not null check (channel in ('social', 'event', 'email', 'phone', 'web', 'meeting', 'chat', 'post', 'other')),
    direction    text not null check (direction in ('in', 'out', 'both')),
    note         text not null,
    source       text not null default 'command',
    corrects     bigint references interactions (id) on delete cascade,
    undone_at    timestamptz
);
alter sequence interaction_numbers owned by interactions.id;
create index interactions_contact on interactions (contact_id, at desc, id desc);
create index interactions_author on interactions (team_id, author_id, id desc);
create index interactions_logged on interactions (team_id, logged_at);
create index interactions_corrects on interactions (corrects) where corrects is not null;

create table signals (
    interaction_id bigint not null references interactions (id) on delete cascade,
    team_id        text not null,
    contact_id     bigint not null,
    signal         text not null,
    quote          text not null default '',
    quote_start    int not null default 0,
    -- built-in, model or person; a person's word stands above both readings
    origin         text not null check (origin in ('built-in', 'model', 'person')),
    version        text not null default '',
    confidence     real not null default 1,
    -- false once another reading of the same note stands in its place
    holds          boolean not null default true,
    created_at     timestamptz not null default now(),
    primary key (interaction_id, origin, signal)
);
create index signals_contact on signals (contact_id, interaction_id) where holds;

-- where a contact stands on each journey; state is the fold's own, to go on from
create table places (
    contact_id     bigint not null references contacts (id) on delete cascade,
    team_id        text not null,
    journey        text not null,
    model          text not null,
    stage          text not null,
    status         text not null,
    do_not_contact boolean not null default false,
    cycle          text not null default '',
    state          jsonb not null,
    since          timestamptz not null,
    interaction_id bigint,
    primary key (contact_id, journey)
) with (fillfactor = 70);
create index places_stage on places (team_id, journey, stage, status);

create table moves (
    id             bigint generated always as identity primary key,
    team_id        text not null,
    contact_id     bigint not null references contacts (id) on delete cascade,
    interaction_id bigint not null references interactions (id) on delete cascade,
    journey        text not null,
    kind           text not null,
    from_stage     text not null,
    to_stage       text not null,
    -- of the cycle that opened or closed, or the kind of exchange
    name           text not null default '',
    signals        text[] not null default '{}',
    at             timestamptz not null,
    created_at     timestamptz not null default now(),
    -- set when an undo or a correction has folded the history anew
    replaced_at    timestamptz
);
create index moves_contact on moves (contact_id, journey, at desc) where replaced_at is null;
create index moves_team on moves (team_id, journey, created_at) where replaced_at is null;
create index moves_interaction on moves (interaction_id);

create table content (
    id            bigint generated always as identity primary key,
    team_id       text not null references teams (id) on delete cascade,
    title         text not null,
    url           text not null,
    canonical_url text not null,
    kind          text not null default '',
    stages        text[] not null default '{}',
    roles         text[] not null default '{}',
    industries    text[] not null default '{}',
    topics        text[] not null default '{}',
    language      text not null default '',
    education     text not null default 'results' check (education in ('results', 'tool')),
    gives         text not null default '',
    owner         text not null default '',
    review_by     date,
    expires       date,
    pass_on       boolean not null default true,
    retired_at    timestamptz,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (team_id, canonical_url)
);

create table suggestions (
    id             bigint generated always as identity primary key,
    team_id        text not null,
    contact_id     bigint not null references contacts (id) on delete cascade,
    interaction_id bigint references interactions (id) on delete cascade,
    person_id      text not null,
    stage          text not null,
    -- why nothing is suggested, when nothing is
    silent         text not null default '',
    -- up to three, in the order in which they are shown: content, reason, features
    picks          jsonb not null default '[]',
    -- the whole candidate set with scores and propensities
    candidates     jsonb not null default '[]',
    seed           bigint not null,
    -- which pick is on the screen, counted from 0
    shown          int not null default 0,
    channel        text not null default '',
    engine         text not null default 'built-in',
    version        text not null default '',
    model          text not null default '',
    at             timestamptz not null default now()
);
create index suggestions_contact on suggestions (contact_id, id desc);
create index suggestions_interaction on suggestions (interaction_id);
create index suggestions_team on suggestions (team_id, at);

-- what was said about a pick: another, sent, or not useful with one of four reasons
create table verdicts (
    id            bigint generated always as identity primary key,
    team_id       text not null,
    suggestion_id bigint not null references suggestions (id) on delete cascade,
    content_id    bigint not null references content (id) on delete cascade,
    person_id     text not null,
    verdict       text not null check (verdict in ('another', 'not_useful', 'sent', 'drafted')),
    reason        text not null default '',
    at            timestamptz not null default now(),
    unique (suggestion_id, content_id, verdict)
);
create index verdicts_team on verdicts (team_id, at);
create index verdicts_content on verdicts (content_id);

create table shares (
    id             bigint generated always as identity primary key,
    team_id        text not null,
    contact_id     bigint not null references contacts (id) on delete cascade,
    content_id     bigint references content (id) on delete set null,
    title          text not null,
    canonical_url  text not null default '',
    person_id      text not null,
    stage          text not null default '',
    via            text not null,
    suggestion_id  bigint references suggestions (id) on delete set null,
    interaction_id bigint references interactions (id) on delete set null,
    at             timestamptz not null default now(),
    undone_at      timestamptz
);
create unique index shares_once on shares (contact_id, content_id) where undone_at is null and content_id is not null;
create index shares_contact on shares (contact_id, at desc);
create index shares_team on shares (team_id, at);
create index shares_interaction on shares (interaction_id) where interaction_id is not null;
create index shares_content on shares (content_id) where content_id is not null;
create index shares_suggestion on shares (suggestion_id) where suggestion_id is not null;

create table asks (
    id             bigint generated always as identity primary key,
    team_id        text not null,
    contact_id     bigint not null references contacts (id) on delete cascade,
    kind           text not null,
    person_id      text not null,
    interaction_id bigint references interactions (id) on delete set null,
    at             timestamptz not null default now(),
    undone_at      timestamptz
);
create index asks_contact on asks (contact_id, at desc);
create index asks_team on asks (team_id, at);
create index asks_interaction on asks (interaction_id) where interaction_id is not null;

create table exchanges (
    id             bigint generated always as identity primary key,
    team_id        text not null,
    contact_id     bigint not null references contacts (id) on delete cascade,
    kind           text not null check (kind in ('revenue', 'referral', 'recommendation')),
    detail         text not null default '',
    person_id      text not null,
    interaction_id bigint references interactions (id) on delete cascade,
    new_contact_id bigint references contacts (id) on delete set null,
    at             timestamptz not null default now(),
    undone_at      timestamptz
);
create index exchanges_contact on exchanges (contact_id, at desc);
create index exchanges_team on exchanges (team_id, at);
create index exchanges_interaction on exchanges (interaction_id) where interaction_id is not null;
create index exchanges_new_contact on exchanges (new_contact_id) where new_contact_id is not null;

-- what comes next, and whose step it is
create table steps (
    id             bigint generated always as identity primary key,
    team_id        text not null,
    contact_id     bigint not null references contacts (id) on delete cascade,
    interaction_id bigint references interactions (id) on delete cascade,
    person_id      text not null,
    whose          text not null check (whose in ('them', 'us')),
    what           text not null,
    due            date,
    done_at        timestamptz,
    created_at     timestamptz not null default now()
);
create index steps_contact on steps (contact_id);
create index steps_interaction on steps (interaction_id);
create index steps_due on steps (team_id, due) where done_at is null;

-- everything that is posted, a row a post: written before it is tried
create table outbox (
    id          bigint generated always as identity primary key,
    team_id     text not null,
    -- message, dm, update, response, ephemeral
    kind        text not null,
    -- a channel, or the person that a dm or a response goes to
    channel     text not null default '',
    -- postings of one lane leave one after another; the channel unless said
    lane        text not null,
    -- the same key is never posted twice
    key         text not null,
    -- json, not jsonb: what people typed may hold \u0000. Emptied once sent
    payload     json not null,
    -- who is told when it cannot be delivered
    owner_id    text not null default '',
    state       text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'unknown', 'failed', 'parked')),
    -- counts up with every claim, so that a late writer is known
    attempt     int not null default 0,
    -- -infinity: at once; infinity: an unknown outcome that nobody looks up any more
    not_before  timestamptz not null default '-infinity',
    lease_until timestamptz,
    -- put back with Slack's Retry-After: its method rests for the whole team
    limited     boolean not null default false,
    ts          text not null default '',
    error       text not null default '',
    contact_id  bigint,
    created_at  timestamptz not null default now(),
    tried_at    timestamptz,
    sent_at     timestamptz,
    unique (team_id, key)
) with (fillfactor = 80);
create index outbox_due on outbox (team_id, id) where state in ('pending', 'sending', 'unknown');
-- one in flight a lane, over all replicas
create unique index outbox_flight on outbox (team_id, lane) where state = 'sending';
create index outbox_lane on outbox (team_id, lane, id) where state in ('pending', 'sending', 'unknown');
create index outbox_limited on outbox (team_id) where limited;
create index outbox_tried on outbox (team_id, not_before) where attempt > 0 and state in ('pending', 'unknown');
create index outbox_sent on outbox (team_id, sent_at) where state = 'sent';
create index outbox_created on outbox (created_at);
create index outbox_unsent on outbox (team_id, state, channel) where state <> 'sent';
create index outbox_contact on outbox (contact_id) where contact_id is not null;

create table audit (
    id        bigint generated always as identity primary key,
    team_id   text not null,
    person_id text not null,
    action    text not null,
    subject   text not null,
    detail    jsonb not null default '{}',
    at        timestamptz not null default now()
);
create index audit_subject on audit (team_id, subject, id desc);

-- +goose Down
-- There is no way down: rows that reps were shown as recorded are never dropped.
select 1;
