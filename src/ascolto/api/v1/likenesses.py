"""`/likenesses`: records that may be one person, with what speaks for it; answered, taken back."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.responses import Status

from ascolto.administration.services.likenesses import refuse_likeness
from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.customers import not_by_helpers
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.words import Id, answers
from ascolto.cases.access import visible_customers
from ascolto.people.likeness import comparing
from ascolto.people.likeness.queries import PAGE, count_open, open_likenesses
from ascolto.people.models import Comparison, Likeness
from ascolto.staff.models import Colleague
from ascolto.triage.apart import take_back
from ascolto.triage.likenesses import confirm_and_join

router = Router(tags=["likenesses"])


class EvidenceOut(Schema):
    """One thing that speaks for it, and how much; as it stands on either side."""

    kind: str
    weight: int
    left: str
    right: str


class LikenessOut(Schema):
    """`left` and `right` are customers. `answer` is empty until somebody gave one."""

    id: int
    left: int
    right: int
    score: int
    evidence: list[EvidenceOut]
    proposed_at: datetime
    answer: str
    answered_at: datetime | None


class LikenessesOut(Schema):
    """The likeliest first; `next` is the page after this one."""

    items: list[LikenessOut]
    total: int
    next: str | None


class ComparisonOut(Schema):
    """One look over all customers: how far it is."""

    id: int
    reached: int
    last: int
    proposed: int
    ended_at: datetime | None


@router.get("/likenesses", response=answers(200, LikenessesOut))
def listed(
    request: HttpRequest, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> dict[str, Any]:
    """Those nobody has answered, of the customers this token may know of."""
    by = colleague_of(request)
    not_by_helpers(by)
    known = visible_customers(by)
    total = count_open(known)
    rows = open_likenesses(known, page=page)
    return {
        "items": [_likeness(row.likeness) for row in rows],
        "total": total,
        "next": str(page + 1) if total > page * PAGE else None,
    }


@router.post("/likenesses/{int:likeness}/confirm", response=answers(200, LikenessOut))
def confirm(request: HttpRequest, likeness: Id) -> dict[str, Any]:
    """They are one person: read as one, and what he asked on two channels is one case."""
    by, found = _to_answer(request, likeness)
    with refused():
        confirm_and_join(found.pk, by=by, now=timezone.now())
    return _again(found)


@router.post("/likenesses/{int:likeness}/refuse", response=answers(200, LikenessOut))
def refuse(request: HttpRequest, likeness: Id) -> dict[str, Any]:
    """They are two. Not proposed again unless something new speaks for it."""
    by, found = _to_answer(request, likeness)
    with refused():
        refuse_likeness(found.pk, by=by, now=timezone.now())
    return _again(found)


@router.post("/likenesses/{int:likeness}/undo", response=answers(200, LikenessOut))
def undo(request: HttpRequest, likeness: Id) -> dict[str, Any]:
    """Take the answer back, with all that followed from it."""
    by, found = _to_answer(request, likeness)
    take_back(found.pk, by=by, now=timezone.now())
    return _again(found)


@router.post("/likenesses/compare", response=answers(202, ComparisonOut))
def compare(request: HttpRequest) -> Status[Comparison]:
    """Have all customers compared, in the background. One look at a time."""
    by = colleague_of(request)
    if not by.leads:
        raise ApiError(403, sentence="Those who lead have all customers compared.")
    return Status(202, comparing.begin(by=by, now=timezone.now()))


def _to_answer(request: HttpRequest, likeness: int) -> tuple[Colleague, Likeness]:
    by = colleague_of(request)
    not_by_helpers(by)
    known = visible_customers(by).values("pk")
    found = Likeness.objects.filter(pk=likeness, left__in=known, right__in=known).first()
    if found is None:
        raise ApiError(404, sentence="There is no such likeness that this token may see.")
    return by, found


def _again(found: Likeness) -> dict[str, Any]:
    found.refresh_from_db()
    return _likeness(found)


def _likeness(one: Likeness) -> dict[str, Any]:
    return {
        "id": one.pk,
        "left": one.left_id,
        "right": one.right_id,
        "score": one.score,
        "evidence": one.evidence,
        "proposed_at": one.proposed_at,
        "answer": one.answer,
        "answered_at": one.answered_at,
    }
