-- +goose Up

-- What came of giving, what was refused, what the library lacks, and who was
-- reminded of what. Expand only.

-- the latest "not useful" about an item for a contact: it is not offered again
create table refusals (
    contact_id bigint not null references contacts (id) on delete cascade,
    content_id bigint not null references content (id) on delete cascade,
    team_id    text not null,
    person_id  text not null,
    reason     text not null default '',
    at         timestamptz not null default now(),
    primary key (contact_id, content_id)
);
create index refusals_content on refusals (content_id);
insert into refusals (contact_id, content_id, team_id, person_id, reason, at)
    select distinct on (g.contact_id, v.content_id) g.contact_id, v.content_id, v.team_id, v.person_id, v.reason, v.at
    from verdicts v join suggestions g on g.id = v.suggestion_id where v.verdict = 'not_useful'
    order by g.contact_id, v.content_id, v.at desc;

-- a contact for whom the library had nothing (more) at a stage, with words of
-- theirs and no names
create table gaps (
    id         bigint generated always as identity primary key,
    team_id    text not null,
    contact_id bigint not null references contacts (id) on delete cascade,
    stage      text not null,
    role       text not null default '',
    industry   text not null default '',
    language   text not null default '',
    words      text[] not null default '{}',
    at         timestamptz not null default now(),
    unique (contact_id, stage)
);
create index gaps_team on gaps (team_id, at);

-- what became of content, as far as it is settled: shares up to the mark, whose
-- fourteen days are over, and suggestions up to theirs. What is younger is
-- counted when it is asked for.
create table tallies (
    team_id    text not null,
    content_id bigint not null references content (id) on delete cascade,
    stage      text not null,
    -- by which it was given; empty where nobody said
    channel    text not null default '',
    shown      bigint not null default 0,
    shared     bigint not null default 0,
    answered   bigint not null default 0,
    moved      bigint not null default 0,
    helped     bigint not null default 0,
    passed_on  bigint not null default 0,
    primary key (team_id, content_id, stage, channel)
);
create index tallies_content on tallies (content_id);
create table tally_marks (
    team_id       text primary key,
    share_id      bigint not null default 0,
    suggestion_id bigint not null default 0
);

-- one private morning message a person and day, or the decision that there
-- was nothing to say
create table reminders (
    team_id   text not null,
    person_id text not null,
    -- in the person's own zone
    day       date not null,
    -- which contacts it spoke of, and why
    lines     jsonb not null default '[]',
    at        timestamptz not null default now(),
    primary key (team_id, person_id, day)
);

-- what somebody heard of a company without talking to anybody there; theirs alone
create table heard (
    id         bigint generated always as identity primary key,
    team_id    text not null,
    company_id bigint not null references companies (id) on delete cascade,
    person_id  text not null,
    what       text not null,
    at         timestamptz not null default now()
);
create index heard_company on heard (company_id, at desc);

-- the review date of which the owner was told, so that they are told once
alter table content add column told_review date;

-- +goose Down
-- There is no way down: rows that reps were shown as recorded are never dropped.
select 1;
