"""`/listening/mentions/{mention}/…`: what can be done with it, and undone."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status

from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.deeds import again, colleague_with, team_with
from ascolto.api.v1.heard import (
    MentionWholeOut,
    OurAnswerOut,
    closed_to,
    mention_of,
    whole_out,
)
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.shapes import CaseOut, case_out
from ascolto.api.v1.words import Id, Line, Text, answers
from ascolto.cases.services import answer as write
from ascolto.channels.models import Channel, Outgoing
from ascolto.listening import queries, services
from ascolto.listening.models import Mention, Repost
from ascolto.listening.queries.waves import WaveRow
from ascolto.timeline.references import NotAReference, referred
from ascolto.triage.mentions import case_from_mention
from ascolto.triage.reading_it import read_it

router = Router(tags=["listening"])
ONE = "/listening/mentions/{int:mention}"


class KindIn(Schema):
    kind: Mention.Kind


class LookedAfterIn(Schema):
    """`colleague` null: it is for all of the team again."""

    colleague: Id | None = None


class CaseIn(Schema):
    """Without `subject` its first words. `text` is a first answer, in public."""

    team: Id | None = None
    colleague: Id | None = None
    subject: Line = ""
    text: Text = ""


class PublicIn(Schema):
    """`seen` is the newest of our answers its author had read; 0 for none."""

    text: Text
    seen: int | None = None


class ReadOut(Schema):
    """The message of the case. Until `leaves_at` it is called back like an answer."""

    id: int
    case: str
    leaves_at: datetime | None


class AskIn(Schema):
    colleague: Id
    text: Text


class AskedOut(Schema):
    id: int
    colleague: int
    text: str
    at: datetime


class RepostIn(Schema):
    channel: Id


class RepostOut(Schema):
    id: int
    mention: int
    channel: int
    asked_at: datetime
    posted_at: datetime | None
    undone_at: datetime | None
    error: str


class WaveOut(Schema):
    """`usual` is mentions an hour at this hour of the week; `words` what the posts share."""

    id: int
    monitor: int
    name: str
    began_at: datetime
    usual: float
    mentions: int
    people: int
    customers: int
    words: list[str]


@router.post(f"{ONE}/kind", response=answers(200, MentionWholeOut))
def rekind(request: HttpRequest, mention: Id, told: KindIn) -> dict[str, Any]:
    """Say what it is. NOISE puts it aside; anything else brings it back."""
    found = mention_of(request, mention)
    services.rekind(found, kind=told.kind, by=colleague_of(request), now=timezone.now())
    return whole_out(found)


@router.post(f"{ONE}/assign", response=answers(200, MentionWholeOut))
def assign(request: HttpRequest, mention: Id, wanted: LookedAfterIn) -> dict[str, Any]:
    """Somebody looks after it."""
    found = mention_of(request, mention)
    to = colleague_with(wanted.colleague)
    services.assign(found, to=to, by=colleague_of(request), now=timezone.now())
    return whole_out(found)


@router.post(f"{ONE}/case", response=answers(201, CaseOut))
def make_case(request: HttpRequest, mention: Id, wanted: CaseIn) -> Status[dict[str, Any]]:
    """Make a case of it; asked twice it is the same one. With `text` it is answered at once."""
    found, by, now = mention_of(request, mention), colleague_of(request), timezone.now()
    team = team_with(wanted.team) if wanted.team is not None else found.team
    assignee = colleague_with(wanted.colleague)
    with refused(), transaction.atomic():
        case = case_from_mention(
            found, team=team, assignee=assignee, subject=wanted.subject, by=by, now=now
        )
        if wanted.text.strip():
            write(case, author=by, text=wanted.text, now=now)
    return Status(201, case_out(again(case)))


@router.post(f"{ONE}/answer", response=answers(201, OurAnswerOut))
def answer(request: HttpRequest, mention: Id, said: PublicIn) -> Status[Any]:
    """Answer under the post, in public. It leaves after the colleague's undo time."""
    found, by = mention_of(request, mention), colleague_of(request)
    with refused():
        made = services.answer(found, said.text, by=by, seen=said.seen, now=timezone.now())
    return Status(201, _ours(found, made.pk))


@router.post(f"{ONE}/acknowledge", response=answers(201, ReadOut))
def acknowledge(request: HttpRequest, mention: Id) -> Status[dict[str, Any]]:
    """Say under it, in the company's words, that it was read; the rest is written in private.

    It is no answer, and stops no clock. Asked twice it is the same word.
    """
    found, by = mention_of(request, mention), colleague_of(request)
    with refused():
        made = read_it(found, by=by, now=timezone.now())
    leaves_at = made.outgoing.not_before if made.outgoing else None
    return Status(201, {"id": made.pk, "case": made.case.number, "leaves_at": leaves_at})


@router.post(f"{ONE}/thank", response=answers(201, OurAnswerOut))
def thank(request: HttpRequest, mention: Id, said: PublicIn) -> Status[Any]:
    """A word of thanks under praise. Asked twice it is one."""
    found, by = mention_of(request, mention), colleague_of(request)
    with refused():
        made = services.thank(found, said.text, by=by, now=timezone.now())
    return Status(201, _ours(found, made.pk))


@router.post("/listening/answers/{int:answer}/undo", response=answers(200, MentionWholeOut))
def call_back(request: HttpRequest, answer: Id) -> dict[str, Any]:
    """Call an own answer, or word of thanks, back before it leaves."""
    by, outgoing = colleague_of(request), Outgoing.objects.filter(pk=answer).first()
    try:
        about = referred(outgoing.subject_ref if outgoing else "", kind="mention")
    except NotAReference:
        about = 0
    found = mention_of(request, about)
    with refused():
        services.call_back(answer, by=by, now=timezone.now())
    return whole_out(found)


@router.post(f"{ONE}/ask", response=answers(201, AskedOut))
def ask(request: HttpRequest, mention: Id, said: AskIn) -> Status[dict[str, Any]]:
    """Ask a colleague, with a note that stays in the house."""
    found, by = mention_of(request, mention), colleague_of(request)
    to = colleague_with(said.colleague)
    if to is None:
        raise ApiError(422, "no_such_colleague", "Nobody with this id works here.")
    with refused():
        made = services.ask(found, to=to, text=said.text, by=by, now=timezone.now())
    return Status(201, {"id": made.pk, "colleague": to.pk, "text": made.text, "at": made.at})


@router.post(f"{ONE}/repost", response=answers(201, RepostOut))
def repost(request: HttpRequest, mention: Id, wanted: RepostIn) -> Status[dict[str, Any]]:
    """Pass it on as ours, on a channel of its network."""
    found, by = mention_of(request, mention), colleague_of(request)
    channel = Channel.objects.filter(pk=wanted.channel).first()
    if channel is None:
        raise ApiError(404, sentence="There is no such channel.")
    with refused():
        made = services.repost(found, channel, by=by, now=timezone.now())
    return Status(201, _repost(made))


@router.post("/listening/reposts/{int:repost}/undo", response=answers(200, RepostOut))
def undo_repost(request: HttpRequest, repost: Id) -> dict[str, Any]:
    """Take back what was passed on, whether it has left or not."""
    closed = closed_to(colleague_of(request))
    made = Repost.objects.exclude(mention__team__in=closed).filter(pk=repost).first()
    if made is None:
        raise ApiError(404, sentence="There is no such repost that this token may see.")
    services.undo_repost(made.pk, by=colleague_of(request), now=timezone.now())
    return _repost(Repost.objects.get(pk=repost))


@router.get("/listening/waves", response=answers(200, list[WaveOut]))
def waves(request: HttpRequest) -> list[dict[str, Any]]:
    """The waves that go on, and that nobody called no alarm."""
    closed = set(closed_to(colleague_of(request)))
    return [_wave(one) for one in queries.open_waves() if one.team_id not in closed]


@router.post("/listening/waves/{int:wave}/dismiss", response=answers(200, WaveOut))
def dismiss(request: HttpRequest, wave: Id) -> dict[str, Any]:
    """It is no alarm: nobody is told of it again."""
    by = colleague_of(request)
    found = queries.wave(wave)
    if found is None or found.team_id in set(closed_to(by)):
        raise ApiError(404, sentence="There is no such wave that this token may see.")
    services.dismiss_wave(wave, by=by, now=timezone.now())
    return _wave(found)


def _ours(mention: Mention, pk: int) -> Any:
    return next(one for one in queries.answers_to(mention) if one.id == pk)


def _repost(made: Repost) -> dict[str, Any]:
    names = ("asked_at", "posted_at", "undone_at", "error")
    told = {name: getattr(made, name) for name in names}
    return {"id": made.pk, "mention": made.mention_id, "channel": made.channel_id, **told}


def _wave(one: WaveRow) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in WaveOut.model_fields if hasattr(one, name)}
    return {**told, "monitor": one.monitor_id, "name": one.monitor}
