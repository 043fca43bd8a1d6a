from django.db import migrations


class Migration(migrations.Migration):
    """Nobody could fill in the old table: it had no page. Skills say also who is learning."""

    dependencies = [("staff", "0002_invitation")]
    operations = [migrations.RemoveField(model_name="competence", name="holders")]
