import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table stays where it is; only the code that owns it moved."""

    dependencies = [
        ("api", "0001_initial"),
        ("integrations", "0001_token_comes_from_api"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="idempotencykey",
                    name="token",
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="integrations.token"),
                ),
                migrations.DeleteModel(name="Token"),
            ],
        ),
    ]
