"""`/cases/{case}/…`: what a message is, if it was misread, and what it asks for besides."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status

from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.cases import case_of
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.shapes import CaseOut, case_out
from ascolto.api.v1.words import Id, Line, answers
from ascolto.cases.access import visible_cases
from ascolto.cases.models import Message, OtherMatter
from ascolto.cases.services import matters, readings
from ascolto.triage.matters import open_by_hand

router = Router(tags=["cases"])


class ReadingIn(Schema):
    """What a person says a message is: `kind` and `topic` as in the reading."""

    kind: Line
    topic: Line
    needs_care: bool
    angry: bool = False
    churn_threat: bool = False
    escalation_threat: bool = False


class ReadingOut(ReadingIn):
    """How a message is read now."""

    message: int


class OtherMatterOut(Schema):
    """Something else a message asks for. Settled without a case: it is all one matter."""

    id: int
    message: int
    topic: str
    words: str
    case: str | None
    settled_at: datetime | None


@router.put("/{case}/messages/{int:message}/reading", response=answers(200, ReadingOut))
def correct(request: HttpRequest, case: str, message: Id, wanted: ReadingIn) -> dict[str, Any]:
    """Say what a message is, where it was misread. Ascolto learns from it."""
    heard = _heard(request, case, message)
    said, by = readings.Understood(**wanted.model_dump()), colleague_of(request)
    try:
        readings.correct_reading(heard, said, by=by, now=timezone.now())
    except ValueError as problem:
        raise ApiError(422, "no_such_word", f"No reading says {problem}.") from problem
    return _read(heard)


@router.delete("/{case}/messages/{int:message}/reading", response=answers(200, ReadingOut))
def undo(request: HttpRequest, case: str, message: Id) -> dict[str, Any]:
    """Take the last correction of a message back."""
    heard = _heard(request, case, message)
    readings.undo_correction(heard, by=colleague_of(request), now=timezone.now())
    return _read(heard)


@router.get("/{case}/matters", response=answers(200, list[OtherMatterOut]))
def other_matters(request: HttpRequest, case: str) -> list[dict[str, Any]]:
    """What the messages of the case ask for besides."""
    found = OtherMatter.objects.filter(message__case=case_of(request, case))
    return [_matter(one) for one in found.select_related("message", "case").order_by("pk")]


@router.post("/{case}/matters/{int:matter}/open", response=answers(201, CaseOut))
def open_case(request: HttpRequest, case: str, matter: Id) -> Status[dict[str, Any]]:
    """Open a case for it, linked with this one, for the team that can do it."""
    with refused():
        made = open_by_hand(
            _of(request, case, matter), by=colleague_of(request), now=timezone.now()
        )
    return Status(201, case_out(case_of(request, made.number)))


@router.post("/{case}/matters/{int:matter}/reunite", response=answers(200, CaseOut))
def reunite(request: HttpRequest, case: str, matter: Id) -> dict[str, Any]:
    """Make its case part of this one again. It can be undone like every merge."""
    found = _of(request, case, matter)
    with refused():
        matters.reunite(found, by=colleague_of(request), now=timezone.now())
    return case_out(case_of(request, case))


@router.post("/{case}/matters/{int:matter}/keep", response=answers(200, OtherMatterOut))
def keep(request: HttpRequest, case: str, matter: Id) -> dict[str, Any]:
    """Say that it is all one matter: nobody is asked again."""
    found = _of(request, case, matter)
    with refused():
        matters.keep_together(found, by=colleague_of(request), now=timezone.now())
    return _matter(_of(request, case, matter))


@router.delete("/{case}/matters/{int:matter}/keep", response=answers(200, OtherMatterOut))
def ask(request: HttpRequest, case: str, matter: Id) -> dict[str, Any]:
    """Take back that it is all one matter."""
    found = _of(request, case, matter)
    matters.ask_again(found, by=colleague_of(request), now=timezone.now())
    return _matter(_of(request, case, matter))


def _heard(request: HttpRequest, case: str, message: int) -> Message:
    found = Message.objects.filter(case=case_of(request, case), reading__isnull=False, pk=message)
    heard = found.select_related("item", "case").first()
    if heard is None:
        raise ApiError(404, sentence="The case has no such message that was read.")
    return heard


def _of(request: HttpRequest, case: str, matter: int) -> OtherMatter:
    """Of a case he may see; and, if it has its own case, he may see that one as well."""
    seen = visible_cases(colleague_of(request)).values("pk")
    here = OtherMatter.objects.filter(message__case=case_of(request, case), pk=matter)
    found = here.filter(case=None) | here.filter(case__in=seen)
    known = found.select_related("case", "message__case__team", "message__conversation__channel")
    if (one := known.first()) is None:
        raise ApiError(404, sentence="The case has no such matter.")
    return one


def _read(message: Message) -> dict[str, Any]:
    reading = message.reading
    reading.refresh_from_db()
    names = (*ReadingIn.model_fields,)
    return {"message": message.pk, **{name: getattr(reading, name) for name in names}}


def _matter(one: OtherMatter) -> dict[str, Any]:
    return {
        "id": one.pk,
        "message": one.message_id,
        "topic": one.topic,
        "words": one.words,
        "case": one.case.number if one.case else None,
        "settled_at": one.settled_at,
    }
