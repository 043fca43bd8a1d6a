from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0005_public_words_and_gaps"),
        ("listening", "0001_first"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(
                fields=["channel", "-heard_at", "-id"], name="mention_of_channel"
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(
                condition=models.Q(("standing", "NOISE")),
                fields=["-heard_at", "-id"],
                name="mention_put_aside",
            ),
        ),
    ]
