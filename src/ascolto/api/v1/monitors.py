"""`/monitors`: what we listen for. Leads write them, and try them on the last days first."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.responses import Status

from ascolto.api.auth import Bearer, leads_only
from ascolto.api.errors import ApiError
from ascolto.api.v1.deeds import team_with
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.words import STORABLE, Id, Line, answers
from ascolto.channels.models import Channel
from ascolto.listening import queries, services
from ascolto.listening.models import Monitor
from ascolto.listening.queries.trying import Sample

router = Router(tags=["listening"])
ADMIN = Bearer("admin")
Words = Annotated[list[Line], Field(max_length=5_000)]


class RuleIn(Schema):
    """At least one of `any`, all of `all`, none of `none`; `near` is two words and how many words
    may stand between. Case and accents do not count."""

    any: Words = Field(default_factory=list)
    all: Words = Field(default_factory=list)
    none: Words = Field(default_factory=list)
    near: Annotated[list[list[Line | int]], Field(max_length=1_000)] = Field(default_factory=list)
    languages: Annotated[list[Line], Field(max_length=30)] = Field(default_factory=list)
    not_authors: Words = Field(default_factory=list)


class MonitorIn(Schema):
    """No `sources`: all of them. With `opens_cases` a call for help is a case at once."""

    name: Annotated[str, Field(min_length=1, max_length=80, pattern=STORABLE)]
    rule: RuleIn
    team: Id
    sources: Annotated[list[Id], Field(max_length=200)] = Field(default_factory=list)
    opens_cases: bool = False


class MonitorOut(Schema):
    id: int
    name: str
    rule: dict[str, Any]
    team: int
    sources: list[int]
    opens_cases: bool
    made_at: datetime
    changed_at: datetime
    paused_at: datetime | None


class TryIn(Schema):
    rule: RuleIn
    sources: Annotated[list[Id], Field(max_length=200)] = Field(default_factory=list)


class SampleOut(Schema):
    channel: str
    author: str
    text: str
    url: str
    heard_at: datetime


class TriedOut(Schema):
    """Of `heard` posts since `since`, `kept` would have been found; `excluded` had the words, and
    an excluded one too."""

    heard: int
    kept: int
    excluded: int
    since: datetime | None
    found: list[SampleOut]
    left_out: list[SampleOut]


@router.get("/monitors", response=answers(200, list[MonitorOut]))
def monitors(request: HttpRequest) -> list[dict[str, Any]]:
    """Those in use, paused ones among them."""
    leads_only(request)
    found = Monitor.objects.filter(retired_at=None).prefetch_related("sources").order_by("name")
    return [_drawn(one) for one in found]


@router.post("/monitors", response=answers(201, MonitorOut), auth=ADMIN)
def make(request: HttpRequest, wanted: MonitorIn) -> Status[dict[str, Any]]:
    """Listen for this from now on."""
    by = leads_only(request)
    with refused():
        made = services.make_monitor(_wanted(wanted), by=by, now=timezone.now())
    return Status(201, _drawn(made))


@router.post("/monitors/try", response=answers(200, TriedOut))
def try_out(request: HttpRequest, wanted: TryIn) -> dict[str, Any]:
    """What it would have found in the last seven days. Nothing is kept."""
    leads_only(request)
    tried = queries.try_out(
        wanted.rule.model_dump(), channel_ids=wanted.sources, now=timezone.now()
    )
    if tried.faults:
        raise ApiError(422, "bad_rule", " ".join(tried.faults))
    return {
        **{name: getattr(tried, name) for name in ("heard", "kept", "excluded", "since")},
        "found": [_sample(one) for one in tried.found],
        "left_out": [_sample(one) for one in tried.left_out],
    }


@router.put("/monitors/{int:monitor}", response=answers(200, MonitorOut), auth=ADMIN)
def change(request: HttpRequest, monitor: Id, wanted: MonitorIn) -> dict[str, Any]:
    """What was heard stays; what comes is matched anew."""
    by, found = leads_only(request), _monitor(monitor)
    with refused():
        services.change_monitor(found.pk, _wanted(wanted), by=by, now=timezone.now())
    return _drawn(_monitor(monitor))


@router.post("/monitors/{int:monitor}/pause", response=answers(200, MonitorOut), auth=ADMIN)
def pause(request: HttpRequest, monitor: Id) -> dict[str, Any]:
    """It hears nothing until it goes on."""
    by, found = leads_only(request), _monitor(monitor)
    services.pause_monitor(found.pk, paused=True, by=by, now=timezone.now())
    return _drawn(_monitor(monitor))


@router.post("/monitors/{int:monitor}/resume", response=answers(200, MonitorOut), auth=ADMIN)
def resume(request: HttpRequest, monitor: Id) -> dict[str, Any]:
    """It goes on, with the next post."""
    by, found = leads_only(request), _monitor(monitor)
    services.pause_monitor(found.pk, paused=False, by=by, now=timezone.now())
    return _drawn(_monitor(monitor))


@router.delete("/monitors/{int:monitor}", response=answers(200, MonitorOut), auth=ADMIN)
def retire(request: HttpRequest, monitor: Id) -> dict[str, Any]:
    """It hears nothing any more; what it heard stays."""
    by, found = leads_only(request), _monitor(monitor)
    services.retire_monitor(found.pk, by=by, now=timezone.now())
    return _drawn(found)


def _wanted(told: MonitorIn) -> services.Wanted:
    known = Channel.objects.filter(
        pk__in=told.sources, kind__in=queries.public_kinds(), closed_at=None
    )
    sources = list(known)
    if len(sources) < len(set(told.sources)):
        raise ApiError(422, "no_such_source", "One of these is no open source.")
    rule = {name: value for name, value in told.rule.model_dump().items() if value}
    return services.Wanted(told.name, rule, team_with(told.team), sources, told.opens_cases)


def _monitor(pk: int) -> Monitor:
    found = Monitor.objects.filter(pk=pk, retired_at=None).prefetch_related("sources").first()
    if found is None:
        raise ApiError(404, sentence="There is no such monitor.")
    return found


def _drawn(one: Monitor) -> dict[str, Any]:
    names = ("name", "rule", "opens_cases", "made_at", "changed_at", "paused_at")
    told = {name: getattr(one, name) for name in names}
    sources = [source.pk for source in one.sources.all()]
    return {"id": one.pk, "team": one.team_id, "sources": sources, **told}


def _sample(one: Sample) -> dict[str, Any]:
    names = ("channel", "author", "url", "heard_at")
    text = "".join(piece.text for piece in one.pieces)
    return {"text": text, **{name: getattr(one, name) for name in names}}
