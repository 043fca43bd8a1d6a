from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_what_a_follower_has_seen'),
        ('people', '0004_names_before_the_at'),
        ('staff', '0005_second_factor_recovery_and_half_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='case_open_of_team',
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='case_open',
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='case_open_of_colleague',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(models.F('team'), models.OrderBy(models.F('due_at'), nulls_last=True), models.F('id'), condition=models.Q(('resolved_at', None)), include=('snoozed_until', 'assignee', 'customer', 'priority', 'last_channel_kind', 'waiting_since', 'opened_at'), name='case_open_of_team'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(models.OrderBy(models.F('due_at'), nulls_last=True), models.F('id'), condition=models.Q(('resolved_at', None)), include=('snoozed_until', 'team', 'assignee', 'customer', 'priority', 'last_channel_kind', 'waiting_since', 'opened_at'), name='case_open'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(models.F('assignee'), models.OrderBy(models.F('due_at'), nulls_last=True), models.F('id'), condition=models.Q(('resolved_at', None)), include=('snoozed_until', 'team', 'customer', 'priority', 'last_channel_kind', 'waiting_since', 'opened_at'), name='case_open_of_colleague'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('resolved_at', None), ('snoozed_until__isnull', False)), fields=['snoozed_until', 'id'], include=('team', 'assignee', 'customer', 'priority', 'last_channel_kind', 'waiting_since', 'opened_at'), name='case_open_asleep'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(models.F('team'), models.OrderBy(models.F('due_at'), nulls_last=True), models.F('id'), condition=models.Q(('assignee', None), ('resolved_at', None)), include=('snoozed_until', 'assignee'), name='case_open_of_nobody'),
        ),
        migrations.AddIndex(
            model_name='follower',
            index=models.Index(fields=['colleague', 'case'], include=('since', 'seen_at'), name='followed_by_colleague'),
        ),
    ]
