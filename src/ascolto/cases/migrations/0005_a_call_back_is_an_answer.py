from django.db import migrations, models

# Until now a call that was made and one that was given up looked alike; the history knows.
KNOWN = """
update cases_callrequest c set called_at = c.done_at
where exists (
  select 1 from timeline_entry e
  where e.kind = 'cases.call_made' and e.subject = 'case:' || c.case_id and e.at = c.done_at
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_a_desk"),
        ("timeline", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="callrequest",
            name="called_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
