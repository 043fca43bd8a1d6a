from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_how_easy_it_was")]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="aside_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
