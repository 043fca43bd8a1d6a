"""`/messages`: everything that was said, by words; and a way in for what was heard elsewhere."""

import hashlib
from datetime import datetime
from typing import Annotated, Any

import msgspec
from django.contrib.postgres.search import SearchQuery
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from ascolto.api.auth import colleague_of, token_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.listing import bounded, total_of
from ascolto.api.v1.shapes import MessagePage, message_out
from ascolto.api.v1.words import Id, Limit, Line, Text, answers
from ascolto.cases.access import visible_cases, visible_team_ids
from ascolto.cases.models import Message
from ascolto.channels.adapters.webhook.reader import WebhookReader
from ascolto.channels.models import Channel, Enclosure
from ascolto.channels.ports import Unreadable
from ascolto.channels.services import accept

router = Router(tags=["messages"])


class MessageFilter(Schema):
    """`before` is the `next` of the page before: the list goes on below it, newest first."""

    q: Line = ""
    case: Id | None = None
    before: Id | None = None
    limit: Limit = 50


class FromIn(Schema):
    value: Line
    kind: Line = "EMAIL"
    name: Line = ""


class FileIn(Schema):
    base64: str
    name: Line = ""
    type: Line = "application/octet-stream"


class HeardIn(Schema):
    """A message heard elsewhere. `channel` is the name of an open webhook."""

    channel: Line
    sender: Annotated[FromIn, Field(alias="from")]
    id: Line = ""
    subject: Line = ""
    text: Text = ""
    in_reply_to: Line = ""
    written_at: datetime | None = None
    attachments: list[FileIn] = Field(default_factory=list)


class AcceptedOut(Schema):
    id: int
    duplicate: bool


def with_all(found: QuerySet[Message]) -> QuerySet[Message]:
    """Messages with all that is shown of them, in a fixed number of queries."""
    # With their sizes, and without their bytes: a page of messages may enclose gigabytes.
    files = Enclosure.objects.select_related("blob").defer("blob__content")
    return (
        found.select_related(
            "author",
            "item",
            "outgoing",
            "conversation__channel",
            "conversation__identity__customer",
        )
        .defer("search", "item__html", "item__quoted", "conversation__identity__customer__search")
        .prefetch_related("item__attachments", Prefetch("outgoing__enclosures", files))
    )


@router.get("", response=answers(200, MessagePage))
def search(request: HttpRequest, wanted: Query[MessageFilter]) -> dict[str, Any]:
    """Messages with all these words (a web search's syntax), newest first; all without words."""
    colleague = colleague_of(request)
    found = Message.objects.all()
    if wanted.q.strip():
        words = SearchQuery(wanted.q, config="public.it", search_type="websearch")
        found = found.filter(search=words)
    if wanted.case is not None:
        found = found.filter(case=wanted.case)
    if not colleague.leads:  # who sees everything needs no filter
        found = found.filter(case__in=visible_cases(colleague))
    page = found.filter(id__lt=wanted.before) if wanted.before else found
    with bounded():
        # The ids first: the page is then read by key, whatever way the words were found.
        newest = list(page.order_by("-id").values_list("pk", flat=True)[: wanted.limit + 1])
        total = total_of(found)
        shown = with_all(Message.objects.filter(pk__in=newest[: wanted.limit])).order_by("-id")
        items = [message_out(message) for message in shown]
    more = len(newest) > wanted.limit
    return {"items": items, **total, "next": str(newest[wanted.limit - 1]) if more else None}


@router.post("", response=answers(202, AcceptedOut), by_alias=True)
def bring_in(request: HttpRequest, heard: HeardIn) -> Status[dict[str, Any]]:
    """Take in a message, once an `id`. It is kept now and read soon, as a webhook's would be."""
    channel = _webhook(request, heard.channel)
    raw = msgspec.json.encode(heard.model_dump(mode="json", by_alias=True, exclude={"channel"}))
    try:
        WebhookReader().read(raw)
    except Unreadable as problem:
        raise ApiError(422, "unreadable", str(problem)) from problem
    token = token_of(request)
    accepted = accept(
        channel.pk,
        raw,
        external_id=heard.id or f"sha256:{hashlib.sha256(raw).hexdigest()}",
        envelope={"token": token.pk if token else None},
        now=timezone.now(),
    )
    return Status(202, {"id": accepted.arrival_id, "duplicate": accepted.duplicate})


def _webhook(request: HttpRequest, name: str) -> Channel:
    found = Channel.objects.filter(kind=Channel.Kind.WEBHOOK, closed_at=None, name=name)
    teams = visible_team_ids(colleague_of(request))
    if teams is not None:
        found = found.filter(team__in=teams)
    channel = found.first()
    if channel is None:
        raise ApiError(422, "no_such_channel", "There is no open webhook of this name.")
    return channel
