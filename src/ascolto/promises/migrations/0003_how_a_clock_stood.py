from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("promises", "0002_pauses_and_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="clockfact",
            name="before",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
