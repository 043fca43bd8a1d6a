import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("promises", "0003_how_a_clock_stood"),
    ]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="told",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="told_seen_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
