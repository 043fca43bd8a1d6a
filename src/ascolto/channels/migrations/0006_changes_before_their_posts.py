from django.db import migrations, models
from django.db.models.fields.json import KT


class Migration(migrations.Migration):
    dependencies = [("channels", "0005_public_words_and_gaps")]

    operations = [
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                KT("post__changes"),
                condition=models.Q(("kind", "CHANGE")),
                name="item_changes_what",
            ),
        ),
    ]
