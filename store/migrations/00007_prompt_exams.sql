-- +goose Up

-- How a draft did beside what was live, where that takes a reading of labelled
-- notes. Named by the texts themselves: a file that changed on disk is another
-- text. Expand only.
create table prompt_exams (
    id         bigint generated always as identity primary key,
    team_id    text not null,
    file       text not null,
    -- SHA-256 of what is compared, in hexadecimal
    live       text not null,
    draft      text not null,
    -- who read: built-in, or the model's name
    engine     text not null,
    -- false: the exam was not ended
    judged     boolean not null,
    -- verdict, figures and changed cases; see bot/workshop/exam
    outcome    jsonb not null,
    person_id  text not null,
    at         timestamptz not null default now()
);
create index prompt_exams_of on prompt_exams (team_id, file, live, draft, engine, id desc);

-- +goose Down
-- There is no way down: figures that were shown are kept.
select 1;
