"""`/call_requests`, `/ratings`, `/efforts`, `/mentions`: who wants to be called, how we did, how
easy it was, who called us."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.cases import number_in
from ascolto.api.v1.listing import paged
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.shapes import Page
from ascolto.api.v1.words import Id, Limit, Line, answers
from ascolto.cases.access import visible_cases
from ascolto.cases.models import CallRequest, Case, Effort, Mention, Rating
from ascolto.cases.queries.mentions import mentions_of
from ascolto.cases.services import calling_back, see_mentions

router = Router(tags=["cases"])


class Newest(Schema):
    """`before` is the `next` of the page before; `case` narrows to one case."""

    case: Line = ""
    before: Id | None = None
    limit: Limit = 50


class CallFilter(Newest):
    status: Literal["open", "done", "all"] = "open"


class CallRequestOut(Schema):
    """`wish` is when he would like it; `outcome` what came of it, once `done_at` is set."""

    id: int
    case: str
    number: str
    wish: str
    at: datetime
    done_at: datetime | None
    outcome: str


class CallRequestPage(Page):
    items: list[CallRequestOut]


class OutcomeIn(Schema):
    outcome: Line = ""


class WhyNotIn(Schema):
    reason: Line


class RatingOut(Schema):
    """`score` 3 helped, 2 in part, 1 did not; `author` wrote the answer that was judged."""

    id: int
    case: str
    message: int
    author: int | None
    score: int
    words: str
    at: datetime


class RatingPage(Page):
    items: list[RatingOut]


class EffortOut(Schema):
    """How easy it was to have it resolved: `score` from 1, not at all, to 7, very easy."""

    id: int
    case: str
    score: int
    at: datetime


class EffortPage(Page):
    items: list[EffortOut]


class MentionOut(Schema):
    case: str
    note: int
    author: str
    text: str
    at: datetime
    seen_at: datetime | None


@router.get("/call_requests", response=answers(200, CallRequestPage))
def call_requests(request: HttpRequest, wanted: Query[CallFilter]) -> dict[str, Any]:
    """Who asked to be called, newest first."""
    found = CallRequest.objects.filter(case__in=_cases(request, wanted.case))
    if wanted.status != "all":
        found = found.filter(done_at__isnull=wanted.status == "open")
    return paged(found, wanted.before, wanted.limit, _call)


@router.post("/call_requests/{int:asked}/made", response=answers(200, CallRequestOut))
def call_made(request: HttpRequest, asked: Id, said: OutcomeIn) -> dict[str, Any]:
    """Somebody spoke with him: the clock of the answer stops."""
    pk, by = _asked(request, asked), colleague_of(request)
    return _call(calling_back.call_made(pk, by=by, outcome=said.outcome, now=timezone.now()))


@router.post("/call_requests/{int:asked}/dropped", response=answers(200, CallRequestOut))
def call_dropped(request: HttpRequest, asked: Id, said: WhyNotIn) -> dict[str, Any]:
    """Nobody will call, and why. He still waits for an answer."""
    pk, by = _asked(request, asked), colleague_of(request)
    with refused():
        return _call(calling_back.call_dropped(pk, by=by, reason=said.reason, now=timezone.now()))


@router.get("/ratings", response=answers(200, RatingPage))
def ratings(request: HttpRequest, wanted: Query[Newest]) -> dict[str, Any]:
    """What customers said of our answers, newest first."""
    found = Rating.objects.filter(case__in=_cases(request, wanted.case))
    return paged(found.select_related("message"), wanted.before, wanted.limit, _rating)


@router.get("/efforts", response=answers(200, EffortPage))
def efforts(request: HttpRequest, wanted: Query[Newest]) -> dict[str, Any]:
    """How easy customers found it, asked once their matter was over; newest first."""
    found = Effort.objects.filter(case__in=_cases(request, wanted.case))
    return paged(found, wanted.before, wanted.limit, _effort)


@router.get("/mentions", response=answers(200, list[MentionOut]))
def mentions(request: HttpRequest) -> list[dict[str, Any]]:
    """Where the token's colleague was called by name; the unseen first, fifty at most."""
    return [_mention(one) for one in mentions_of(colleague_of(request))]


@router.post("/mentions/seen", response=answers(200, list[MentionOut]))
def mentions_seen(request: HttpRequest) -> list[dict[str, Any]]:
    """He has seen them all."""
    see_mentions(colleague_of(request), now=timezone.now())
    return [_mention(one) for one in mentions_of(colleague_of(request))]


def _cases(request: HttpRequest, named: str) -> Any:
    seen = visible_cases(colleague_of(request))
    return (seen.filter(pk=number_in(named)) if named else seen).values("pk")


def _asked(request: HttpRequest, pk: int) -> int:
    found = CallRequest.objects.filter(pk=pk, case__in=_cases(request, ""))
    if not found.exists():
        raise ApiError(404, sentence="There is no such request that this token may see.")
    return pk


def _call(asked: CallRequest) -> dict[str, Any]:
    return {
        "id": asked.pk,
        "case": Case(pk=asked.case_id).number,
        "number": asked.number,
        "wish": asked.wish,
        "at": asked.at,
        "done_at": asked.done_at,
        "outcome": asked.outcome,
    }


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "id": rating.pk,
        "case": Case(pk=rating.case_id).number,
        "message": rating.message_id,
        "author": rating.message.author_id,
        "score": rating.score,
        "words": rating.words,
        "at": rating.at,
    }


def _effort(effort: Effort) -> dict[str, Any]:
    number = Case(pk=effort.case_id).number
    return {"id": effort.pk, "case": number, "score": effort.score, "at": effort.at}


def _mention(mention: Mention) -> dict[str, Any]:
    note = mention.note
    return {
        "case": note.case.number,
        "note": note.pk,
        "author": note.author.name,
        "text": note.text,
        "at": note.at,
        "seen_at": mention.seen_at,
    }
