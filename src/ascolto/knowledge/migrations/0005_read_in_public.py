from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0004_articles")]

    operations = [
        migrations.AlterField(
            model_name="template",
            name="key",
            field=models.CharField(
                choices=[
                    ("RECEIPT", "ricevuta automatica"),
                    ("SIGN_IN", "accesso alla pagina del cliente"),
                    ("LINK_LINE", "riga con il collegamento alla pagina"),
                    ("POINTER", "rimando in pubblico all’altro canale"),
                    ("THANKS", "ringraziamento per un elogio"),
                    ("READ_IT", "riscontro in pubblico a chi chiede aiuto"),
                    ("SECURITY", "avviso ai colleghi sul loro accesso"),
                ],
                max_length=12,
            ),
        ),
    ]
