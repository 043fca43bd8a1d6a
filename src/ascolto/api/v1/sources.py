"""`/sources`: the places we listen to, and whether they answer. Their secrets are never shown."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from ascolto.api.auth import Bearer, colleague_of, leads_only
from ascolto.api.errors import ApiError
from ascolto.api.v1.heard import closed_to
from ascolto.api.v1.words import Id, answers
from ascolto.channels.models import Channel
from ascolto.channels.services import connecting
from ascolto.channels.services.connecting import Connection
from ascolto.listening import queries

router = Router(tags=["listening"])


class SourceOut(Schema):
    """`words` says how it is, in a sentence for people."""

    channel: int
    title: str
    kind: str
    answers: bool
    words: str


class CheckedOut(Schema):
    """`who` we are there, as it says; empty where its network will write to us."""

    answers: bool
    who: str
    problem: str


@router.get("/sources", response=answers(200, list[SourceOut]))
def sources(request: HttpRequest) -> list[dict[str, Any]]:
    """Every place we listen to, closed ones aside."""
    closed_to(colleague_of(request))
    return [
        {
            "channel": one.channel_id,
            "title": one.title,
            "kind": one.kind,
            "answers": one.answers,
            "words": one.words,
        }
        for one in queries.sources(now=timezone.now()).sources
    ]


@router.post(
    "/sources/{int:channel}/check", response=answers(200, CheckedOut), auth=Bearer("admin")
)
def check(request: HttpRequest, channel: Id) -> dict[str, Any]:
    """The live test, with what is kept."""
    leads_only(request)
    found = Channel.objects.select_related("team").filter(pk=channel).first()
    if found is None or found.kind not in queries.public_kinds():
        raise ApiError(404, sentence="There is no such source.")
    wanted = Connection(found.kind, found.title, found.team, found.settings, {})
    try:
        who = connecting.try_out(wanted, found)
    except connecting.SourceTrouble as problem:
        return {"answers": False, "who": "", "problem": str(problem)}
    return {"answers": True, "who": who, "problem": ""}
