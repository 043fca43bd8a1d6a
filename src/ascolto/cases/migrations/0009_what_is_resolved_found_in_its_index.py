from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_lists_found_in_their_index_alone'),
        ('people', '0004_names_before_the_at'),
        ('staff', '0005_second_factor_recovery_and_half_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='case_resolved',
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='case_open_of_priority',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('resolved_at__isnull', False)), fields=['-resolved_at', '-id'], include=('merged_into', 'due_at', 'snoozed_until', 'team', 'assignee', 'customer', 'priority', 'last_channel_kind', 'waiting_since', 'opened_at'), name='case_resolved'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('resolved_at', None), models.Q(('priority', 0), _negated=True)), fields=['-priority', 'id'], include=('due_at', 'snoozed_until', 'team', 'assignee', 'customer', 'last_channel_kind', 'waiting_since', 'opened_at'), name='case_open_of_priority'),
        ),
    ]
