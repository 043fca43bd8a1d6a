from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_words_from_the_networks"),
    ]

    operations = [
        migrations.AddField(
            model_name="follower",
            name="seen_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
