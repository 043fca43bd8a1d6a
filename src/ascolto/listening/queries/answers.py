"""What we wrote under something said in public, and where it is on its way."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ascolto.channels.models import Outgoing
from ascolto.listening.models import Mention
from ascolto.staff.models import Colleague
from ascolto.timeline.references import referred

OF_MENTIONS = "mention:"


@dataclass(frozen=True, slots=True)
class OurAnswer:
    """One answer of ours, or a word of thanks. `text` as it leaves, his name before it."""

    id: int
    mention_id: int
    author_id: int | None
    author: str
    text: str
    at: datetime
    leaves_at: datetime
    sent_at: datetime | None
    called_back_at: datetime | None
    failed_at: datetime | None
    error: str
    url: str
    tried: bool

    def may_be_called_back(self, colleague: Colleague, *, now: datetime) -> bool:
        """By its author, while nobody has begun to carry it."""
        over = self.sent_at or self.called_back_at or self.failed_at or self.tried
        return not over and self.author_id == colleague.pk and self.leaves_at > now


def answers_to(mention: Mention) -> list[OurAnswer]:
    """All of them, the oldest first. One query."""
    several = _answers().filter(subject_ref=mention.reference)
    return [_drawn(one) for one in several.order_by("queued_at", "pk")]


def answers_leaving(colleague: Colleague, *, now: datetime) -> list[OurAnswer]:
    """His own in their seconds of grace, the newest first: it is the one to undo. One query."""
    several = _answers().filter(
        author=colleague,
        subject_ref__startswith=OF_MENTIONS,
        not_before__gt=now,
        sent_at=None,
        cancelled_at=None,
        failed_at=None,
        attempts=0,
    )
    drawn = [_drawn(one) for one in several.order_by("-not_before", "-pk")[:3]]
    return [one for one in drawn if one.may_be_called_back(colleague, now=now)]


def _answers() -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(automatic=False).select_related("author")


def _drawn(one: Outgoing) -> OurAnswer:
    return OurAnswer(
        id=one.pk,
        mention_id=referred(one.subject_ref, kind="mention"),
        author_id=one.author_id,
        author=one.author.name if one.author else "",
        text=one.text,
        at=one.queued_at,
        leaves_at=one.not_before,
        sent_at=one.sent_at,
        called_back_at=one.cancelled_at,
        failed_at=one.failed_at,
        error=one.error,
        url=one.url,
        tried=bool(one.attempts or one.leased_until),
    )
