"""Somebody opens a message that was folded away for its insults: that counts as read by him."""

from datetime import datetime

from ascolto.cases.models import Exposure, Message
from ascolto.staff.models import Colleague


def unfold(message: Message, *, by: Colleague, now: datetime) -> None:
    """Note that he has read it. Asked twice, it counts once."""
    Exposure.objects.get_or_create(message=message, colleague=by, defaults={"at": now})
