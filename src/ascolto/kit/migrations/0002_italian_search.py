"""Italian full text that does not mind accents, and trigrams for names."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

FORWARD = """
do $$ begin
  if not exists (select 1 from pg_ts_config where cfgname = 'it' and cfgnamespace = 'public'::regnamespace) then
    create text search configuration public.it (copy = pg_catalog.italian);
    alter text search configuration public.it
      alter mapping for hword, hword_part, word with unaccent, italian_stem;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(FORWARD, "drop text search configuration if exists public.it"),
    ]
