"""Lists that do not take for ever, however long they are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import QuerySet

from ascolto.api.errors import ApiError
from ascolto.kit import patience

COUNTED = 10_000
PATIENCE = "5s"


def total_of(found: QuerySet[Any]) -> dict[str, int | bool]:
    """How many there are, counted up to `COUNTED`; and whether there are more than that."""
    counted = found.order_by().values("pk")[: COUNTED + 1].count()
    return {"total": min(counted, COUNTED), "total_is_more": counted > COUNTED}


@contextmanager
def bounded() -> Iterator[None]:
    """Queries that are called off after `PATIENCE`: the asker hears 503 and may ask for less."""
    try:
        with patience.within(PATIENCE):
            yield
    except patience.TooSlow as late:
        raise ApiError(
            503, "too_slow", "That took too long; ask for less, or rarer words."
        ) from late


def paged(
    found: QuerySet[Any], before: int | None, limit: int, drawn: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    """A page of a list by id, newest first; `next` is the `before` of the page after it."""
    page = found.filter(pk__lt=before) if before else found
    with bounded():
        rows = list(page.order_by("-pk")[: limit + 1])
        total = total_of(found)
    shown = rows[:limit]
    more = len(rows) > limit
    items = [drawn(row) for row in shown]
    return {"items": items, **total, "next": str(shown[-1].pk) if more else None}
