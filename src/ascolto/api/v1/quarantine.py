"""`/quarantine`: what arrived and could not be read. For leads, with the scope admin."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.responses import Status

from ascolto.api.auth import Bearer, leads_only
from ascolto.api.errors import ApiError
from ascolto.api.v1.listing import paged
from ascolto.api.v1.shapes import Page
from ascolto.api.v1.words import Id, Limit, answers
from ascolto.channels.models import Arrival
from ascolto.channels.services import set_aside, try_again

router = Router(tags=["quarantine"], auth=Bearer("admin"))


class QuarantineFilter(Schema):
    before: Id | None = None
    limit: Limit = 50


class ArrivalOut(Schema):
    id: int
    channel: int
    external_id: str
    received_at: datetime
    quarantined_at: datetime | None
    reason: str
    size: int


class QuarantinePage(Page):
    items: list[ArrivalOut]


@router.get("", response=answers(200, QuarantinePage))
def list_quarantine(request: HttpRequest, wanted: Query[QuarantineFilter]) -> dict[str, Any]:
    """What waits for a person to look at it, newest first."""
    leads_only(request)
    found = Arrival.objects.filter(quarantined_at__isnull=False, set_aside_at=None)
    found = found.select_related("raw").defer("raw__content")
    return paged(found, wanted.before, wanted.limit, _drawn)


@router.get("/{int:arrival}/raw", response=answers(200, bytes))
def raw(request: HttpRequest, arrival: Id) -> HttpResponse:
    """The bytes as they arrived. Never to be opened as a page."""
    found = _one(request, arrival)
    return HttpResponse(
        bytes(found.raw.content),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="arrival-{found.pk}.bin"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


@router.post("/{int:arrival}/try_again", response=answers(202, ArrivalOut))
def read_again(request: HttpRequest, arrival: Id) -> Status[dict[str, Any]]:
    """Have it read once more, from its raw bytes."""
    found = _one(request, arrival)
    try_again(found, by=leads_only(request), now=timezone.now())
    return Status(202, _drawn(_one(request, arrival)))


@router.post("/{int:arrival}/set_aside", response=answers(200, ArrivalOut))
def let_be(request: HttpRequest, arrival: Id) -> dict[str, Any]:
    """A person looked at it and lets it be. The raw bytes stay."""
    found = _one(request, arrival)
    set_aside(found, by=leads_only(request), now=timezone.now())
    return _drawn(found)


def _one(request: HttpRequest, pk: int) -> Arrival:
    leads_only(request)
    found = Arrival.objects.select_related("raw").filter(pk=pk).first()
    was_quarantined = found is not None and (found.quarantined_at or found.read_at is None)
    if found is None or not was_quarantined:
        raise ApiError(404, sentence="There is no such arrival in quarantine.")
    return found


def _drawn(arrival: Arrival) -> dict[str, Any]:
    return {
        "id": arrival.pk,
        "channel": arrival.channel_id,
        "external_id": arrival.external_id,
        "received_at": arrival.received_at,
        "quarantined_at": arrival.quarantined_at,
        "reason": arrival.quarantine_reason,
        "size": arrival.raw.size,
    }
