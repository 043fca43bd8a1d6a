"""How far the history was read, so that a page can say what it knows."""

from dataclasses import dataclass
from datetime import datetime

from ascolto.cases.models import Case
from ascolto.insight.models import CaseFacts, Standing


@dataclass(frozen=True, slots=True)
class How:
    """`read_at` is None before anything was read; `left` cases are still to be read at first."""

    read_at: datetime | None
    complete: bool
    read: int = 0
    total: int = 0


def how_far() -> How:
    """One query; while the first reading goes on, three."""
    standing = Standing.objects.first()
    if standing is None:
        return How(None, complete=False, total=Case.objects.count())
    if standing.built_to is None:
        return How(standing.read_at, complete=True)
    total = Case.objects.count()
    return How(standing.read_at, complete=False, read=CaseFacts.objects.count(), total=total)
