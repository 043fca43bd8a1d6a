"""Times in which a source was not heard, written down and told."""

from datetime import datetime

from django.db import transaction

from ascolto.channels.models import Gap
from ascolto.timeline.references import reference
from ascolto.timeline.services import record


@transaction.atomic
def begin(channel_id: int, *, since: datetime, why: str, now: datetime) -> Gap:
    """The gap of this channel that goes on; begun now if there was none."""
    gap, new = Gap.objects.get_or_create(
        channel_id=channel_id, until=None, defaults={"since": since, "why": why[:300]}
    )
    if new:
        record(
            "channels.missed",
            at=now,
            subject=reference("channel", channel_id),
            gap=gap.pk,
            why=gap.why,
        )
    return gap


@transaction.atomic
def end(channel_id: int, *, found: int, whole: bool, now: datetime) -> Gap | None:
    """We hear again. What the source no longer has stays missing: `filled_at` stays empty."""
    gap = Gap.objects.select_for_update().filter(channel_id=channel_id, until=None).first()
    if gap is None:
        return None
    gap.until, gap.found = now, found
    gap.filled_at = now if whole else None
    gap.save(update_fields=["until", "found", "filled_at"])
    record(
        "channels.caught_up",
        at=now,
        subject=reference("channel", channel_id),
        gap=gap.pk,
        found=found,
        whole=whole,
    )
    return gap
