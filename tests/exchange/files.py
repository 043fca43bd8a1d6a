"""Files as people send them."""

import io
from typing import Any

from ascolto.exchange.models import Run
from ascolto.exchange.rows import File
from ascolto.exchange.services import begin, go_on
from ascolto.staff.models import Colleague
from tests import make


def file_of(content: str | bytes, encoding: str = "utf-8") -> File:
    raw = content if isinstance(content, bytes) else content.encode(encoding)
    return File(lambda: io.BytesIO(raw))


def imported(
    content: str | bytes,
    kind: str = "CUSTOMERS",
    *,
    encoding: str = "utf-8",
    by: Colleague | None = None,
    **arguments: Any,
) -> Run:
    """An import from beginning to end."""
    run = begin(kind=kind, name="prova.csv", by=by, arguments=arguments, now=make.NOON)
    return go_on(run.pk, now=make.NOON, file=file_of(content, encoding))


def reasons(run: Run) -> dict[int, str]:
    return dict(run.refusals.order_by("line").values_list("line", "reason"))


def counts(run: Run) -> tuple[int, int, int, int]:
    """Made, changed, unchanged, refused."""
    return run.made, run.changed, run.unchanged, run.refused
