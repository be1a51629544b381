-- +goose Up

-- Whoever is written with titles is found without them: "otto gross" is "Dr. Otto
-- Gross". New contacts get such a name as they are made; here are those that stand.
insert into aliases (team_id, contact_id, alias_key, alias)
select team_id, id, bare, bare from (
    select team_id, id, name_key, regexp_replace(name_key,
        '^((mr|mrs|ms|miss|dr|prof|professor|sir|herr|herrn|frau|madame|monsieur|mme|senor|senora|sr|sra|signor|signora|sig|dott|dottor|mevrouw|meneer|dhr|mevr|(dipl|dr|mag|prof)( (ing|med|dent|vet|jur|phil|rer|nat|pol|oec|kfm))+) )+(?=.)', '') as bare
    from contacts where removed_at is null) named
where bare <> name_key
on conflict do nothing;

-- +goose Down
select 1;
