"""What the frame of every page says: how much waits, what is in quarantine, what is ill."""

from dataclasses import dataclass
from datetime import datetime

from ascolto.alerts.queries import Standing, standing
from ascolto.cases.models import Message
from ascolto.cases.queries.counts import Counts, failing, queue_counts, unsent_of
from ascolto.cases.queries.message_rows import GRACE
from ascolto.cases.queries.views import View, named_views, views_of
from ascolto.channels.models import Health
from ascolto.staff.models import Colleague, Company
from ascolto.staff.queries import company


@dataclass(frozen=True, slots=True)
class Badges:
    """The numbers of the navigation. They change while one reads."""

    counts: Counts
    views: list[View]


@dataclass(frozen=True, slots=True)
class ShellFacts:
    company: Company
    counts: Counts
    troubles: list[Health]
    leaving: list[Message]  # his own answers that can still be called back
    views: list[View]  # the lists he comes back to; how much stands in each is asked for after
    alerts: Standing  # what somebody must take now


def shell_facts(
    colleague: Colleague,
    *,
    now: datetime,
    counts: Counts | None = None,
    house: Company | None = None,
) -> ShellFacts:
    """Three queries, one less each for what is known already; and one each for channels that
    fail, for answers that leave and for alerts, where there are any."""
    told = counts or queue_counts(colleague)
    return ShellFacts(
        company=house or company(),
        counts=told,
        troubles=_troubles() if told.ill else [],
        leaving=leaving(colleague, now=now) if told.unsent else [],
        views=named_views(colleague),
        alerts=standing(colleague) if told.alerts else Standing([], 0),
    )


def _troubles() -> list[Health]:
    return list(failing().select_related("channel").order_by("failing_since")[:5])


def badges(colleague: Colleague, *, now: datetime) -> Badges:
    """Two queries; three for who has saved views."""
    return Badges(queue_counts(colleague), views_of(colleague, now=now))


def leaving(colleague: Colleague, *, now: datetime) -> list[Message]:
    """His answers in their seconds of grace, the newest first: it is the one to undo. One query.

    One that waits for an hour he chose is shown in its case, and here when that hour is near.
    """
    return list(
        unsent_of(colleague)
        .filter(outgoing__not_before__gt=now, outgoing__not_before__lte=now + GRACE)
        .select_related("outgoing__identity", "case__customer")
        .defer("search", "text", "outgoing__text")
        .order_by("-outgoing__not_before", "-id")[:3]
    )
