-- +goose Up

-- What a recorded line costs is for the most part its indexes. Those by time
-- are read by weekly jobs only and their tables grow in the order of time: a
-- block range index serves them at next to no cost a row.
drop index interactions_logged;
create index interactions_logged on interactions using brin (logged_at);
drop index suggestions_team;
create index suggestions_at on suggestions using brin (at);
drop index inbox_received;
create index inbox_received on inbox using brin (received_at);

-- interactions_person serves whoever looks for a person's notes.
drop index interactions_author;

-- A suggestion with its candidates is about 2.5 kB: just large enough to be
-- compressed each time, and read back seldom.
alter table suggestions set (toast_tuple_target = 4080);

-- +goose Down
-- There is no way down: the version before runs without these indexes too.
select 1;
