"""`/cases/{case}/…`: put away, label, fill in, follow, link."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.cases import case_of
from ascolto.api.v1.deeds import again, aware
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.shapes import CaseOut, case_out
from ascolto.api.v1.words import Line, answers
from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, CaseLink, Follower
from ascolto.cases.queries.organised import asked as asked_fields
from ascolto.cases.services import fields, following, labelling, linking_cases, snoozing

router = Router(tags=["cases"])


class SnoozeIn(Schema):
    """With `sleeps_through` it stays away also when the customer writes."""

    until: datetime
    sleeps_through: bool = False


class LabelsIn(Schema):
    """What is not named stays as it is."""

    add_tags: list[Line] = Field(default_factory=list, max_length=50)
    remove_tags: list[Line] = Field(default_factory=list, max_length=50)
    priority: Literal[-1, 0, 1, 2] | None = None


class FieldsIn(Schema):
    """By their keys; an empty text takes a value away."""

    fields: dict[Line, Line] = Field(max_length=100)


class LinkIn(Schema):
    case: Line
    why: Line = ""


class LinkOut(Schema):
    case: str
    subject: str
    why: str
    at: datetime


@router.post("/{case}/snooze", response=answers(200, CaseOut))
def snooze(request: HttpRequest, case: str, wanted: SnoozeIn) -> dict[str, Any]:
    """Put the case away until a moment. Its clocks go on."""
    matter, until = case_of(request, case), aware(wanted.until)
    with refused():
        snoozing.snooze(
            matter,
            until=until or wanted.until,
            by=colleague_of(request),
            now=timezone.now(),
            sleeps_through=wanted.sleeps_through,
        )
    return case_out(again(matter))


@router.post("/{case}/wake", response=answers(200, CaseOut))
def wake(request: HttpRequest, case: str) -> dict[str, Any]:
    """Take the case back before its time."""
    matter = case_of(request, case)
    snoozing.wake(matter, by=colleague_of(request), now=timezone.now())
    return case_out(again(matter))


@router.post("/{case}/labels", response=answers(200, CaseOut))
def label(request: HttpRequest, case: str, wanted: LabelsIn) -> dict[str, Any]:
    """Put tags on and take them off, and say how pressing it is."""
    matter, by, now = case_of(request, case), colleague_of(request), timezone.now()
    with refused():
        if wanted.add_tags:
            labelling.tag(matter, wanted.add_tags, by=by, now=now)
        if wanted.remove_tags:
            labelling.untag(matter, wanted.remove_tags, by=by, now=now)
        if wanted.priority is not None:
            labelling.prioritise(matter, wanted.priority, by=by, now=now)
    return case_out(again(matter))


@router.post("/{case}/fields", response=answers(200, CaseOut))
def fill_in(request: HttpRequest, case: str, wanted: FieldsIn) -> dict[str, Any]:
    """Fill in the company's own fields: all or none of those named."""
    matter = case_of(request, case)
    known = {field.key for field in asked_fields()}
    unknown = sorted(set(wanted.fields) - known)
    if unknown:
        raise ApiError(422, "no_such_field", f"There is no field {', '.join(unknown)[:200]}.")
    with refused():
        fields.set_fields(matter, wanted.fields, by=colleague_of(request), now=timezone.now())
    return case_out(again(matter))


@router.post("/{case}/follow", response=answers(200, CaseOut))
def follow(request: HttpRequest, case: str) -> dict[str, Any]:
    """Follow what happens in the case."""
    matter = case_of(request, case)
    following.follow_case(matter, by=colleague_of(request), now=timezone.now())
    return case_out(again(matter))


@router.post("/{case}/unfollow", response=answers(200, CaseOut))
def unfollow(request: HttpRequest, case: str) -> dict[str, Any]:
    """Stop following. Who saw the case only by being asked to help sees it no more."""
    matter, by = case_of(request, case), colleague_of(request)
    following.unfollow_case(matter, by=by, now=timezone.now())
    return case_out(again(matter))


@router.get("/{case}/followers", response=answers(200, list[int]))
def followers(request: HttpRequest, case: str) -> list[int]:
    """Who follows it, by their ids."""
    found = Follower.objects.filter(case=case_of(request, case)).order_by("since")
    return list(found.values_list("colleague_id", flat=True))


@router.get("/{case}/links", response=answers(200, list[LinkOut]))
def links(request: HttpRequest, case: str) -> list[dict[str, Any]]:
    """The cases that belong with it, of those this token may see."""
    return _links(request, case_of(request, case))


@router.post("/{case}/links", response=answers(200, list[LinkOut]))
def link(request: HttpRequest, case: str, wanted: LinkIn) -> list[dict[str, Any]]:
    """Say that two cases belong together."""
    one, other = case_of(request, case), case_of(request, wanted.case)
    by = colleague_of(request)
    with refused():
        linking_cases.link_cases(one, other, by=by, now=timezone.now(), why=wanted.why)
    return _links(request, one)


@router.delete("/{case}/links/{other}", response=answers(200, list[LinkOut]))
def unlink(request: HttpRequest, case: str, other: str) -> list[dict[str, Any]]:
    """Take the link between two cases away."""
    one, two = case_of(request, case), case_of(request, other)
    linking_cases.unlink_cases(one, two, by=colleague_of(request), now=timezone.now())
    return _links(request, one)


def _links(request: HttpRequest, case: Case) -> list[dict[str, Any]]:
    found = CaseLink.objects.filter(first=case) | CaseLink.objects.filter(second=case)
    by_other = {
        one.second_id if one.first_id == case.pk else one.first_id: one
        for one in found.order_by("at")
    }
    others = visible_cases(colleague_of(request)).filter(pk__in=by_other).order_by("pk")
    return [
        {
            "case": other.number,
            "subject": other.subject,
            "why": by_other[other.pk].why,
            "at": by_other[other.pk].at,
        }
        for other in others
    ]
