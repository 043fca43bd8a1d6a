# ruff: noqa: S608 - the statements are put together from parts that are written here
"""Customers: one for every three cases, with addresses, numbers, notes and merges."""

FIRST = (
    "{Giulia,Marta,Elena,Piero,Sara,Luca,Anna,Paolo,Rosa,Nino,Ada,Ivo,Bruno,Carla,Dario,Enzo,"
    "Franca,Gino,Ida,Lia,Maria,Nadia,Oscar,Pina,Rino,Silvia,Tito,Ugo,Vera,Zeno}"
)
SURNAMES = (
    "{Rossi,Ferraris,Bianchi,Russo,Esposito,Romano,Colombo,Ricci,Marino,Greco,Bruno,Gallo,Conti,"
    "De Luca,Mancini,Costa,Giordano,Rizzo,Lombardi,Moretti,Barbieri,Fontana,Santoro,Mariani}"
)

STEPS = (
    f"""insert into people_customer (id, kind, name, language, about, created_at)
        select n, case when n %% 30 = 1 then 'ORGANISATION' else 'PERSON' end,
               case when n %% 30 = 1 then 'Officine ' else '' end
               || ('{FIRST}'::text[])[1 + pg_temp.pick(n, 1, 30)] || ' '
               || ('{SURNAMES}'::text[])[1 + pg_temp.pick(n, 2, 24)]
               || case when n %% 2 = 0 then '' else ' ' || initcap(left(phrase.words, 4)) end,
               case when n %% 25 = 1 then 'en' else 'it' end,
               case when n %% 40 = 1 then 'cliente dal ' || (1990 + n %% 30) else '' end,
               pg_temp.moment(n)
        from generate_series(%(first)s::bigint, %(last)s) n
        join phrase on phrase.id = pg_temp.pick(n, 3, %(phrases)s)
        where n %% 3 = 1""",
    """insert into people_identity (id, customer_id, kind, value, normal, first_seen_at,
               verified_at)
       select 2 * n, n, 'EMAIL', 'c' || n || '@example.org', 'c' || n || '@example.org',
              pg_temp.moment(n), case when n %% 4 = 1 then %(now)s end
       from generate_series(%(first)s::bigint, %(last)s) n where n %% 3 = 1""",
    """insert into people_identity (id, customer_id, kind, value, normal, first_seen_at)
       select 2 * n + 1, n, 'PHONE', '+39 0' || (100000000 + n), '+390' || (100000000 + n),
              pg_temp.moment(n)
       from generate_series(%(first)s::bigint, %(last)s) n where n %% 6 = 1""",
    """insert into people_statement (customer_id, text, "where", at)
       select n, 'Lavora di notte: chiamare dopo le 15.', 'telefono', pg_temp.moment(n)
       from generate_series(%(first)s::bigint, %(last)s) n where n %% 30 = 1""",
    """insert into people_customernote (customer_id, author_id, at, text)
       select n, %(author)s, pg_temp.moment(n), 'Ha due linee: la seconda è quella della madre.'
       from generate_series(%(first)s::bigint, %(last)s) n where n %% 60 = 1""",
    """insert into people_merge (absorbed_id, into_id, evidence, merged_at, merged_by_id)
       select n, n - 3, '[]', pg_temp.moment(n), %(author)s
       from generate_series(%(first)s::bigint, %(last)s) n where n %% 3000 = 1 and n > 1""",
)
