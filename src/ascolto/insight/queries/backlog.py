"""What is open now, and how old it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, Value

from ascolto.insight.models import CaseFacts
from ascolto.insight.queries.sheets import Filters

# The age a case has not reached yet, in days; the last band has no end.
BANDS = (1, 3, 7, 30, None)


@dataclass(frozen=True, slots=True)
class Band:
    """Cases opened between `older` and `younger` days ago; `younger` excluded, None without end."""

    older: int
    younger: int | None
    cases: int


def backlog(filters: Filters, *, now: datetime) -> list[Band]:
    """One query over the open cases alone."""
    found = CaseFacts.objects.filter(resolved_at=None)
    wanted = {
        "channel_kind": filters.channel,
        "team": filters.team_id,
        "topic": filters.topic,
        "priority": filters.priority,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    edges = list(zip((0, *(band for band in BANDS if band)), BANDS, strict=True))
    counts = {
        f"band_{older}": Count(
            Value(1),  # of the index alone: no case is read
            filter=Q(opened_at__lte=now - timedelta(days=older))
            & (Q(opened_at__gt=now - timedelta(days=younger)) if younger else Q()),
        )
        for older, younger in edges
    }
    row = found.aggregate(**counts)
    return [Band(older, younger, row[f"band_{older}"]) for older, younger in edges]
