"""`/imports` and `/exports`: customers and cases as files."""

import base64
import binascii
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.responses import Status

from ascolto.api.auth import Bearer, colleague_of, leads_only
from ascolto.api.errors import ApiError
from ascolto.api.v1.customers import not_by_helpers
from ascolto.api.v1.deeds import team_with
from ascolto.api.v1.listing import paged
from ascolto.api.v1.shapes import Page
from ascolto.api.v1.words import REFUSALS, Id, Limit, Line, answers
from ascolto.exchange import queries, services
from ascolto.exchange.models import Run

router = Router(tags=["imports and exports"])
MEDIA = {"CSV": "text/csv", "JSON": "application/jsonl"}
Kind = Literal["CUSTOMERS", "CASES"]
AS_CSV = {
    "responses": {
        200: {"description": "A CSV", "content": {"text/csv": {"schema": {"type": "string"}}}}
    }
}
AS_EITHER = {
    "responses": {
        200: {
            "description": "The file, as it is made",
            "content": {media: {"schema": {"type": "string"}} for media in MEDIA.values()},
        }
    }
}


class ImportIn(Schema):
    """A CSV or JSON file, in base64; larger ones than 3 MB by the page or the command.

    CALLS are the figures of a switchboard. `team` is for cases that name none; with `clocks` open
    cases that wait for us get one.
    """

    kind: Literal["CUSTOMERS", "CASES", "CALLS"]
    base64: str
    name: Line = ""
    team: Id | None = None
    clocks: bool = False


class RefusalOut(Schema):
    line: int
    reason: str


class ImportOut(Schema):
    """`total` is null until the rows were counted; `failed` says why a file can't be read."""

    id: int
    kind: str
    name: str
    asked_at: datetime
    total: int | None
    read: int
    made: int
    changed: int
    unchanged: int
    refused: int
    failed: str
    finished_at: datetime | None
    stopped_at: datetime | None
    ignored_columns: list[str]


class ImportPage(Page):
    items: list[ImportOut]


class ImportFilter(Schema):
    before: Id | None = None
    limit: Limit = 50


class ExportIn(Schema):
    """CSV for spreadsheets, or JSON: one object a line."""

    kind: Kind
    format: Literal["CSV", "JSON"] = "CSV"


@router.get("/imports", response=answers(200, ImportPage))
def list_imports(request: HttpRequest, wanted: Query[ImportFilter]) -> dict[str, Any]:
    """What was imported, newest first. For owners and supervisors."""
    leads_only(request)
    return paged(queries.imports(), wanted.before, wanted.limit, _drawn)


@router.post("/imports", response=answers(202, ImportOut))
def bring_in(request: HttpRequest, wanted: ImportIn) -> Status[dict[str, Any]]:
    """Have a file of customers or cases taken in. The same file twice changes nothing."""
    by = leads_only(request)
    try:
        content = base64.b64decode(wanted.base64, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise ApiError(422, "not_base64", "The file is not base64.") from problem
    if wanted.team is not None:
        team_with(wanted.team)
    run = services.ask_import(
        content,
        kind=wanted.kind,
        name=wanted.name,
        by=by,
        arguments={"team": wanted.team, "clocks": wanted.clocks},
        now=timezone.now(),
    )
    return Status(202, _drawn(run))


@router.get("/imports/{int:run}", response=answers(200, ImportOut))
def one_import(request: HttpRequest, run: Id) -> dict[str, Any]:
    """How far it is."""
    return _drawn(_run(request, run))


@router.get("/imports/{int:run}/refusals", response=answers(200, list[RefusalOut]))
def refusals(request: HttpRequest, run: Id) -> list[Any]:
    """The first thousand rows that were refused, and why."""
    return list(_run(request, run).refusals.order_by("line")[:1000])


@router.get("/imports/{int:run}/refused.csv", response=REFUSALS, openapi_extra=AS_CSV)
def refused_rows(request: HttpRequest, run: Id) -> HttpResponse:
    """The refused rows with their reasons: mend them and send them again."""
    return _file(queries.refused_csv(_run(request, run)), "CSV", f"refused-{run}.csv")


@router.post("/imports/{int:run}/stop", response=answers(200, ImportOut))
def stop(request: HttpRequest, run: Id) -> dict[str, Any]:
    """Go no further. What was taken stays."""
    found = _run(request, run)
    services.stop(found, by=leads_only(request), now=timezone.now())
    return _drawn(_run(request, run))


@router.post("/exports", response=REFUSALS, openapi_extra=AS_EITHER, auth=Bearer("read"))
def export(request: HttpRequest, wanted: ExportIn) -> HttpResponse:
    """All customers or cases this token may see, streamed. That it was done is written down."""
    by = colleague_of(request)
    not_by_helpers(by)
    lines = services.export(wanted.kind, wanted.format, by=by, now=timezone.now())
    ending = "csv" if wanted.format == "CSV" else "jsonl"
    return _file(lines, wanted.format, f"{wanted.kind.lower()}.{ending}")


def _file(lines: Iterable[str], file_format: str, name: str) -> HttpResponse:
    response = StreamingHttpResponse(lines, content_type=f"{MEDIA[file_format]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return cast(HttpResponse, response)  # a stream is a response as well


def _run(request: HttpRequest, pk: int) -> Run:
    leads_only(request)
    run = queries.imports().filter(pk=pk).first()
    if run is None:
        raise ApiError(404, sentence="There is no such import.")
    return run


def _drawn(run: Run) -> dict[str, Any]:
    names = ("kind", "name", "asked_at", "total", "read", "made", "changed", "unchanged", "refused")
    more = ("failed", "finished_at", "stopped_at")
    return {
        "id": run.pk,
        **{name: getattr(run, name) for name in (*names, *more)},
        "ignored_columns": run.arguments.get("ignored", []),
    }
