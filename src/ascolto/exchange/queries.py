"""Imports as they stand, and the rows to mend."""

import csv
import io
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ascolto.exchange.export import as_cell
from ascolto.exchange.models import Refusal, Run

LISTED = 50


def imports() -> QuerySet[Run]:
    """Newest first."""
    return Run.objects.filter(way=Run.Way.IN).select_related("by").order_by("-asked_at", "-pk")


def unfinished_of(digest: str, *, kind: str) -> Run | None:
    """The import of this same file that somebody broke off, to go on with."""
    waiting = imports().filter(finished_at=None, stopped_at=None, failed="", kind=kind)
    return waiting.filter(arguments__sha256=digest).first()


def refused_csv(run: Run) -> Iterator[str]:
    """The refused rows with why, to be mended and sent again as they are."""
    found = Refusal.objects.filter(run=run).order_by("line")
    names: dict[str, None] = {}
    for row in found.values_list("row", flat=True).iterator():
        names |= dict.fromkeys(row)
    yield _line([_("riga"), _("motivo"), *names])
    for refusal in found.iterator():
        cells = [as_cell(refusal.row.get(name)) for name in names]
        yield _line([str(refusal.line), refusal.reason, *cells])


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
