"""History is only added to, and whoever follows it is woken when a transaction commits."""

from django.db import migrations

FORWARD = """
create function timeline_wake() returns trigger language plpgsql as $$
begin
  perform pg_notify('timeline', '');
  return null;
end $$;
create trigger timeline_wake after insert on timeline_entry
  for each statement execute function timeline_wake();

create function timeline_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the timeline is only added to' using errcode = 'restrict_violation';
end $$;
create trigger timeline_is_append_only before update or delete on timeline_entry
  for each row execute function timeline_is_append_only();
"""
BACKWARD = """
drop trigger timeline_is_append_only on timeline_entry;
drop function timeline_is_append_only();
drop trigger timeline_wake on timeline_entry;
drop function timeline_wake();
"""


class Migration(migrations.Migration):
    dependencies = [("timeline", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
