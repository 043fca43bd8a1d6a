from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_said_in_public_that_the_rest_is_private")]

    operations = [
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["channel", "opened_at"], name="conversation_on_channel"),
        ),
    ]
