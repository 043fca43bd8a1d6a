"""`/cases/{case}/promises`: what customers will have, and by when."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status

from ascolto.api.auth import colleague_of
from ascolto.api.v1.cases import case_of
from ascolto.api.v1.deeds import aware
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.words import Id, Line, WhyIn, answers
from ascolto.cases import services
from ascolto.cases.models import Case
from ascolto.promises.models import Promise

router = Router(tags=["promises"])


class PromiseOut(Schema):
    """`kind` WORD is one that a person gave; the others are clocks of the house."""

    id: int
    case: str
    customer: int
    kind: str
    words: str
    started_at: datetime
    due_at: datetime
    paused_at: datetime | None
    pause_reason: str
    ended_at: datetime | None
    ending: str
    reason: str


class PromiseIn(Schema):
    words: Line
    due_at: datetime


@router.get("/{case}/promises", response=answers(200, list[PromiseOut]))
def of_case(request: HttpRequest, case: str) -> list[dict[str, Any]]:
    """All promises and clocks of the case, oldest first."""
    return _of(case_of(request, case))


@router.post("/{case}/promises", response=answers(201, PromiseOut))
def give(request: HttpRequest, case: str, wanted: PromiseIn) -> Status[dict[str, Any]]:
    """Promise the customer something by a moment."""
    matter, by, now = case_of(request, case), colleague_of(request), timezone.now()
    due_at = aware(wanted.due_at) or wanted.due_at
    with refused():
        given = services.promise(matter, words=wanted.words, due_at=due_at, by=by, now=now)
    return Status(201, _drawn(given))


@router.post("/{case}/promises/{int:promise}/keep", response=answers(200, list[PromiseOut]))
def keep(request: HttpRequest, case: str, promise: Id) -> list[dict[str, Any]]:
    """It is done. Done late it counts as broken."""
    matter = case_of(request, case)
    with refused():
        services.keep_promise(matter, promise, by=colleague_of(request), now=timezone.now())
    return _of(matter)


@router.post("/{case}/promises/{int:promise}/waive", response=answers(200, list[PromiseOut]))
def waive(request: HttpRequest, case: str, promise: Id, why: WhyIn) -> list[dict[str, Any]]:
    """It will not be done, and why."""
    matter, by = case_of(request, case), colleague_of(request)
    with refused():
        services.waive_promise(matter, promise, reason=why.reason, by=by, now=timezone.now())
    return _of(matter)


@router.post("/{case}/promises/{int:promise}/pause", response=answers(200, list[PromiseOut]))
def pause(request: HttpRequest, case: str, promise: Id, why: WhyIn) -> list[dict[str, Any]]:
    """Let a clock rest; the customer reads why."""
    matter, by = case_of(request, case), colleague_of(request)
    with refused():
        services.pause_clock(matter, promise, reason=why.reason, by=by, now=timezone.now())
    return _of(matter)


@router.post("/{case}/promises/{int:promise}/resume", response=answers(200, list[PromiseOut]))
def resume(request: HttpRequest, case: str, promise: Id) -> list[dict[str, Any]]:
    """Let a clock go on with the time that was left."""
    matter = case_of(request, case)
    with refused():
        services.resume_clock(matter, promise, by=colleague_of(request), now=timezone.now())
    return _of(matter)


def _of(case: Case) -> list[dict[str, Any]]:
    found = Promise.objects.filter(subject=case.reference).order_by("started_at", "pk")
    return [_drawn(one) for one in found]


def _drawn(promise: Promise) -> dict[str, Any]:
    return {
        "id": promise.pk,
        "case": f"C-{promise.subject.partition(':')[2]}",
        "customer": promise.customer_id,
        "kind": promise.kind,
        "words": promise.words,
        "started_at": promise.started_at,
        "due_at": promise.due_at,
        "paused_at": promise.paused_at,
        "pause_reason": promise.pause_reason,
        "ended_at": promise.ended_at,
        "ending": promise.ending,
        "reason": promise.reason,
    }
