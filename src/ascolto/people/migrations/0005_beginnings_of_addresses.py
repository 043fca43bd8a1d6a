from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_names_before_the_at'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='identity',
            index=models.Index(condition=models.Q(('kind', 'EMAIL')), fields=['normal'], name='identity_beginning_of_address', opclasses=['varchar_pattern_ops']),
        ),
    ]
