"""What the frame of every page says: how much waits, what is in quarantine, what is ill."""

from dataclasses import dataclass
from datetime import datetime

from ascolto.alerts.queries import Standing, standing
from ascolto.cases.models import Message
from ascolto.cases.queries.counts import CAP, Counts, queue_counts
from ascolto.cases.queries.history import GRACE
from ascolto.cases.queries.views import View, views_of
from ascolto.channels.models import Arrival, Health
from ascolto.staff.models import Colleague, Company
from ascolto.staff.queries import company


@dataclass(frozen=True, slots=True)
class Badges:
    """The numbers of the navigation. They change while one reads."""

    counts: Counts
    quarantined: int  # stops at `CAP`
    views: list[View]


@dataclass(frozen=True, slots=True)
class ShellFacts:
    company: Company
    counts: Counts
    quarantined: int  # stops at `CAP`
    troubles: list[Health]
    leaving: list[Message]  # his own answers that can still be called back
    views: list[View]  # the lists he comes back to
    alerts: Standing  # what somebody must take now


def shell_facts(
    colleague: Colleague,
    *,
    now: datetime,
    counts: Counts | None = None,
    house: Company | None = None,
) -> ShellFacts:
    """Seven queries; eight for who has saved views; one less each for what is known already."""
    told = badges(colleague, now=now, counts=counts)
    troubles = Health.objects.filter(
        failing_since__isnull=False, channel__closed_at=None
    ).select_related("channel")
    return ShellFacts(
        company=house or company(),
        counts=told.counts,
        quarantined=told.quarantined,
        troubles=list(troubles.order_by("failing_since")[:5]),
        leaving=leaving(colleague, now=now),
        views=told.views,
        alerts=standing(colleague),
    )


def badges(colleague: Colleague, *, now: datetime, counts: Counts | None = None) -> Badges:
    """Three queries; four for who has saved views; one less where the `counts` are known."""
    quarantined = Arrival.objects.filter(quarantined_at__isnull=False, set_aside_at=None)
    return Badges(
        counts=counts or queue_counts(colleague),
        quarantined=quarantined[:CAP].count(),
        views=views_of(colleague, now=now),
    )


def leaving(colleague: Colleague, *, now: datetime) -> list[Message]:
    """His answers in their seconds of grace, the newest first: it is the one to undo. One query.

    One that waits for an hour he chose is shown in its case, and here when that hour is near.
    """
    return list(
        Message.objects.filter(
            author=colleague,
            outgoing__author=colleague,
            outgoing__not_before__gt=now,
            outgoing__not_before__lte=now + GRACE,
            outgoing__sent_at=None,
            outgoing__cancelled_at=None,
            outgoing__failed_at=None,
            outgoing__leased_until=None,
            outgoing__attempts=0,
        )
        .select_related("outgoing__identity", "case__customer")
        .defer("search", "text", "outgoing__text")
        .order_by("-outgoing__not_before", "-id")[:3]
    )
